//! Our own letters come back: quoted by every kind of mail programme, cut anywhere, wrapped anywhere, in every language.

use super::corrected;
use crate::notice::Notices;
use brevbro_core::correction::{Answer, Asked, Correction, Declared, Plan, Share, Target, read};
use brevbro_core::id::{EntryId, PairingId};
use brevbro_core::ledger::Minutes;
use brevbro_core::notice::{Corrected, Done, Notice, Shown};
use brevbro_core::overview::Line;
use brevbro_core::party::Language;
use brevbro_core::time::Moment;
use brevbro_sanitise::{Limits, letter};

/// The overview, its confirmation and the letter about unclear answers, with what the house knows of them.
fn ours(language: Language) -> (Vec<String>, String) {
    let notices = Notices::embedded();
    let render = |notice: &Notice| notices.render(notice, language).unwrap().text;
    let is_about_time = |name: &str| ["overview", "corrected", "not_understood"].contains(&name);
    let sent: Vec<String> = Notice::samples()
        .iter()
        .filter(|sample| is_about_time(sample.notice.name()))
        .map(|sample| render(&sample.notice))
        .collect();
    let nothing = Notice::Corrected(Corrected { changes: Vec::new(), total: Shown::exactly(Minutes::default()) });
    let overview = overview_of(&sent).to_owned();
    (sent, [overview, render(&nothing), render(&Notice::NotUnderstood)].concat())
}

fn overview_of(sent: &[String]) -> &str {
    sent.iter().find(|text| text.contains("- 12: ")).unwrap()
}

fn answer(text: &str, language: Language, known: &str) -> Answer {
    read(text, &Asked { lines: 12, language, ours: known, names: &["Frida".to_owned()] })
}

/// What is left of a letter when its header and the history have gone.
fn words(header: &str, body: &str) -> String {
    let raw = format!(
        "From: <frida@example.com>\r\nSubject: Re: x\r\nIn-Reply-To: <n.1@relay.example.org>\r\n{header}\r\n{}",
        body.replace('\n', "\r\n")
    );
    letter::read(raw.as_bytes(), &Limits::default()).unwrap().own_words(&Limits::default()).unwrap()
}

#[test]
fn no_example_of_ours_is_ever_an_answer() {
    for language in Language::ALL {
        let (sent, known) = ours(language);
        for text in &sent {
            let lines: Vec<&str> = text.lines().collect();
            for from in 0..lines.len() {
                for to in from..=lines.len() {
                    let part = lines[from..to].join("\n");
                    let read = answer(&part, language, &known);
                    assert!(!matches!(read, Answer::Corrections(_)), "{language}: {read:?}\n{part}");
                }
            }
            let first = answer(&format!("3 50\n\n{text}"), language, &known);
            let minutes = Minutes::whole(50);
            let expected = Correction { target: Target::Line(3), minutes };
            assert_eq!(first, Answer::Corrections(vec![expected]), "{language}\n{text}");
        }
    }
}

#[test]
fn answers_are_read_as_mail_programmes_send_them() {
    for language in Language::ALL {
        let (sent, known) = ours(language);
        let overview = overview_of(&sent);
        let marked = overview.lines().map(|line| format!("> {line}\n")).collect::<Vec<_>>().concat();
        let html = overview.replace('\n', "<br>\n");
        let plain = "Content-Type: text/plain; charset=utf-8\r\n";
        let rich = "Content-Type: text/html; charset=utf-8\r\n";
        let cases = [
            (plain, format!("3 50\n\nDen sön 22 nov. 2026 kl 18:00 skrev <desk@relay.example.org>:\n{marked}")),
            (
                plain,
                format!(
                    "3 50\n\nSkickat från min iPhone\n\n> 22 nov. 2026 kl. 18:00 skrev desk@relay.example.org:\n{marked}"
                ),
            ),
            (
                plain,
                format!(
                    "Hej\n\n3 50\n\nMvh\nFrida\n\n-----Original Message-----\nFrom: desk@relay.example.org\nSent: Sunday, November 22, 2026 6:00 PM\nTo: frida@example.com\nSubject: x\n\n{overview}"
                ),
            ),
            (
                plain,
                format!(
                    "3 50\n\nFrån: desk@relay.example.org <desk@relay.example.org>\nSkickat: den 22 november 2026 18:00\nTill: frida@example.com\nÄmne: x\n\n{overview}"
                ),
            ),
            (
                rich,
                format!(
                    "<div dir=\"ltr\">3 50</div><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Sun, 22 Nov 2026 at 18:00, &lt;desk@relay.example.org&gt; wrote:<br></div><blockquote class=\"gmail_quote\">{html}</blockquote></div>"
                ),
            ),
            (
                rich,
                format!(
                    "<p>3 50<o:p></o:p></p><div style=\"border:none;border-top:solid #E1E1E1 1.0pt\"><p><b>From:</b> desk@relay.example.org<br><b>Sent:</b> Sunday<br><b>To:</b> frida@example.com<br><b>Subject:</b> x</p></div><p>{html}</p>"
                ),
            ),
            (rich, format!("<p>3 50</p><p>Frida</p><br>{html}")),
        ];
        for (header, body) in cases {
            let said = words(header, &body);
            let expected = Correction { target: Target::Line(3), minutes: Minutes::whole(50) };
            assert_eq!(answer(&said, language, &known), Answer::Corrections(vec![expected]), "{language}\n{said}");
        }
        // Below a quoted line, as careful people answer.
        let number_of = |line: &str| line.strip_prefix("- ")?.split_once(": ")?.0.parse::<u32>().ok();
        let (line, number) = overview.lines().enumerate().find_map(|(at, line)| Some((at, number_of(line)?))).unwrap();
        let (above, below) = (marked.lines().take(line + 1), marked.lines().skip(line + 1));
        let between: Vec<&str> = above.chain(["50 min"]).chain(below).collect();
        let said = words(plain, &between.join("\n"));
        let expected = Correction { target: Target::Line(number), minutes: Minutes::whole(50) };
        assert_eq!(answer(&said, language, &known), Answer::Corrections(vec![expected]), "{language}\n{said}");
    }
}

#[test]
fn what_was_estimated_is_told_as_about_and_what_was_declared_exactly() {
    let (entry, pairing) = (EntryId::from_random(2), PairingId::from_random(4));
    let line = Line {
        entry,
        pairing,
        letter: None,
        done: Done::Wrote,
        estimate: Minutes::tenths(234),
        minutes: Minutes::tenths(234),
        is_declared: false,
        made_at: Moment::default(),
    };
    let declared = |number, line| Declared { number, line, minutes: Minutes::whole(47) };
    let again = Line { minutes: Minutes::whole(33), is_declared: true, ..line };
    let (old, new) = (Minutes::tenths(564), Minutes::whole(61));
    let share = Share { pairing, old, new };
    let plan = Plan { lines: vec![declared(1, line), declared(2, again)], shares: vec![share], old, new };
    let told = corrected(&plan);
    let about = |tenths| Shown::about(Minutes::tenths(tenths));
    let exactly = |minutes| Shown::exactly(Minutes::whole(minutes));
    let changes: Vec<_> = told.changes.iter().map(|change| (change.number, change.old, change.new)).collect();
    let expected =
        [(Some(1), about(250), exactly(47)), (Some(2), exactly(33), exactly(47)), (None, about(550), exactly(61))];
    assert_eq!((changes.as_slice(), told.total), (expected.as_slice(), exactly(61)));
}
