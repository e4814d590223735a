//! Every notice in every language: golden texts, rules of tone and secrecy, and refused overrides.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro::notice::{NoticeError, Notices, compose};
use brevbro_core::address::EmailAddr;
use brevbro_core::escalation::ItemKind;
use brevbro_core::notice::{ConfirmAuthor, CopiedOthers, ItemRaised, Notice, Plain};
use brevbro_core::party::Language;
use brevbro_core::time::Moment;
use std::fs;
use std::path::{Path, PathBuf};

const CRATE: &str = env!("CARGO_MANIFEST_DIR");

/// The samples, and those of their values that choose another branch of a template.
fn samples() -> Vec<(String, Notice)> {
    let named = |notice: Notice| (notice.name().to_owned(), notice);
    let mut all: Vec<(String, Notice)> = Notice::samples().into_iter().map(named).collect();
    let other = || "Frida".to_owned();
    all.push((
        "confirm_author-one".into(),
        Notice::ConfirmAuthor(ConfirmAuthor { other: other(), written_on: "2026-11-21".into(), days: 1 }),
    ));
    all.push(("copied_others-one".into(), Notice::CopiedOthers(CopiedOthers { other: other(), others: 1 })));
    for kind in ItemKind::ALL {
        let kind = kind.word();
        all.push((
            format!("item_raised-{kind}"),
            Notice::ItemRaised(ItemRaised { item: "0000000000042".into(), kind }),
        ));
    }
    all
}

fn each_rendered(mut look: impl FnMut(&str, Language, &Notice, &brevbro::notice::Rendered)) {
    let notices = Notices::embedded();
    for language in Language::ALL {
        for (name, notice) in samples() {
            let rendered = notices.render(&notice, language).unwrap_or_else(|e| panic!("{name}, {language}: {e}"));
            look(&name, language, &notice, &rendered);
        }
    }
}

