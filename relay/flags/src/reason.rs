//! What a rule says for itself, found again by its name: a flag is kept without a word, and a coordinator asks why.

use crate::rules::Rules;
use crate::rules::parts::Worth;
use crate::{Category, answer};
use brevbro_core::party::Language;

impl Rules {
    /// What the coordinator reads of a rule, in her language; none of a rule that is not there any more.
    pub fn why(&self, rule: &str, reader: Language) -> Option<&str> {
        let of_rule = |known: &crate::rules::parts::Rule| known.id == rule;
        if let Some(Worth::Flag { why, .. }) = self.all.iter().find(|r| of_rule(r)).map(|r| &r.worth) {
            return Some(why.say(Some(reader)));
        }
        if let Some(finder) = self.finders.iter().find(|finder| finder.id == rule) {
            return Some(finder.why.say(Some(reader)));
        }
        // Sums and answers are named by language, category and what they are.
        let mut words = rule.split('.');
        let language: Language = words.next()?.parse().ok()?;
        let category: Category = words.next()?.parse().ok()?;
        match words.next()? {
            "score" => Some(self.tongues.get(&language)?.scores.get(&category)?.why.say(Some(reader))),
            "answer" => Some(answer::why(reader)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Letter, Scan, scan};
    use brevbro_core::party::Side;

    #[test]
    fn every_flag_can_be_asked_why() {
        let rules = Rules::embedded().unwrap();
        let text = "I do not want to live any more. I have decided to do it tonight. My number is +46 70 174 06 05, \
            call me. He hit me again last night.";
        let letter =
            Letter { text, writer: Side::Seeker, language_hint: None, reader: Some(Language::English), thread: None };
        let Scan::Done(found) = scan(&rules, &letter) else { panic!("it can be read") };
        assert!(found.flags.len() >= 2, "{:?}", found.flags);
        for flag in &found.flags {
            assert_eq!(rules.why(&flag.rule, Language::English), Some(flag.why.as_str()), "{flag:?}");
        }
        assert_eq!(rules.why("sv.suicide.answer", Language::Danish), Some(answer::why(Language::Danish)));
        for unknown in ["", "sv", "sv.suicide", "sv.suicide.nothing", "xx.suicide.score", "sv.weather.score"] {
            assert_eq!(rules.why(unknown, Language::English), None, "{unknown}");
        }
    }
}
