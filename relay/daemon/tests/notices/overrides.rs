//! An organisation's own wording: what replaces a template, and what is refused before the house opens.

use brevbro::notice::{NoticeError, Notices};
use brevbro_core::notice::Notice;
use brevbro_core::party::Language;
use std::fs;
use std::path::Path;

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
    let as_built = Notices::embedded();
    for sample in Notice::samples() {
        let notice = sample.notice;
        for language in Language::ALL {
            let rendered = notices.render(&notice, language).unwrap();
            let embedded = as_built.render(&notice, language).unwrap();
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
        (
            "en/overview.txt",
            "{% for line in lines %}\n{{ line.hour }}\n{% endfor %}\n",
            "en/overview.txt, line 2: undefined value",
        ),
        (
            "en/welcome_seeker.txt",
            "Hello\n{% if reads.who == 'window' %}{{ reads.weeks }}{% endif %}\n",
            "en/welcome_seeker.txt, line 2: undefined value",
        ),
        ("en/item_kind.txt", "{{ content }}\n", "en/item_kind.txt, line 1: undefined value"),
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
