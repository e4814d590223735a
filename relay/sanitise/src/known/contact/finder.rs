//! The search for contact details: each token that could begin one, looked at with the words around it.

use super::Context;
use super::cue::{self, Cue};
use super::group::{self, Run};
use super::lexicon::{Marks, Spoken};
use super::phone::{self, Found};
use super::profile::Link;
use super::token::{Kind, Page};
use super::{account, calendar, handle, helpline, mail, national, network, place, plate, street};
use crate::known::needle::Match;
use crate::report::Seen;

/// `jag bloggar på …`: words by which a page is the writer's own.
const BLOGS: [&str; 8] = ["bloggar", "bloggade", "bloggat", "blogger", "blogget", "blogged", "blogging", "bloggaan"];

/// What stands in a text.
pub(super) struct Details {
    pub(super) found: Vec<Match>,
    /// Where numbers and pages stand that may be told.
    pub(super) free: Vec<(usize, usize)>,
}

/// Looks at every token of a text.
pub(super) fn search(page: &Page<'_>, context: &Context<'_>) -> Details {
    let mut finder = Finder { page, context, found: Vec::new(), free: Vec::new(), account_end: None };
    let mut place = 0;
    while place < page.len() {
        place = finder.step(place).max(place + 1);
    }
    Details { found: finder.found, free: finder.free }
}

/// The search at work.
struct Finder<'p, 't> {
    page: &'p Page<'t>,
    context: &'p Context<'p>,
    found: Vec<Match>,
    free: Vec<(usize, usize)>,
    /// The token after the last account, for its second half.
    account_end: Option<usize>,
}

impl Finder<'_, '_> {
    /// Looks at one token; gives the next to look at.
    fn step(&mut self, place: usize) -> usize {
        let found = match self.page.at(place).map(|token| token.kind) {
            Some(Kind::Word) => self.word(place),
            Some(Kind::Number) => self.number(place),
            Some(Kind::Mark) => self.mark(place),
            None => None,
        };
        found.unwrap_or(place + 1)
    }

    fn push_octets(&mut self, begin: usize, end: usize, seen: Seen) {
        if begin < end {
            self.found.push(Match { begin, end, seen });
        }
    }

    /// Notes the tokens from `begin` to before `end`, and goes on behind them.
    fn push(&mut self, (begin, end): (usize, usize), seen: Seen) -> Option<usize> {
        let last = end.checked_sub(1)?;
        self.push_octets(self.page.begin(begin), self.page.end(last), seen);
        Some(end)
    }

    /// The first token that begins at or after an octet.
    fn behind(&self, place: usize, octet: usize) -> usize {
        (place..self.page.len()).find(|at| self.page.begin(*at) >= octet).unwrap_or(self.page.len())
    }

    fn word(&mut self, place: usize) -> Option<usize> {
        let page = self.page;
        if page.has(place, Marks::PROVIDER)
            && let Some(span) = mail::without_sign(page, place)
        {
            return self.push(span, Seen::Address);
        }
        let is_joined = page.is_glued(place + 1) && (page.is_glued(place + 2) || !page.is(place + 1, Kind::Mark));
        if is_joined && let Some(next) = self.joined_word(place) {
            return Some(next);
        }
        if !page.is_known(place) && page.word(place) != "a" {
            return group::run_together(page, place).then(|| self.digits(place, &Run::read(page, place)))?;
        }
        let may_be_at = page.has(place, Marks::AT | Marks::WEAK_AT) || page.word(place) == "a";
        if may_be_at && let Some(span) = mail::spelled(page, place) {
            return self.push(span, Seen::Address);
        }
        let is_named = page.has(place, Marks::PLATFORM | Marks::NICK);
        let named = if is_named { handle::announced(page, place) } else { None };
        if let Some(span) = named.or_else(|| handle::added(page, place)) {
            let next = self.push(span, Seen::Handle)?;
            return Some(next.max(place + 1));
        }
        if let Some(span) = street::find_spoken(page, place) {
            return self.push(span, Seen::Street);
        }
        // `en`, `to` and `sex` are mostly no numbers.
        let spoken = page.spoken(place).filter(|_| page.length(place) > 1 || is_joined)?;
        let is_numeric = |at: usize| {
            page.spoken(at).is_some()
                || page.is(at, Kind::Number) && !matches!(spoken, Spoken::Value(1..) | Spoken::Hundred)
        };
        if is_numeric(place + 1) || is_numeric(place + 2) {
            return self.digits(place, &Run::read(page, place));
        }
        None
    }

