//! One rule file read from its head to its tests; anything wrong refuses it whole.

use super::keys::{Keys, Page, Said, line_ends};
use super::parts::{Allowed, Case, CueKind, Effect, Expected, Finder, Idiom, Nearby, Reach, Rule, Tongue, Why};
use super::refusal::Refusal;
use crate::Category;
use crate::lexicon::Lexicon;
use crate::pattern::{Choice, Part, is_name, parse};
use crate::program::{Compiler, PatternId, Program};
use crate::spelling::{plain, written};
use crate::vocabulary::Vocabulary;
use brevbro_core::party::{Language, Side};
use std::collections::{BTreeMap, BTreeSet};
use toml::de::DeTable;

/// Everything the files say, while they are read.
#[derive(Default)]
pub(crate) struct Gathered {
    pub(crate) program: Program,
    pub(crate) lexicon: Lexicon,
    pub(crate) rules: Vec<Rule>,
    pub(crate) finders: Vec<Finder>,
    pub(crate) tongues: BTreeMap<Language, Tongue>,
    pub(crate) allowed: Allowed,
    pub(crate) cases: Vec<Case>,
    pub(crate) ids: BTreeSet<String>,
}

/// What rules are read for.
pub(crate) enum Purpose {
    /// For any letter.
    Letters,
    /// For any letter, and for their own tests.
    Tests,
    /// For a letter with these words, and no other.
    OneLetter(Vocabulary),
}

/// The file in hand, with what later parts need of earlier ones.
pub(crate) struct Hand<'f, 'g> {
    pub(crate) page: Page<'f>,
    pub(crate) language: Language,
    pub(crate) compiler: Compiler<'g>,
    pub(crate) rules: &'g mut Vec<Rule>,
    pub(crate) finders: &'g mut Vec<Finder>,
    pub(crate) cases: &'g mut Vec<Case>,
    pub(crate) ids: &'g mut BTreeSet<String>,
    pub(crate) tongue: Tongue,
    pub(crate) effects: BTreeMap<Category, Vec<(CueKind, Effect)>>,
}

/// Reads a file into what is gathered.
pub(crate) fn read(name: &str, text: &str, purpose: &Purpose, into: &mut Gathered) -> Result<(), Refusal> {
    let ends = line_ends(text);
    let page = Page { name, ends: &ends, keeps_tests: matches!(purpose, Purpose::Tests) };
    let parsed = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        page.refuse(at, error.message().lines().next().unwrap_or("is no TOML"))
    })?;
    let mut keys = Keys::new(page, parsed.get_ref(), 0);
    keys.number("format", 1..=1)?.ok_or_else(|| keys.missing("format"))?;
    let tag = keys.needed("language")?;
    let language = language(tag.text).ok_or_else(|| keys.refuse(tag.at, "language", "must be sv, da, nb or en"))?;
    if into.tongues.contains_key(&language) {
        return Err(keys.refuse(tag.at, "language", "is the language of another file too"));
    }
    let version = keys.text("version")?.map(|said| said.text.to_owned()).unwrap_or_default();
    allowed(&mut keys, &mut into.allowed)?;
    let chat = chat(&mut keys)?;
    let vocabulary = match purpose {
        Purpose::OneLetter(vocabulary) => Some(vocabulary),
        Purpose::Letters | Purpose::Tests => None,
    };
    let mut hand = Hand {
        page,
        language,
        compiler: Compiler::new(&mut into.program, &mut into.lexicon, language, chat, vocabulary),
        rules: &mut into.rules,
        finders: &mut into.finders,
        cases: &mut into.cases,
        ids: &mut into.ids,
        tongue: Tongue { version, ..Tongue::default() },
        effects: BTreeMap::new(),
    };
    hand.body(keys)?;
    let tongue = hand.tongue;
    into.tongues.insert(language, tongue);
    Ok(())
}

/// The four languages of files, and only by these tags.
pub(crate) fn language(tag: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.tag() == tag)
}

/// What people type, by what they mean.
fn chat(keys: &mut Keys<'_>) -> Result<BTreeMap<String, Vec<String>>, Refusal> {
    let mut chat: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let Some(mut table) = keys.table("chat")? else { return Ok(chat) };
    for (typed, value) in table.rest() {
        for meant in table.as_texts(typed.text, value)? {
            let is_word = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
            if !is_word(meant.text) || !is_word(typed.text) {
                return Err(table.refuse(meant.at, typed.text, "must be one word for one word"));
            }
            chat.entry(plain(&written(meant.text))).or_default().push(plain(&written(typed.text)));
        }
    }
    Ok(chat)
}

