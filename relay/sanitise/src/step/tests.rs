//! Every step of removal broken in turn: with it the letter is clean, without it the guard holds the letter back.

mod copies;
mod files;
mod words;

use super::{Step, Steps};
use crate::body;
use crate::file::{FileBudget, office, pdf};
use crate::guard::{Guard, Told};
use crate::identity::Identity;
use crate::learn;
use crate::letter::{self, Letter};
use crate::limits::Limits;
use crate::rebuild::{Outcome, Rules};
use crate::report::{Hit, HitKind, Layer, Report};
use crate::thread::{Scope, ThreadKey};
use brevbro_core::party::Side;
use brevbro_core::time::Moment;
use data_encoding::BASE64;
use mail_parser::{MessageParser, MimeHeaders, PartType};

fn identity() -> Identity {
    toml::from_str(
        "[sender]\nnames = ['Anna Karin Karlsson', 'Ankan']\naddresses = ['anna.karlsson@example.net', 'sommar77@example.org']\n\
         phones = ['+46 70 174 06 05']\nother = ['Storgatan 12', 'Exempelbolaget AB']\npseudonym = 'Vinter'\n\
         alias = 'vinter-7k@relay.example.org'\n[recipient]\npseudonym = 'Frida'\nalias = 'frida@relay.example.org'\n\
         address = 'frida.private@example.com'\nnames = ['Frida Larsson']\n[relay]\ndomain = 'relay.example.org'\nlanguage = 'sv'",
    )
    .unwrap()
}

/// What becomes of a letter when some steps are left out.
fn outcome(raw: &[u8], left_out: &[Step]) -> Outcome {
    let threads = ThreadKey::new(std::array::from_fn(|n| u8::try_from(n).unwrap()));
    let scope = Scope { pairing: 7, author: Side::Seeker };
    let now = Moment::from_millis(1_795_262_400_000);
    let rules = Rules { limits: Limits::default(), now, seed: [3; 16], threads: &threads, scope };
    read(raw).rebuild_by(&identity(), &rules, Steps::without(left_out))
}

fn read(raw: &[u8]) -> Letter<'_> {
    letter::read(raw, &Limits::default()).unwrap()
}

/// A letter with all steps taken, which must be clean.
fn clean(raw: &[u8]) -> Vec<u8> {
    match outcome(raw, &[]) {
        Outcome::Clean(clean) => clean.into_bytes(),
        other => panic!("{other:?}: {}", String::from_utf8_lossy(raw)),
    }
}

/// What the guard says of a finished letter that was made of another one.
fn hits(raw: &[u8], finished: &[u8]) -> Vec<Hit> {
    let (letter, identity) = (read(raw), identity());
    let mut learnt = learn::read(&letter, "relay.example.org");
    let language = identity.relay.language;
    let body = body::read(&letter, &Limits::default(), language, Steps::ALL, &mut Report::default()).unwrap();
    learnt.take_from(&body);
    let told = Told { own_host: "relay.example.org", letter: &letter, learnt: &learnt, body: &body };
    Guard::new(&identity, &told).check(finished)
}

/// Everything a reader sees of a letter, and what its files hold as octets.
fn shown(finished: &[u8]) -> String {
    let message = MessageParser::default().parse(finished).unwrap();
    let head = finished.split(|b| *b == b'\n').take_while(|line| line.len() > 1).collect::<Vec<_>>().join(&b'\n');
    let mut all = format!("{}\n{}\n", String::from_utf8_lossy(&head), message.subject().unwrap_or_default());
    for part in &message.parts {
        all.push_str(part.attachment_name().unwrap_or_default());
        match &part.body {
            PartType::Text(text) | PartType::Html(text) => all.push_str(text),
            PartType::Binary(octets) | PartType::InlineBinary(octets) => {
                all.push_str(&String::from_utf8_lossy(octets));
                let budget = || FileBudget::default();
                all.push_str(
                    &office::text(octets, &mut budget())
                        .or_else(|_| pdf::text(octets, &mut budget()))
                        .unwrap_or_default(),
                );
            }
            PartType::Message(_) | PartType::Multipart(_) => {}
        }
        all.push('\n');
    }
    all
}

/// A letter whose header shows nobody, so that nothing is learnt which the identity does not say.
fn plain(text: &str) -> Vec<u8> {
    letter("From: x7@example.com", "text/plain", text)
}

fn letter(head: &str, kind: &str, text: &str) -> Vec<u8> {
    format!("{head}\nSubject: Hej\nContent-Type: {kind}; charset=utf-8\n\n{text}").into_bytes()
}

/// A letter with a file.
fn with_file(text: &str, kind: &str, name: &str, octets: &[u8]) -> Vec<u8> {
    let packed = BASE64.encode(octets);
    let lines: Vec<&str> = packed.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!(
        "From: x7@example.com\nSubject: Hej\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\
         Content-Type: text/plain; charset=utf-8\n\n{text}\n--b\nContent-Type: {kind}; name=\"{name}\"\n\
         Content-Disposition: attachment; filename=\"{name}\"\nContent-Transfer-Encoding: base64\n\n{}\n--b--\n",
        lines.join("\n")
    )
    .into_bytes()
}

