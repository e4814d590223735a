//! Contact details of anybody: what a writer slips into a letter so as to be found outside of it.
//!
//! The text is read once into tokens; each token that could begin a detail is looked at with the words around it.
//! Dates, amounts, references and helplines are told apart first, so that a letter full of figures stays as it is.

mod account;
mod calendar;
mod checksum;
mod cue;
mod group;
mod handle;
pub(crate) mod helpline;
mod lexicon;
mod mail;
mod national;
mod network;
mod phone;
mod place;
mod plate;
mod profile;
pub(crate) mod spared;
mod street;
mod token;

use super::digits;
use super::needle::Match;
use crate::report::Seen;
use cue::Cue;
use group::Run;
use lexicon::{Marks, Spoken};
use phone::Found;
use profile::Link;
use spared::Spared;
use token::{Kind, Page};

/// What the search knows besides the text.
pub(crate) struct Context<'a> {
    /// Significant digits of known telephone numbers.
    pub(crate) phones: &'a [Vec<u8>],
    /// What may be told.
    pub(crate) spared: &'a Spared,
}

/// Every contact detail of a text. No two matches overlap.
pub(crate) fn details(text: &str, context: &Context<'_>, found: &mut Vec<Match>) {
    let mut own = Vec::new();
    if !context.phones.is_empty() {
        known_phones(text, context.phones, &mut own);
    }
    let page = Page::of(text);
    let mut finder = Finder { page: &page, context, found: own, account_end: None };
    let mut place = 0;
    while place < page.len() {
        place = finder.step(place).max(place + 1);
    }
    let mut own = finder.found;
    own.retain(|m| !matches!(m.seen, Seen::Address | Seen::Handle) || !context.spared.has_name(&text[m.begin..m.end]));
    resolve(own, found);
}

/// Known telephone numbers in any grouping.
pub(crate) fn known_phones(text: &str, known: &[Vec<u8>], found: &mut Vec<Match>) {
    for run in digits::runs(text) {
        for (from, to) in known.iter().filter_map(|number| digits::find_known(&run, number)) {
            let (begin, end) = run.span(from, to);
            found.push(Match { begin, end, seen: Seen::Phone });
        }
    }
}

/// Of matches that overlap, the longer one with the ends of both.
fn resolve(mut own: Vec<Match>, found: &mut Vec<Match>) {
    own.sort_by_key(|m| (m.begin, usize::MAX - m.end));
    let first = found.len();
    for next in own {
        match found.get_mut(first..).and_then(<[Match]>::last_mut) {
            Some(last) if next.begin < last.end => {
                if next.end - next.begin > last.end - last.begin {
                    last.seen = next.seen;
                }
                last.end = last.end.max(next.end);
            }
            _ => found.push(next),
        }
    }
}

/// `jag bloggar på …`: words by which a page is the writer's own.
const BLOGS: [&str; 8] = ["bloggar", "bloggade", "bloggat", "blogger", "blogget", "blogged", "blogging", "bloggaan"];

/// The search at work.
struct Finder<'p, 't> {
    page: &'p Page<'t>,
    context: &'p Context<'p>,
    found: Vec<Match>,
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
            if !self.context.spared.has_name(link.written) {
                self.push_octets(link.begin_octet, link.end_octet, Seen::Handle);
            }
            return link.end;
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
        if let Some(span) = national::finnish(page, place, cue).or_else(|| national::british(page, place, cue)) {
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
        let count = account::card(run, cue)
            .or_else(|| account::norwegian(run, cue))
            .or_else(|| account::shaped(run, cue))
            .or_else(|| account::announced(self.page, run, cue))?;
        let end = run.last(count) + 1;
        if let Some(before) = self.account_end.filter(|before| *before <= place)
            && account::are_halves(self.page, before, place)
            && let Some(last) = self.found.last_mut()
        {
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
                if self.context.spared.has_number(&run.digits(count)) {
                    return Some(end);
                }
                let first = run.get(0)?.first;
                let begin = phone::plus(page, first).or_else(|| phone::bracketed_code(page, first)).unwrap_or(first);
                let is_open = |at: usize| page.mark(at) == b'(' && (at..end).any(|inner| page.mark(inner) == b')');
                let begin = begin.checked_sub(1).filter(|at| is_open(*at)).unwrap_or(begin);
                let next = self.push((begin, end), Seen::Phone)?;
                match phone::extension(page, next) {
                    Some(inner) => self.push((inner, inner + 1), Seen::Phone),
                    None => Some(next),
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "contact/tests.rs"]
mod tests;
