//! Rule files that are read, and rule files that are refused with line, rule and key.

use super::*;

const HEAD: &str = "format = 1\nlanguage = \"en\"\n[why]\nchannel = \"Rain.\"\n";
const RULE: &str = "[[rule]]\nid = \"en.channel.a.1\"\ncategory = \"channel\"\nseverity = \"today\"\npattern = \"red umbrella\"\nhit = \"A red umbrella.\"\nmiss = \"A blue one.\"\n";

fn refused(text: &str) -> Refusal {
    match Rules::read(&[("en.toml", text)]) {
        Ok(_) => panic!("was taken:\n{text}"),
        Err(refusal) => refusal,
    }
}

#[test]
fn the_files_we_bring_are_read() {
    let rules = Rules::read(&EMBEDDED).unwrap();
    assert!(!rules.all.is_empty());
    assert_eq!(format!("{rules:?}"), format!("Rules({} rules, {} finders)", rules.all.len(), rules.finders.len()));
}

#[test]
fn refusals_name_line_rule_and_key() {
    let refusal = refused(&format!("{HEAD}{RULE}colour = \"red\"\n"));
    assert_eq!(refusal.to_string(), "en.toml:12: en.channel.a.1: colour: is no key that is known here");
    let refusal = refused(&format!("{HEAD}{}", RULE.replace("red umbrella", "@red umbrella")));
    assert_eq!(
        refusal.to_string(),
        "en.toml:9: en.channel.a.1: pattern: `@red umbrella` names the set @red, which is not there"
    );
}

#[test]
fn whatever_is_wrong_is_refused() {
    let change = |from: &str, to: &str| {
        let whole = format!("{HEAD}{RULE}");
        assert!(whole.contains(from), "{from}");
        whole.replace(from, to)
    };
    let more = |text: &str| format!("{HEAD}{RULE}{text}");
    let table = [
        (change("format = 1\n", ""), "format: is missing"),
        (change("format = 1", "format = 2"), "must be a whole number"),
        (change("\"en\"", "\"xx\""), "must be sv, da, nb or en"),
        (change("hit = \"A red umbrella.\"\n", ""), "hit: is missing"),
        (change("miss = \"A blue one.\"\n", ""), "miss: is missing"),
        (change("miss = \"A blue one.\"", "miss = []"), "miss: is missing"),
        (change("channel = \"Rain.\"\n", ""), "why: is missing"),
        (change("severity = \"today\"", "severity = \"soon\""), "must be now, today or routine"),
        (change("category = \"channel\"", "category = \"weather\""), "must be one of suicide"),
        (change("red umbrella\"", "red? umbrella?\""), "can match nothing at all"),
        (change("red umbrella\"", "* *\""), "has no anchor"),
        (change("red umbrella\"", "^ $ red?\""), "can match nothing at all"),
        (change("red umbrella\"", &format!("a{} b\"", " <12>".repeat(6))), "can be longer than 60 words"),
        (change("red umbrella\"", "red | umbrella\""), "has a `|` beside a blank"),
        (change("id = \"en.channel.a.1\"", "id = \"sv.channel.a.1\""), "must begin with `en.`"),
        (more(RULE), "is there twice"),
        (more("[sets]\na = [\"@b\"]\nb = [\"@a\"]\n"), "names itself through other sets"),
        (more("[sets]\na = [\"@b\"]\n"), "names the set @b, which is not there"),
        (more("[sets]\na = []\n"), "has no members"),
        (more("[sets]\na = [\"b? c?\"]\n"), "has a member that can match nothing"),
        (more("[sets]\n\"a b\" = [\"c\"]\n"), "is no name"),
        (more("[cues.mood]\nwords = [\"x\"]\n"), "is no cue that is known"),
        (more("[cues.past]\nwords = [\"x\"]\nbefore = 3\nscope = \"letter\"\n"), "stands beside before or after"),
        (more("[cues.past]\nwords = [\"x\"]\ncomma = \"no\"\n"), "must be stop or ignore"),
        (more("[[sign]]\nid = \"en.s\"\ncategory = \"channel\"\npattern = \"x\"\n"), "weight: is missing"),
        (more("[[sign]]\nid = \"en.s\"\ncategory = \"channel\"\npattern = \"x\"\nweight = 4\n"), "from 1 to 3"),
        (more("[score]\nchannel = { severity = \"today\" }\n"), "threshold: is missing"),
        (more("[score]\nchannel = { threshold = 4, colour = 1 }\n"), "is no key"),
        (more("[effects.channel]\nnegation = \"shout\"\n"), "must be ignore, today, routine or drop"),
        (more("[effects.channel]\nmood = \"drop\"\n"), "is no key"),
        (more("[[test]]\ntext = \"x\"\nflags = [\"channel\"]\n"), "must be a category and a severity"),
        (more("[[finder]]\nid = \"en.f\"\nseverity = \"today\"\nkind = \"phone\"\n"), "`clear = true` must be there"),
        (more("[chat]\nb = \"two words\"\n"), "one word for one word"),
        (more("[allow.digits]\nhundred = 100\n"), "must be a number from 0 to 99"),
        (more("colour = \"red\"\n"), "is no key"),
        (more("raise = { if = [\"x\"] }\n"), "to: is missing"),
        (more("raise = { to = \"now\" }\n"), "if: is missing"),
        (more("need = { any = [\"x\"], within = \"page\" }\n"), "sentence, sentences or letter"),
        (more("writer = \"cook\"\n"), "must be seeker, volunteer"),
        (more("= = =\n"), "en.toml:12"),
    ];
    for (text, expected) in table {
        let said = refused(&text).to_string();
        assert!(said.contains(expected), "{said}\n  should say: {expected}");
    }
}

#[test]
fn one_language_has_one_file() {
    let text = format!("{HEAD}{RULE}");
    let refusal = Rules::read(&[("a.toml", &text), ("b.toml", &text)]).err().unwrap();
    assert_eq!(refusal.to_string(), "b.toml:2: language: is the language of another file too");
}

#[test]
fn a_broken_file_never_breaks_the_reader() {
    let text = format!("{HEAD}{RULE}[cues.past]\nwords = [\"a\"]\nscope = \"letter\"\n[allow]\nnumbers = [\"112\"]\n");
    for at in 0..text.len() {
        let _either = Rules::read(&[("en.toml", text.get(..at).unwrap())]);
        let mut octets = text.clone().into_bytes();
        octets[at] = b"\"[=1\n"[at % 5];
        let _either = Rules::read(&[("en.toml", &String::from_utf8_lossy(&octets))]);
    }
}
