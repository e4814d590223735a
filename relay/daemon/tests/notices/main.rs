//! Every notice in every language: golden texts, subjects that tell nothing, and letters that parse back.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod overrides;
mod words;

use brevbro::notice::{Notices, Rendered, compose};
use brevbro_core::address::EmailAddr;
use brevbro_core::ledger::Minutes;
use brevbro_core::notice::{
    ConfirmAuthor, CopiedOthers, DeskLetter, Done, EndNear, LetterWaits, Notice, OtherPauses, Overview, OverviewLine,
    Plain, Reads, Sample, Shown, WeekFull, WeekNear, Welcome,
};
use brevbro_core::party::Language;
use brevbro_core::time::Moment;
use std::fs;
use std::path::PathBuf;

const CRATE: &str = env!("CARGO_MANIFEST_DIR");
/// The notices for staff.
const STAFF: [&str; 4] = ["item_raised", "item_lapsed", "digest", "desk_letter"];
/// The notices only a volunteer gets. All others may lie in a seeker's inbox.
const VOLUNTEER: [&str; 14] = [
    "week_near",
    "week_full",
    "overview",
    "corrected",
    "not_understood",
    "released",
    "held_longer",
    "letter_waits",
    "letter_still_waits",
    "pause_begun",
    "resumed",
    "relief_asked",
    "worried_heard",
    "stopped_volunteer",
];

/// Whether a seeker may get a notice of this name.
fn may_reach_a_seeker(name: &str) -> bool {
    !STAFF.contains(&name) && !VOLUNTEER.contains(&name) && name != "welcome_volunteer"
}

fn each_rendered(mut look: impl FnMut(&Sample, Language, &Rendered)) {
    let notices = Notices::embedded();
    let samples = Notice::samples();
    for language in Language::ALL {
        for sample in &samples {
            let rendered = notices.render(&sample.notice, language);
            look(sample, language, &rendered.unwrap_or_else(|e| panic!("{}, {language}: {e}", sample.name)));
        }
    }
}

#[test]
fn every_notice_reads_as_its_golden_file() {
    let rewrite = std::env::var_os("UPDATE_GOLDEN").is_some();
    let (mut wrong, mut expected_files) = (Vec::new(), Vec::new());
    each_rendered(|sample, language, rendered| {
        let name = &sample.name;
        let file = PathBuf::from(CRATE).join(format!("tests/golden/notices/{language}/{name}.txt"));
        let now = format!("Subject: {}\n\n{}", rendered.subject, rendered.text);
        if rewrite {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, &now).unwrap();
        }
        if fs::read_to_string(&file).unwrap_or_default() != now {
            wrong.push(format!("{language}/{name}"));
        }
        assert!(!expected_files.contains(&file), "{language}/{name} is two samples");
        expected_files.push(file);
    });
    assert!(wrong.is_empty(), "not as in tests/golden/notices (UPDATE_GOLDEN=1 rewrites): {wrong:?}");
    for language in Language::ALL {
        for entry in fs::read_dir(format!("{CRATE}/tests/golden/notices/{language}")).unwrap() {
            let path = entry.unwrap().path();
            assert!(expected_files.contains(&path), "{} is nobody's golden file", path.display());
        }
    }
}

#[test]
fn every_notice_has_a_sample() {
    let samples = Notice::samples();
    for name in Notice::NAMES {
        assert!(samples.iter().any(|sample| sample.name == *name), "{name}");
        assert!(samples.iter().any(|sample| sample.notice.name() == *name), "{name}");
    }
}

#[test]
fn a_failed_letter_names_nothing_but_the_pseudonym_and_the_day() {
    let notices = Notices::embedded();
    let plain = |other: &str, day: &str| Notice::NotDelivered(Plain { other: other.into(), written_on: day.into() });
    for language in Language::ALL {
        let rendered = notices.render(&plain("OTHER", "DAY"), language).unwrap();
        let again = notices.render(&plain("Vinter", "21 maj"), language).unwrap();
        let filled = |text: &str| text.replace("OTHER", "Vinter").replace("DAY", "21 maj");
        assert_eq!((filled(&rendered.subject), filled(&rendered.text)), (again.subject, again.text));
    }
}

#[test]
fn subjects_tell_nobody_who_the_letter_is_to() {
    each_rendered(|sample, language, rendered| {
        let name = &sample.name;
        let neutral = ["brev", "letter", "ärende", "sak", "sag", "item"];
        let lower = rendered.subject.to_lowercase();
        assert!(neutral.iter().any(|word| lower.contains(word)), "{language}/{name}");
        for pseudonym in ["frida", "vinter"] {
            assert!(!lower.contains(pseudonym), "{language}/{name}");
        }
        assert!(rendered.subject.chars().count() <= 60 && !rendered.subject.contains('\n'), "{language}/{name}");
    });
}

/// Where a letter of ours says that it answers one although nobody wrote, a mail system could match it to something.
#[test]
fn what_days_and_limits_cause_answers_nobody() {
    let events = ["week_near", "overview", "released", "gentle", "letter_waits", "end_near", "welcome_seeker"];
    each_rendered(|sample, language, rendered| {
        let name = sample.notice.name();
        if STAFF.contains(&name) || events.contains(&name) {
            assert!(!rendered.answers, "{language}/{name}");
        }
        if ["confirm_author", "stopped", "week_full", "worried_heard", "after_end"].contains(&name) {
            assert!(rendered.answers, "{language}/{name}");
        }
    });
}