/// What shall become of a letter without a step.
#[derive(Debug)]
enum Wanted {
    Held(HitKind, Layer),
    /// The guard does not look for it by design, and why.
    Unseen(&'static str),
}

/// A letter that needs a step.
struct Case {
    /// The step, and those that stand behind it and must be left out as well before anything arrives.
    steps: &'static [Step],
    letter: Vec<u8>,
    /// What must not arrive.
    token: &'static str,
    wanted: Wanted,
}

fn held(steps: &'static [Step], letter: Vec<u8>, token: &'static str, kind: HitKind, layer: Layer) -> Case {
    Case { steps, letter, token, wanted: Wanted::Held(kind, layer) }
}

impl Case {
    /// What is wrong, if anything.
    fn fault(&self) -> Option<String> {
        let has = |bytes: &[u8]| shown(bytes).to_lowercase().contains(&self.token.to_lowercase());
        let fault = |what: String| Some(format!("{:?} {:?}: {what}", self.steps, self.token));
        match outcome(&self.letter, &[]) {
            Outcome::Clean(clean) if !has(clean.bytes()) => {}
            Outcome::Clean(clean) => return fault(format!("arrives with every step\n{}", shown(clean.bytes()))),
            other => return fault(format!("{other:?} with every step")),
        }
        if self.steps.len() > 1 {
            match outcome(&self.letter, &self.steps[..1]) {
                Outcome::Clean(clean) if !has(clean.bytes()) => {}
                other => return fault(format!("no step stands behind it: {other:?}")),
            }
        }
        match (outcome(&self.letter, self.steps), &self.wanted) {
            (Outcome::Quarantine(kept), Wanted::Held(kind, layer)) if has(kept.bytes()) => {
                let hit = Hit { kind: *kind, layer: *layer };
                let found = kept.report().guard();
                if found.contains(&hit) { None } else { fault(format!("found {found:?}, wanted {hit:?}")) }
            }
            (Outcome::Clean(clean), Wanted::Unseen(why)) if has(clean.bytes()) => {
                if why.is_empty() {
                    fault("no reason".to_owned())
                } else {
                    None
                }
            }
            (Outcome::Clean(sent) | Outcome::Quarantine(sent), wanted) => {
                let (found, shown) = (sent.report().guard(), shown(sent.bytes()));
                fault(format!("{found:?}, wanted {wanted:?}\n{shown}"))
            }
            (other, wanted) => fault(format!("{other:?}, wanted {wanted:?}")),
        }
    }
}

#[test]
fn what_the_guard_looks_for_is_always_taken_out() {
    for name in [
        "information.pdf",
        "Skärmavbild 2026-11-03 kl. 14.05.12.png",
        "IMG_20261103_140507.jpg",
        "läs mig först.txt",
        "faktura november.pdf",
        "image001 (1).png",
        "Presentation.pptx",
        "min-ansökan_v2.docx",
        "WhatsApp Image 2026-11-03 at 14.05.07.jpeg",
        "ÖVERKLAGAN FÖRSÄKRINGSKASSAN.PDF",
        "sommarbilder.zip",
        "index.html.txt",
    ] {
        for text in [format!("Läs {name} först."), format!("{name}\n"), format!("(se \"{}\")", name.to_lowercase())] {
            let raw = with_file(&text, "text/plain", name, text.as_bytes());
            assert!(matches!(outcome(&raw, &[]), Outcome::Clean(_)), "{text}");
        }
    }
    for name in [
        "God Jul",
        "Glad Sommar",
        "Stockholm Stad",
        "Support Sverige",
        "Mamma",
        "Info Kliniken",
        "Anna-Lena på Kliniken",
    ] {
        for text in [name.to_owned(), name.to_lowercase(), format!("{name}s vän"), name.replace(' ', ", ")] {
            let raw = letter(&format!("From: {name} <x7@example.com>"), "text/plain", &format!("Hej! {text}. Vi ses."));
            let shown = |outcome| {
                if let Outcome::Quarantine(kept) = outcome { format!("{:?}", kept.report()) } else { String::new() }
            };
            assert_eq!(shown(outcome(&raw, &[])), "", "{name}: {text}");
        }
    }
}

#[test]
fn every_step_is_needed_and_watched() {
    let cases: Vec<Case> = words::cases().into_iter().chain(files::cases()).collect();
    let faults: Vec<String> = cases.iter().filter_map(Case::fault).collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), cases.len(), faults.join("\n\n"));
    for step in Step::ALL {
        let is_held = |case: &&Case| case.steps.first() == Some(step) && matches!(case.wanted, Wanted::Held(..));
        assert!(cases.iter().any(|case| is_held(&case)), "no letter shows that the guard watches {step:?}");
    }
}