    /// A word that something follows without a gap: a link, a wallet, a machine.
    fn joined_word(&mut self, place: usize) -> Option<usize> {
        let page = self.page;
        if let Some(link) = Link::at(page, place) {
            return Some(self.link(place, &link));
        }
        if let Some(span) = handle::subscribed(page, place) {
            return self.push(span, Seen::Handle);
        }
        if let Some(end) = network::device(page, place).or_else(|| network::colons(page, place)) {
            return self.push((place, end), Seen::Network);
        }
        if let Some(end) = account::wallet(page, place) {
            return self.push((place, end), Seen::Account);
        }
        // An address is looked at where its `@` stands.
        handle::alone(page, place).and_then(|span| self.push(span, Seen::Handle))
    }

    /// A link stays unless it leads to a person; what is somebody's inside of it goes.
    fn link(&mut self, place: usize, link: &Link<'_>) -> usize {
        let is_own = || {
            let writes =
                (place.saturating_sub(4)..place).any(|at| BLOGS.contains(&&*self.page.word(at).to_lowercase()));
            link.is_home() && (writes || cue::has_before(self.page, place, Marks::MINE, 4))
        };
        if link.is_personal() || is_own() {
            self.push_octets(link.begin_octet, link.end_octet, Seen::Handle);
            return link.end;
        }
        if let Some(part) = self.context.spared.free_part(Seen::Handle, link.written) {
            self.free.push((link.begin_octet + part.start, link.begin_octet + part.end));
        }
        for (sign, length) in [("@", 1), ("%40", 3)] {
            for (at, _) in link.written.match_indices(sign) {
                if let Some((begin, end)) = mail::plain(self.page.text, link.begin_octet + at, length) {
                    self.push_octets(begin.max(link.begin_octet), end, Seen::Address);
                }
            }
        }
        for at in place..link.end {
            let span = network::coordinates(self.page, at);
            let machine = network::ipv4(self.page, at).map(|end| (at, end));
            if let Some(span) = span.or(machine) {
                self.push(span, Seen::Network);
            }
        }
        link.end
    }

    fn mark(&mut self, place: usize) -> Option<usize> {
        let page = self.page;
        let octet = page.begin(place);
        match page.mark(place) {
            b'@' => {
                if let Some((begin, end)) = mail::plain(page.text, octet, page.end(place) - octet) {
                    self.push_octets(begin, end, Seen::Address);
                    return Some(self.behind(place, end));
                }
                if let Some(span) = mail::spelled(page, place) {
                    return self.push(span, Seen::Address);
                }
                handle::at_sign(page, place).and_then(|span| self.push(span, Seen::Handle))
            }
            b'%' if page.text.get(octet..).is_some_and(|rest| rest.starts_with("%40")) => {
                let (begin, end) = mail::plain(page.text, octet, 3)?;
                self.push_octets(begin, end, Seen::Address);
                Some(self.behind(place, end))
            }
            b'&' if page.is_glued(place + 1) => {
                let (begin, end) = mail::referenced(page, place)?;
                self.push_octets(begin, end, Seen::Address);
                Some(self.behind(place, end))
            }
            b'#' => handle::numbered(page, place).and_then(|span| self.push(span, Seen::Handle)),
            b'+' => network::plus_code(page, place).and_then(|span| self.push(span, Seen::Network)),
            b'/' => network::three_words(page, place).and_then(|end| self.push((place, end), Seen::Network)),
            b':' if page.mark(place + 1) == b':' => {
                network::colons(page, place).and_then(|end| self.push((place, end), Seen::Network))
            }
            _ => None,
        }
    }

