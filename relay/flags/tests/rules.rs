//! The rules we bring pass their own tests, and the page that explains rule files is itself one.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that fails should panic, and say more")]

#[path = "support/measure.rs"]
#[allow(dead_code, reason = "the figures are another test's")]
mod measure;

use brevbro_flags::{Letter, Rules, Scan, scan};

#[test]
fn a_letter_needs_no_more_rules_than_are_read_for_it() {
    let all = Rules::embedded().unwrap();
    let mut flags = 0;
    for sample in measure::samples("dev").into_iter().step_by(19) {
        let letter =
            Letter { text: &sample.text, writer: sample.writer, language_hint: None, reader: None, thread: None };
        let few = Rules::embedded_for(&letter).unwrap();
        let [expected, seen] = [&all, &few].map(|rules| match scan(rules, &letter) {
            Scan::Done(findings) => (findings.flags, findings.dropped),
            Scan::NotScanned(why) => panic!("{}: {}", sample.id, why.word()),
        });
        assert_eq!(seen, expected, "{}", sample.id);
        flags += seen.0.len();
    }
    assert!(flags > 5, "only {flags} flags were compared");
}

#[test]
fn the_rules_we_bring_pass_their_tests() {
    let checked = Rules::embedded_with_tests().unwrap().check();
    for collision in &checked.collisions {
        println!("collision {collision}");
    }
    let failures: Vec<String> = checked.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} of {} failed:\n{}", failures.len(), checked.tests, failures.join("\n"));
    // Weak signs may go without tests of their own.
    let silent: Vec<_> = checked.never_hit.iter().filter(|id| !id.contains(".sign.")).collect();
    assert!(silent.is_empty(), "no test hits {silent:?}");
}

#[test]
fn the_page_is_a_rule_file() {
    let page = include_str!("../rules/FORMAT.md");
    let blocks = page.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("```").map(|(block, _)| block));
    let blocks: Vec<&str> = blocks.collect();
    assert!(blocks.len() > 8);
    if let Err(refusal) = Rules::load(&[("FORMAT.md", &blocks.concat())]) {
        panic!("{refusal}");
    }
}
