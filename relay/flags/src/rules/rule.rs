//! Rules, weak signs, scores, finders and questions of one file.

use super::file::{Hand, category};
use super::keys::Keys;
use super::parts::{Expected, Finder, Nearby, Question, Reach, Rule, Score, Why, Worth, Writers};
use super::refusal::Refusal;
use crate::Category;
use brevbro_core::escalation::Severity;

const SEVERITIES: &str = "now, today or routine";
const CATEGORIES: &str =
    "one of suicide, selfharm, violence, child, threat, stalking, channel, role and confidentiality";

impl<'f> Hand<'f, '_> {
    pub(crate) fn rule(&mut self, mut keys: Keys<'f>) -> Result<(), Refusal> {
        let id = self.id(&mut keys)?;
        let category = needed_category(&mut keys)?;
        let severity = needed_severity(&mut keys)?;
        let raises = self.raises(&mut keys)?;
        let why = self.why_or_usual(&mut keys, category)?;
        let writers = writers(&mut keys)?.unwrap_or_else(|| usual_writers(category));
        let rule = self.matched(&mut keys, id, category, writers, Worth::Flag { severity, raises, why })?;
        let counts = [
            self.tests(&mut keys, "hit", id, writers, &Expected::Hit)?,
            self.tests(&mut keys, "miss", id, writers, &Expected::Miss)?,
        ];
        self.tests(&mut keys, "now", id, writers, &Expected::Now)?;
        self.tests(&mut keys, "routine", id, writers, &Expected::Routine)?;
        for (key, count) in ["hit", "miss"].into_iter().zip(counts) {
            if count == 0 {
                return Err(keys.missing(key));
            }
        }
        self.rules.push(rule);
        keys.finish()
    }

    pub(crate) fn sign(&mut self, mut keys: Keys<'f>) -> Result<(), Refusal> {
        let id = self.id(&mut keys)?;
        let category = needed_category(&mut keys)?;
        let writers = writers(&mut keys)?.unwrap_or(Writers { seeker: true, volunteer: false });
        let rule = self.matched(&mut keys, id, category, writers, Worth::Sign)?;
        if rule.weight == 0 {
            return Err(keys.missing("weight"));
        }
        self.tests(&mut keys, "hit", id, writers, &Expected::Hit)?;
        self.tests(&mut keys, "miss", id, writers, &Expected::Miss)?;
        self.rules.push(rule);
        keys.finish()
    }

    /// What rules and signs share: patterns, what must and must not be near, and what cues do.
    fn matched(
        &mut self,
        keys: &mut Keys<'f>,
        id: &str,
        category: Category,
        writers: Writers,
        worth: Worth,
    ) -> Result<Rule, Refusal> {
        let within = keys.number("within", 1..=2)?.unwrap_or(1);
        let texts = keys.texts("pattern")?;
        if texts.is_empty() {
            return Err(keys.missing("pattern"));
        }
        let patterns = self.compile(keys, "pattern", &texts, within)?;
        let effects = self.effects_of(category, &Self::said_effects(keys)?);
        let (need, unless) = (self.nearby(keys, "need")?, self.nearby(keys, "unless")?);
        let weight = keys.number("weight", 1..=3)?.unwrap_or(0);
        let (id, language) = (id.to_owned(), self.language);
        Ok(Rule { id, category, language, writers, patterns, need, unless, effects, weight, worth })
    }

    fn raises(&mut self, keys: &mut Keys<'f>) -> Result<Vec<(Severity, Nearby)>, Refusal> {
        let mut raises = Vec::new();
        for mut table in keys.tables("raise")? {
            let to = table.word("to", SEVERITIES)?.ok_or_else(|| table.missing("to"))?;
            let patterns = self.patterns(&mut table, "if", 1)?;
            if patterns.is_empty() {
                return Err(table.missing("if"));
            }
            let reach = table.word("within", "sentence, sentences or letter")?.unwrap_or(Reach::Sentence);
            raises.push((to, Nearby { patterns, reach }));
            table.finish()?;
        }
        Ok(raises)
    }

    fn why_or_usual(&self, keys: &mut Keys<'f>, category: Category) -> Result<Why, Refusal> {
        let why = self.why(keys, "why")?.or_else(|| self.tongue.why.get(&category).cloned());
        why.ok_or_else(|| keys.missing("why"))
    }

    /// The id: of this language, and nobody else's.
    fn id(&mut self, keys: &mut Keys<'f>) -> Result<&'f str, Refusal> {
        let said = keys.needed("id")?;
        let tag = self.language.tag();
        let is_ours = said.text.strip_prefix(tag).is_some_and(|rest| rest.starts_with('.') && rest.len() > 1);
        if !is_ours || said.text.contains(char::is_whitespace) {
            return Err(keys.refuse(said.at, "id", format!("must begin with `{tag}.` and have no blanks")));
        }
        if !self.ids.insert(said.text.to_owned()) {
            return Err(keys.refuse(said.at, "id", "is there twice"));
        }
        Ok(said.text)
    }

    fn tests(
        &mut self,
        keys: &mut Keys<'f>,
        key: &str,
        id: &str,
        writers: Writers,
        expected: &Expected,
    ) -> Result<usize, Refusal> {
        let texts = keys.texts(key)?;
        for text in &texts {
            self.case(Some(id), *text, writers.first(), expected.clone());
        }
        Ok(texts.len())
    }

    pub(crate) fn scores(&mut self, mut table: Keys<'f>) -> Result<(), Refusal> {
        for (name, value) in table.rest() {
            let category = category(&table, name)?;
            let mut keys = table.as_table(name.text, value)?;
            let threshold = keys.number("threshold", 2..=100)?.ok_or_else(|| keys.missing("threshold"))?;
            let severity = keys.word("severity", SEVERITIES)?.unwrap_or(Severity::Today);
            let why = self.why_or_usual(&mut keys, category)?;
            self.tongue.scores.insert(category, Score { threshold: threshold.into(), severity, why });
            keys.finish()?;
        }
        Ok(())
    }

    pub(crate) fn finder(&mut self, mut keys: Keys<'f>) -> Result<(), Refusal> {
        let id = self.id(&mut keys)?;
        let category = keys.word("category", CATEGORIES)?.unwrap_or(Category::Channel);
        let severity = needed_severity(&mut keys)?;
        let kinds = "phone, number-words, email, email-spelled, handle or link";
        let kind = keys.word("kind", kinds)?.ok_or_else(|| keys.missing("kind"))?;
        let writers = writers(&mut keys)?.unwrap_or(Writers { seeker: true, volunteer: true });
        let why = self.why_or_usual(&mut keys, category)?;
        let is_clear = keys.truth("clear")?.unwrap_or(false);
        let mut need = self.nearby(&mut keys, "need")?;
        if let Some(near) = need.as_mut().filter(|near| near.reach == Reach::Sentence) {
            near.reach = Reach::Sentences;
        }
        if is_clear == need.is_some() {
            return Err(keys.refuse(keys.at(), "need", "or `clear = true` must be there, and not both"));
        }
        for (key, expected) in [("hit", Expected::Hit), ("miss", Expected::Miss)] {
            if self.tests(&mut keys, key, id, writers, &expected)? == 0 {
                return Err(keys.missing(key));
            }
        }
        let (id, language) = (id.to_owned(), self.language);
        self.finders.push(Finder { id, category, language, severity, writers, kind, need, why });
        keys.finish()
    }

    pub(crate) fn question(&mut self, mut keys: Keys<'f>) -> Result<(), Refusal> {
        let id = self.id(&mut keys)?;
        let asks = keys.word("asks", CATEGORIES)?.ok_or_else(|| keys.missing("asks"))?;
        let yes = keys.word("yes", SEVERITIES)?.unwrap_or(Severity::Today);
        let patterns = self.patterns(&mut keys, "pattern", 1)?;
        if patterns.is_empty() {
            return Err(keys.missing("pattern"));
        }
        let asker = Writers { seeker: false, volunteer: true };
        self.tests(&mut keys, "hit", id, asker, &Expected::Hit)?;
        self.tests(&mut keys, "miss", id, asker, &Expected::Miss)?;
        self.tongue.questions.push(Question { id: id.to_owned(), asks, yes, patterns });
        keys.finish()
    }
}

fn needed_category(keys: &mut Keys<'_>) -> Result<Category, Refusal> {
    keys.word("category", CATEGORIES)?.ok_or_else(|| keys.missing("category"))
}

fn needed_severity(keys: &mut Keys<'_>) -> Result<Severity, Refusal> {
    keys.word("severity", SEVERITIES)?.ok_or_else(|| keys.missing("severity"))
}

fn usual_writers(category: Category) -> Writers {
    Writers { seeker: category != Category::Role, volunteer: true }
}

fn writers(keys: &mut Keys<'_>) -> Result<Option<Writers>, Refusal> {
    let said = keys.texts("writer")?;
    if said.is_empty() {
        return Ok(None);
    }
    let mut writers = Writers { seeker: false, volunteer: false };
    for one in said {
        match one.text {
            "seeker" => writers.seeker = true,
            "volunteer" => writers.volunteer = true,
            _ => return Err(keys.refuse(one.at, "writer", "must be seeker, volunteer, or a list of both")),
        }
    }
    Ok(Some(writers))
}