fn allowed(keys: &mut Keys<'_>, into: &mut Allowed) -> Result<(), Refusal> {
    let Some(mut table) = keys.table("allow")? else { return Ok(()) };
    let lower = |said: Vec<Said<'_>>| said.into_iter().map(|s| s.text.to_lowercase()).collect::<Vec<_>>();
    let figures = |text: String| text.chars().filter(char::is_ascii_digit).collect::<String>();
    into.numbers.extend(lower(table.texts("numbers")?).into_iter().map(figures).filter(|n| !n.is_empty()));
    into.domains.extend(lower(table.texts("domains")?));
    into.at.extend(lower(table.texts("at")?).iter().map(|w| plain(&written(w))));
    into.dot.extend(lower(table.texts("dot")?).iter().map(|w| plain(&written(w))));
    into.apps.extend(lower(table.texts("apps")?).iter().map(|w| plain(&written(w))));
    if let Some(mut digits) = table.table("digits")? {
        for (word, value) in digits.rest() {
            let figure = value.get_ref().as_integer().and_then(|n| n.as_str().parse::<u8>().ok()).filter(|n| *n <= 99);
            let figure = figure.ok_or_else(|| digits.refuse(word.at, word.text, "must be a number from 0 to 99"))?;
            into.digits.insert(plain(&written(word.text)), figure);
        }
    }
    table.finish()
}

impl<'f> Hand<'f, '_> {
    fn body(&mut self, mut keys: Keys<'f>) -> Result<(), Refusal> {
        self.sets(&mut keys)?;
        self.whys(&mut keys)?;
        self.cues(&mut keys)?;
        self.effects(&mut keys)?;
        for table in keys.tables("idiom")? {
            self.idiom(table)?;
        }
        for table in keys.tables("rule")? {
            self.rule(table)?;
        }
        for table in keys.tables("sign")? {
            self.sign(table)?;
        }
        if let Some(table) = keys.table("score")? {
            self.scores(table)?;
        }
        for table in keys.tables("finder")? {
            self.finder(table)?;
        }
        for table in keys.tables("question")? {
            self.question(table)?;
        }
        if let Some(mut table) = keys.table("answers")? {
            self.tongue.yes = self.patterns(&mut table, "yes", 1)?;
            self.tongue.no = self.patterns(&mut table, "no", 1)?;
            table.finish()?;
        }
        for table in keys.tables("test")? {
            self.test(table)?;
        }
        keys.finish()
    }

    /// The sets, inner ones first.
    fn sets(&mut self, keys: &mut Keys<'f>) -> Result<(), Refusal> {
        let Some(mut table) = keys.table("sets")? else { return Ok(()) };
        let mut waiting = Vec::new();
        for (name, value) in table.rest() {
            if !is_name(name.text) {
                return Err(table.refuse(name.at, name.text, "is no name: letters, figures, `_` and `-`"));
            }
            let mut members = Vec::new();
            for said in table.as_texts(name.text, value)? {
                let parts = parse(said.text)
                    .map_err(|why| table.refuse(said.at, name.text, format!("`{}` {why}", said.text)))?;
                members.push(parts);
            }
            waiting.push((name, members));
        }
        let mut done = BTreeSet::new();
        while !waiting.is_empty() {
            let count = waiting.len();
            let mut later = Vec::new();
            for (name, members) in waiting {
                if names(&members).iter().all(|inner| done.contains(*inner)) {
                    self.compiler.set(name.text, &members).map_err(|why| table.refuse(name.at, name.text, why))?;
                    done.insert(name.text);
                } else {
                    later.push((name, members));
                }
            }
            if later.len() == count {
                return Err(stuck(&table, &later, &done));
            }
            waiting = later;
        }
        Ok(())
    }

    fn whys(&mut self, keys: &mut Keys<'f>) -> Result<(), Refusal> {
        let Some(mut table) = keys.table("why")? else { return Ok(()) };
        for (name, _) in table.rest() {
            let category = category(&table, name)?;
            if let Some(why) = self.why(&mut table, name.text)? {
                self.tongue.why.insert(category, why);
            }
        }
        table.finish()
    }

    /// A text in the file's language, or a table of languages that has the file's own.
    pub(crate) fn why(&self, keys: &mut Keys<'f>, key: &str) -> Result<Option<Why>, Refusal> {
        let Some(value) = keys.take(key) else { return Ok(None) };
        if value.get_ref().as_table().is_none() {
            let own = keys.as_text(key, value)?.text.to_owned();
            return Ok(Some(Why { own, others: BTreeMap::new() }));
        }
        let mut table = keys.as_table(key, value)?;
        let mut others = BTreeMap::new();
        for (tag, value) in table.rest() {
            let known = language(tag.text).ok_or_else(|| table.refuse(tag.at, key, "must be by sv, da, nb or en"))?;
            others.insert(known, table.as_text(key, value)?.text.to_owned());
        }
        let own = others.get(&self.language).cloned();
        let own = own.ok_or_else(|| table.refuse(value.span().start, key, "lacks the language of the file"))?;
        Ok(Some(Why { own, others }))
    }

    fn idiom(&mut self, mut keys: Keys<'f>) -> Result<(), Refusal> {
        let patterns = self.patterns(&mut keys, "pattern", 1)?;
        if patterns.is_empty() {
            return Err(keys.missing("pattern"));
        }
        let unless = self.patterns(&mut keys, "unless", 1)?;
        self.tongue.idioms.push(Idiom { patterns, unless });
        keys.finish()
    }

    fn test(&mut self, mut keys: Keys<'f>) -> Result<(), Refusal> {
        let text = keys.needed("text")?;
        let writer: Option<Side> = keys.word("writer", "seeker or volunteer")?;
        let mut flags = Vec::new();
        for said in keys.texts("flags")? {
            let pair = said.text.split_once(' ').and_then(|(c, s)| Some((c.parse().ok()?, s.parse().ok()?)));
            flags.push(pair.ok_or_else(|| keys.refuse(said.at, "flags", "must be a category and a severity"))?);
        }
        flags.sort_unstable();
        self.case(None, text, writer.unwrap_or(Side::Seeker), Expected::Flags(flags));
        keys.finish()
    }

    pub(crate) fn case(&mut self, rule: Option<&str>, text: Said<'_>, writer: Side, expected: Expected) {
        if !self.page.keeps_tests {
            return;
        }
        self.cases.push(Case {
            file: self.page.name.to_owned(),
            line: self.page.line(text.at),
            rule: rule.map(str::to_owned),
            language: self.language,
            writer,
            text: text.text.to_owned(),
            expected,
        });
    }

    /// The patterns under a key.
    pub(crate) fn patterns(&mut self, keys: &mut Keys<'f>, key: &str, within: u8) -> Result<Vec<PatternId>, Refusal> {
        let texts = keys.texts(key)?;
        self.compile(keys, key, &texts, within)
    }

    pub(crate) fn compile(
        &mut self,
        keys: &Keys<'f>,
        key: &str,
        texts: &[Said<'f>],
        within: u8,
    ) -> Result<Vec<PatternId>, Refusal> {
        let one = |said: &Said<'f>| {
            let refused = |why| keys.refuse(said.at, key, format!("`{}` {why}", said.text));
            self.compiler.pattern(said.text, within).map_err(refused)
        };
        texts.iter().map(one).collect()
    }

    /// Patterns with a reach: a text, a list, or a table.
    pub(crate) fn nearby(&mut self, keys: &mut Keys<'f>, key: &str) -> Result<Option<Nearby>, Refusal> {
        let Some(value) = keys.take(key) else { return Ok(None) };
        if value.get_ref().as_table().is_none() {
            let texts = keys.as_texts(key, value)?;
            return Ok(Some(Nearby { patterns: self.compile(keys, key, &texts, 1)?, reach: Reach::Sentence }));
        }
        let mut table = keys.as_table(key, value)?;
        let patterns = self.patterns(&mut table, "any", 1)?;
        let reach = table.word("within", "sentence, sentences or letter")?.unwrap_or(Reach::Sentence);
        table.finish()?;
        Ok(Some(Nearby { patterns, reach }))
    }
}