#[test]
fn every_notice_reads_as_its_golden_file() {
    let rewrite = std::env::var_os("UPDATE_GOLDEN").is_some();
    let (mut wrong, mut expected_files) = (Vec::new(), Vec::new());
    each_rendered(|name, language, _, rendered| {
        let file = PathBuf::from(CRATE).join(format!("tests/golden/notices/{language}/{name}.txt"));
        let now = format!("Subject: {}\n\n{}", rendered.subject, rendered.text);
        if rewrite {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, &now).unwrap();
        }
        if fs::read_to_string(&file).unwrap_or_default() != now {
            wrong.push(format!("{language}/{name}"));
        }
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

/// Words that tell what the service is, name its machinery or the other side's, lead elsewhere, or blame.
const FORBIDDEN: &[&str] = &[
    "bounce",
    "smtp",
    "dsn",
    "mailer",
    "daemon",
    "server",
    "alias",
    "relay",
    "spam",
    "error",
    "felkod",
    "fejlkode",
    "feilkode",
    "status",
    "5.1.1",
    "550",
    "http",
    "www.",
    "://",
    "mailto",
    "<",
    "@",
    "våld",
    "vold",
    "violen",
    "övergrepp",
    "overgreb",
    "overgrep",
    "abuse",
    "kris",
    "crisis",
    "jour",
    "volontär",
    "frivillig",
    "volunteer",
    "misslyck",
    "failed",
    "invalid",
    "ogiltig",
    "ugyldig",
    "blocked",
    "blockera",
    "blokke",
    "studs",
    "full brevlåda",
    "mailbox full",
    "gmail",
    "hotmail",
    "outlook",
    "icloud",
    "klicka",
    "klikk",
    "klik ",
    "click",
    "omedelbart",
    "urgent",
];

#[test]
fn no_template_says_what_must_not_be_said() {
    let folder = Path::new(CRATE).join("../../templates/mail");
    for language in Language::ALL {
        for name in Notice::NAMES {
            for part in ["subject", "txt"] {
                let file = folder.join(format!("{language}/{name}.{part}"));
                let source = fs::read_to_string(&file).unwrap();
                let lower = source.to_lowercase();
                for word in FORBIDDEN {
                    assert!(!lower.contains(word), "{} says {word:?}", file.display());
                }
                assert!(
                    source.ends_with('\n') && !source.ends_with("\n\n") && !source.contains('\r'),
                    "{}",
                    file.display()
                );
            }
        }
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
    each_rendered(|name, language, notice, rendered| {
        let neutral = ["brev", "letter", "ärende", "sak", "sag", "item"];
        let lower = rendered.subject.to_lowercase();
        assert!(neutral.iter().any(|word| lower.contains(word)), "{language}/{name}");
        for pseudonym in ["frida", "vinter"] {
            assert!(!lower.contains(pseudonym), "{language}/{name}");
        }
        assert!(rendered.subject.chars().count() <= 60 && !rendered.subject.contains('\n'), "{language}/{name}");
        assert_eq!(rendered.answers, !matches!(notice, Notice::ItemRaised(_) | Notice::DeskLetter(_)));
    });
}

#[test]
fn lines_are_short_even_with_long_names_and_dates() {
    let notices = Notices::embedded();
    let (other, written_on) = ("Sommarfågeln från havet".to_owned(), "21. september 2026".to_owned());
    let plain = || Plain { other: other.clone(), written_on: written_on.clone() };
    let long = [
        Notice::ConfirmAuthor(ConfirmAuthor { other: other.clone(), written_on: written_on.clone(), days: 30 }),
        Notice::CopiedOthers(CopiedOthers { other: other.clone(), others: 12 }),
        Notice::Delayed(plain()),
        Notice::NotDelivered(plain()),
        Notice::Confirmed(plain()),
    ];
    for language in Language::ALL {
        for notice in Notice::samples().iter().chain(&long) {
            let text = notices.render(notice, language).unwrap().text;
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
    each_rendered(|name, language, _, rendered| {
        let raw = compose(rendered, ("Brev", &desk), &desk, None, "n1@example.org", date);
        let parsed = mail_parser::MessageParser::new().parse(&raw).unwrap();
        assert_eq!(parsed.subject(), Some(rendered.subject.as_str()), "{language}/{name}");
        assert_eq!(parsed.body_text(0).unwrap().replace("\r\n", "\n"), rendered.text, "{language}/{name}");
        assert!(raw.is_ascii() && raw.split(|b| *b == b'\n').all(|line| line.len() <= 77), "{language}/{name}");
        let told = parsed.header_raw("Auto-Submitted").unwrap().trim();
        assert_eq!(told, if rendered.answers { "auto-replied" } else { "auto-generated" });
    });
}

fn with_override(file: &str, text: &str) -> (tempfile::TempDir, Result<Notices, NoticeError>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    let notices = Notices::with_overrides(folder.path());
    (folder, notices)
}

#[test]
fn an_override_replaces_one_template_and_no_other() {
    let (_folder, notices) = with_override("sv/confirmed.txt", "Tack! Brevet till {{ other }} är på väg.\r\n");
    let notices = notices.unwrap();
    for notice in Notice::samples() {
        for language in Language::ALL {
            let rendered = notices.render(&notice, language).unwrap();
            let embedded = Notices::embedded().render(&notice, language).unwrap();
            if language == Language::Swedish && notice.name() == "confirmed" {
                assert_eq!(rendered.text, "Tack! Brevet till Vinter är på väg.\n");
                assert_eq!(rendered.subject, embedded.subject);
            } else {
                assert!(rendered == embedded, "{language}/{}", notice.name());
            }
        }
    }
}

#[test]
fn a_broken_override_is_refused_with_its_file_and_line() {
    let cases = [
        (
            "sv/delayed.txt",
            "Hej,\n\n{{ othr }}\n",
            "sv/delayed.txt, line 3: unknown name `othr`; this notice offers other, written_on",
        ),
        (
            "nb/confirmed.txt",
            "Hei\n{% if other == 'x' %}{{ address }}{% endif %}\n",
            "nb/confirmed.txt, line 2: unknown name `address`; this notice offers other, written_on",
        ),
        ("da/copied_others.subject", "{{ others.count }}\n", "da/copied_others.subject, line 1: undefined value"),
        ("en/delayed.txt", "Hello\n{% if other %}\n", "en/delayed.txt, line "),
        ("en/delayed.txt", "Hello\n{{ other|shout }}\n", "en/delayed.txt, line 2: unknown filter"),
        ("en/confirmed.subject", "\n", "en/confirmed.subject, line 1: it says nothing; write at least one word"),
    ];
    for (file, text, expected) in cases {
        let (_folder, notices) = with_override(file, text);
        let said = notices.expect_err(file).to_string();
        assert!(said.starts_with(expected), "{file}: {said}");
    }
}

#[test]
fn an_override_that_replaces_nothing_is_refused() {
    for file in ["sv/confirmed.text", "sv/comfirmed.txt", "fi/confirmed.txt", "confirmed.txt"] {
        let (_folder, notices) = with_override(file, "x\n");
        assert!(matches!(notices, Err(NoticeError::Unknown { .. })), "{file}");
    }
    let (_folder, notices) = with_override("sv/.confirmed.txt.swp", "{{");
    assert!(notices.is_ok());
    let gone = Notices::with_overrides(Path::new("no/such/folder"));
    assert!(matches!(gone, Err(NoticeError::Unreadable { .. })));
}

#[test]
fn a_strangers_letter_cannot_pose_as_ours() {
    let mut letter = Notice::samples().pop().unwrap();
    if let Notice::DeskLetter(desk) = &mut letter {
        "x@example.org\r\n\r\nEtt nytt ärende väntar".clone_into(&mut desk.from);
        "{{ other }}\nÄrende: 1\r\nBcc: x".clone_into(&mut desk.text);
    }
    let rendered = Notices::embedded().render(&letter, Language::Swedish).unwrap();
    assert!(rendered.text.contains("Från: x@example.org Ett nytt ärende väntar\n"));
    assert!(rendered.text.ends_with("> {{ other }}\n> Ärende: 1\n> Bcc: x\n"));
}