    fn number(&mut self, place: usize) -> Option<usize> {
        let page = self.page;
        // The sign of degrees is none that the scanner knows.
        if page.is_glued(place + 1) || page.is(place + 1, Kind::Mark) && page.mark(place + 1) == 0 {
            let machine = network::ipv4(page, place).or_else(|| network::colons(page, place)).map(|end| (place, end));
            if let Some(span) = machine.or_else(|| network::coordinates(page, place)) {
                return self.push(span, Seen::Network);
            }
            if let Some(end) = account::wallet(page, place) {
                return self.push((place, end), Seen::Account);
            }
        }
        if let Some((begin, end)) = account::iban(page, place) {
            self.push_octets(begin, end, Seen::Account);
            return Some(self.behind(place, end));
        }
        if let Some(span) = national::document(page, place).or_else(|| national::last_digits(page, place)) {
            return self.push(span, Seen::NationalId);
        }
        if let Some(end) = account::shop(page, place) {
            return self.push((place, end), Seen::Account);
        }
        if let Some(end) = place::door(page, place) {
            return self.push((place, end), Seen::Street);
        }
        if let Some(span) = plate::find(page, place) {
            return self.push(span, Seen::Plate);
        }
        let run = Run::read(page, place);
        let long = self.digits(place, &run);
        long.or_else(|| place::find(page, place).and_then(|span| self.push(span, Seen::Street)))
    }

    /// Digits in figures or words: identity, account, street, date, telephone, in this order.
    fn digits(&mut self, place: usize, run: &Run) -> Option<usize> {
        let page = self.page;
        let total = run.total(run.groups.len());
        if (1..=2).contains(&total) {
            return street::find(page, place).and_then(|span| self.push(span, Seen::Street));
        }
        // A list of single digits longer than any number.
        if run.is_endless() {
            return Some(run.last(run.groups.len()) + 1);
        }
        let cue = if total >= 4 || page.digits(place) >= 4 || page.digits(place) == 2 {
            cue::before(page, place)
        } else {
            Cue::None
        };
        let lettered = national::finnish(page, place, cue).or_else(|| national::british(page, place, cue));
        let marked = lettered.or_else(|| national::with_plus(page, place)).or_else(|| national::health(page, run));
        if let Some(span) = marked {
            return self.push(span, Seen::NationalId);
        }
        let is_known = |count: &usize| helpline::is_known(&run.digits(*count));
        if (9..=12).contains(&total) && (total < 12 && place::is_meeting(page, run) || place::is_friend(page, run)) {
            return self.push((place, run.last(run.groups.len()) + 1), Seen::Handle);
        }
        if total >= 9
            && let Some(span) = national::find(page, run, cue)
        {
            return self.push(span, Seen::NationalId);
        }
        if let Some(next) = self.account(place, run, cue) {
            return Some(next);
        }
        if let Some(span) = street::find(page, place) {
            return self.push(span, Seen::Street);
        }
        if total >= 7
            && let Some(next) = self.phone(run, cue)
        {
            return Some(next);
        }
        let neutral = calendar::length(page, run, 0);
        if neutral > 0 && !is_known(&neutral) {
            return Some(run.last(neutral) + 1);
        }
        None
    }

    fn account(&mut self, place: usize, run: &Run, cue: Cue) -> Option<usize> {
        let before = self.account_end.filter(|before| *before <= place);
        let is_second = before.is_some_and(|before| account::are_halves(self.page, before, place));
        let count = account::card(run, cue)
            .or_else(|| account::norwegian(run, cue))
            .or_else(|| account::shaped(run, cue))
            .or_else(|| account::announced(self.page, run, cue, is_second))?;
        let end = run.last(count) + 1;
        if let Some(last) = self.found.last_mut().filter(|_| is_second) {
            last.end = self.page.end(end - 1);
        } else {
            self.push((account::widened(self.page, place), end), Seen::Account);
        }
        self.account_end = Some(end);
        Some(end)
    }

    fn phone(&mut self, run: &Run, cue: Cue) -> Option<usize> {
        let page = self.page;
        match phone::find(page, run, cue)? {
            Found::Public(count) => Some(run.last(count) + 1),
            Found::Personal(count) => {
                let end = run.last(count) + 1;
                let is_spared = self.context.spared.has_number(&run.digits(count));
                let first = run.get(0)?.first;
                let begin = phone::plus(page, first).or_else(|| phone::bracketed_code(page, first)).unwrap_or(first);
                let is_open = |at: usize| page.mark(at) == b'(' && (at..end).any(|inner| page.mark(inner) == b')');
                let begin = begin.checked_sub(1).filter(|at| is_open(*at)).unwrap_or(begin);
                if is_spared {
                    self.free.push((page.begin(begin), page.end(end - 1)));
                    return Some(end);
                }
                let next = self.push((begin, end), Seen::Phone)?;
                match phone::extension(page, next) {
                    Some(inner) => self.push((inner, inner + 1), Seen::Phone),
                    None => Some(next),
                }
            }
        }
    }
}