fn long_ones() -> Vec<Notice> {
    let other = || "Sommarfågeln från havet".to_owned();
    let day = || "onsdag den 21. september 2026".to_owned();
    let cap = Shown::exactly(Minutes::whole(120));
    let plain = || Plain { other: other(), written_on: day() };
    let line = OverviewLine { number: 1_000_000, day: day(), other: other(), minutes: cap, kind: Done::Adjusted };
    vec![
        Notice::ConfirmAuthor(ConfirmAuthor { other: other(), written_on: day(), days: 30 }),
        Notice::CopiedOthers(CopiedOthers { other: other(), others: 12 }),
        Notice::Delayed(plain()),
        Notice::NotDelivered(plain()),
        Notice::Confirmed(plain()),
        Notice::Released(plain()),
        Notice::WeekNear(WeekNear { other: other(), minutes: cap, cap, until: day() }),
        Notice::WeekFull(WeekFull { other: other(), cap, until: day(), urgent: true }),
        Notice::LetterStillWaits(LetterWaits { other: other(), days: 365 }),
        Notice::OtherPauses(OtherPauses { other: other(), until: Some(day()) }),
        Notice::EndNear(EndNear { other: other(), day: day(), hard: true }),
        Notice::Overview(Overview { lines: vec![line], total: cap, cap: Some(cap), until_day: day() }),
        Notice::WelcomeSeeker(Welcome {
            other: other(),
            alias: "sommarfageln-7k3m@relay.example.org".into(),
            weekly_words: true,
            reads: Reads::Window { days: 14 },
            office: Some("måndag–onsdag, fredag 09:00–16:00".into()),
            crisis: Vec::new(),
        }),
    ]
}

#[test]
fn lines_are_short_even_with_long_names_and_dates() {
    let notices = Notices::embedded();
    let samples = Notice::samples().into_iter().map(|sample| sample.notice);
    for notice in samples.chain(long_ones()) {
        for language in Language::ALL {
            let text = notices.render(&notice, language).unwrap().text;
            assert!(text.ends_with('\n') && !text.ends_with("\n\n") && !text.contains("\n\n\n"), "{text}");
            for line in text.lines() {
                assert!(line.chars().count() <= 76 && line == line.trim_end(), "{language}, {}: {line}", notice.name());
            }
        }
    }
}

#[test]
fn every_notice_becomes_a_letter_that_parses_back() {
    let desk = EmailAddr::parse("desk@example.org").unwrap();
    let date = Moment::from_millis(1_795_262_400_000);
    each_rendered(|sample, language, rendered| {
        let name = &sample.name;
        let raw = compose(rendered, ("Brev", &desk), &desk, None, "n1@example.org", date);
        let parsed = mail_parser::MessageParser::new().parse(&raw).unwrap();
        assert_eq!(parsed.subject(), Some(rendered.subject.as_str()), "{language}/{name}");
        assert_eq!(parsed.body_text(0).unwrap().replace("\r\n", "\n"), rendered.text, "{language}/{name}");
        assert!(raw.is_ascii() && raw.split(|b| *b == b'\n').all(|line| line.len() <= 77), "{language}/{name}");
        let told = parsed.header_raw("Auto-Submitted").unwrap().trim();
        assert_eq!(told, if rendered.answers { "auto-replied" } else { "auto-generated" });
    });
}

#[test]
fn a_strangers_letter_cannot_pose_as_ours() {
    let letter = Notice::DeskLetter(DeskLetter {
        door: "postmaster",
        from: "x@example.org\r\n\r\nEtt nytt ärende väntar".into(),
        text: "{{ other }}\nÄrende: 1\r\nBcc: x".into(),
    });
    let rendered = Notices::embedded().render(&letter, Language::Swedish).unwrap();
    assert!(rendered.text.contains("Från: x@example.org Ett nytt ärende väntar\n"));
    assert!(rendered.text.ends_with("> {{ other }}\n> Ärende: 1\n> Bcc: x\n"));
}

#[test]
fn a_name_in_a_list_cannot_pose_as_a_line_of_it() {
    let minutes = Shown::about(Minutes::whole(10));
    let line =
        |other: &str| OverviewLine {
            number: 12, day: "söndag".into(), other: other.into(), minutes, kind: Done::Read
        };
    let overview = |other: &str| {
        let lines = vec![line(other)];
        let notice = Notice::Overview(Overview { lines, total: minutes, cap: None, until_day: "söndag".into() });
        Notices::embedded().render(&notice, Language::Swedish).unwrap().text
    };
    let entries = |text: &str| text.lines().filter(|line| line.starts_with("- ")).count();
    let forged = overview("Vinter\n- 13: måndag\n\u{2028}- total 0 {{ total }}");
    assert_eq!(entries(&forged), entries(&overview("Vinter")), "{forged}");
    assert!(forged.contains("- 12: söndag, Vinter - 13: måndag - total 0 {{ total }}, du läste"), "{forged}");
}