/// The sets some members name.
fn names(members: &[Vec<Part>]) -> Vec<&str> {
    let mut all = Vec::new();
    let mut parts: Vec<&Part> = members.iter().flatten().collect();
    while let Some(part) = parts.pop() {
        match part {
            Part::Words(choices) => all.extend(choices.iter().filter_map(|choice| match choice {
                Choice::Set(name) => Some(name.as_str()),
                Choice::Word(_) => None,
            })),
            Part::Phrases(phrases) => parts.extend(phrases.iter().flatten()),
            Part::Maybe(inner) => parts.push(inner),
            Part::Any | Part::Gap(_) | Part::Start | Part::End => {}
        }
    }
    all
}

/// Sets that wait for each other, or for one that is not there.
fn stuck(table: &Keys<'_>, waiting: &[(Said<'_>, Vec<Vec<Part>>)], done: &BTreeSet<&str>) -> Refusal {
    let is_there = |name: &str| done.contains(name) || waiting.iter().any(|(known, _)| known.text == name);
    for (name, members) in waiting {
        if let Some(unknown) = names(members).into_iter().find(|inner| !is_there(inner)) {
            return table.refuse(name.at, name.text, format!("names the set @{unknown}, which is not there"));
        }
    }
    let (at, name) = waiting.first().map_or((table.at(), ""), |(name, _)| (name.at, name.text));
    table.refuse(at, name, "names itself through other sets")
}

/// A key that must be a category.
pub(crate) fn category(table: &Keys<'_>, name: Said<'_>) -> Result<Category, Refusal> {
    name.text.parse().map_err(|_| table.refuse(name.at, name.text, "is no category"))
}
