//! Samples: every notice, and each of its values that chooses another branch of a template.

use super::{
    AfterEnd, Change, ConfirmAuthor, CoordinatorAsked, CopiedOthers, Corrected, Count, CrisisLine, DeskLetter, Digest,
    Done, EndNear, Ending, EraseAsk, Gentle, HeldLonger, ItemLapsed, ItemRaised, LetterRests, LetterWaits, Notice,
    OtherPauses, OtherResumed, Overview, OverviewLine, Pause, Plain, Reads, Shown, SomebodyKnows, WeekFull, WeekNear,
    Welcome, WorriedHeard,
};
use crate::escalation::{ItemKind, Severity};
use crate::ledger::Minutes;
use crate::veiled;

/// A notice of invented facts. Golden files are written from them, and an organisation's own wording must render
/// every one of them before the house opens.
#[derive(Clone, PartialEq, Eq)]
pub struct Sample {
    /// The notice's name, and after a hyphen what is special about this one.
    pub name: String,
    /// The notice.
    pub notice: Notice,
}

veiled!(Sample);

impl Notice {
    /// Samples of every notice; a template's branches are all taken by one of them or another.
    pub fn samples() -> Vec<Sample> {
        let groups = [passage(), week(), overview(), silence(), wishes(), welcomes(), endings(), items(), staff()];
        groups.into_iter().flatten().map(named).collect()
    }
}

fn named((special, notice): (&str, Notice)) -> Sample {
    let name = notice.name();
    Sample { name: if special.is_empty() { name.to_owned() } else { format!("{name}-{special}") }, notice }
}

type Special = (&'static str, Notice);

fn frida() -> String {
    "Frida".to_owned()
}

fn vinter() -> String {
    "Vinter".to_owned()
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn about(minutes: i64) -> Shown {
    Shown::about(Minutes::whole(minutes))
}

fn passage() -> Vec<Special> {
    let plain = || Plain { other: vinter(), written_on: text("2026-11-21") };
    let confirm = |days| Notice::ConfirmAuthor(ConfirmAuthor { other: frida(), written_on: text("2026-11-21"), days });
    let copied = |others| Notice::CopiedOthers(CopiedOthers { other: frida(), others });
    vec![
        ("", confirm(5)),
        ("one", confirm(1)),
        ("", copied(2)),
        ("one", copied(1)),
        ("", Notice::Delayed(plain())),
        ("", Notice::NotDelivered(plain())),
        ("", Notice::Confirmed(plain())),
        ("", Notice::Encrypted(plain())),
        ("", Notice::Released(plain())),
    ]
}

fn week() -> Vec<Special> {
    let full = |urgent| WeekFull { other: vinter(), cap: about(60), until: text("2026-11-23"), urgent };
    let near = WeekNear { other: vinter(), minutes: about(48), cap: about(60), until: text("2026-11-22") };
    vec![
        ("", Notice::WeekNear(near)),
        ("", Notice::WeekFull(full(false))),
        ("now", Notice::WeekFull(full(true))),
        ("", Notice::HeldLonger(HeldLonger { other: vinter(), until: text("2026-11-30") })),
        ("", Notice::NotUnderstood),
    ]
}

fn overview() -> Vec<Special> {
    let line = |number: u32, kind, minutes| OverviewLine {
        number,
        day: text("2026-11-17"),
        other: vinter(),
        minutes: about(minutes),
        kind,
    };
    let all = |lines, total, cap| Notice::Overview(Overview { lines, total, cap, until_day: text("2026-12-06") });
    let every = (12..).zip(Done::ALL).map(|(number, kind)| line(number, *kind, 15)).collect();
    let change = |number, old, new| Change { number, old: about(old), new: Shown::exactly(Minutes::whole(new)) };
    let corrected = |changes, total| Notice::Corrected(Corrected { changes, total: about(total) });
    vec![
        ("", all(vec![line(12, Done::Read, 10), line(13, Done::Wrote, 25)], about(35), Some(about(60)))),
        ("every", all(every, about(120), None)),
        ("", corrected(vec![change(Some(12), 15, 45)], 60)),
        ("several", corrected(vec![change(Some(12), 15, 47), change(None, 60, 40)], 40)),
    ]
}

fn silence() -> Vec<Special> {
    let waits = |days| LetterWaits { other: vinter(), days };
    let knows = |crisis| Notice::SomebodyKnows(SomebodyKnows { other: frida(), crisis });
    let rests = |crisis| Notice::LetterRests(LetterRests { other: frida(), until: text("2026-11-23"), crisis });
    vec![
        ("", Notice::LetterWaits(waits(5))),
        ("one", Notice::LetterWaits(waits(1))),
        ("", Notice::LetterStillWaits(waits(7))),
        ("one", Notice::LetterStillWaits(waits(1))),
        ("", knows(Vec::new())),
        ("crisis", knows(CrisisLine::samples())),
        ("", rests(Vec::new())),
        ("crisis", rests(CrisisLine::samples())),
        ("", Notice::Gentle(Gentle { other: frida() })),
    ]
}

fn wishes() -> Vec<Special> {
    let pause = |day: Option<&str>| Pause { until: day.map(text) };
    let pauses = |day: Option<&str>| Notice::OtherPauses(OtherPauses { other: frida(), until: day.map(text) });
    let day = Some("2027-01-11");
    let asked =
        |office: Option<&str>, crisis| Notice::CoordinatorAsked(CoordinatorAsked { office: office.map(text), crisis });
    vec![
        ("", Notice::PauseBegun(pause(None))),
        ("until", Notice::PauseBegun(pause(day))),
        ("", Notice::Resumed),
        ("", Notice::ReliefAsked),
        ("", Notice::WorriedHeard(WorriedHeard { crisis: Vec::new() })),
        ("crisis", Notice::WorriedHeard(WorriedHeard { crisis: CrisisLine::samples() })),
        ("", Notice::StoppedVolunteer),
        ("", Notice::Stopped),
        ("", Notice::PauseBegunSeeker(pause(None))),
        ("until", Notice::PauseBegunSeeker(pause(day))),
        ("", Notice::ResumedSeeker),
        ("", Notice::EraseAsk(EraseAsk { days: 7 })),
        ("one", Notice::EraseAsk(EraseAsk { days: 1 })),
        ("", Notice::Erased),
        ("", asked(None, Vec::new())),
        ("office", asked(Some("09:00–16:00"), CrisisLine::samples())),
        ("", pauses(None)),
        ("until", pauses(day)),
        ("", Notice::OtherResumed(OtherResumed { other: frida() })),
    ]
}

fn welcomes() -> Vec<Special> {
    let welcome = |other, reads| Welcome {
        other,
        alias: text("lykta@example.org"),
        weekly_words: false,
        reads,
        office: None,
        crisis: Vec::new(),
    };
    let whole = |other, reads| Welcome {
        weekly_words: true,
        office: Some(text("09:00–16:00")),
        crisis: CrisisLine::samples(),
        ..welcome(other, reads)
    };
    let day = Reads::Window { days: 1 };
    vec![
        ("", Notice::WelcomeSeeker(whole(frida(), Reads::Flagged))),
        ("bare", Notice::WelcomeSeeker(welcome(frida(), Reads::Nobody))),
        ("window", Notice::WelcomeSeeker(whole(frida(), Reads::Window { days: 14 }))),
        ("day", Notice::WelcomeSeeker(welcome(frida(), day))),
        ("", Notice::WelcomeVolunteer(whole(vinter(), Reads::Flagged))),
        ("bare", Notice::WelcomeVolunteer(welcome(vinter(), Reads::Nobody))),
        ("window", Notice::WelcomeVolunteer(whole(vinter(), Reads::Window { days: 14 }))),
        ("day", Notice::WelcomeVolunteer(welcome(vinter(), day))),
    ]
}

fn endings() -> Vec<Special> {
    let near = |hard| Notice::EndNear(EndNear { other: frida(), day: text("2027-02-21"), hard });
    vec![
        ("", near(false)),
        ("hard", near(true)),
        ("", Notice::Ending(Ending { other: frida(), day: text("2027-03-23") })),
        ("", Notice::AfterEnd(AfterEnd { crisis: Vec::new() })),
        ("crisis", Notice::AfterEnd(AfterEnd { crisis: CrisisLine::samples() })),
    ]
}

const ITEM: &str = "0000000000042";

fn link() -> String {
    format!("https://office.example.org/items/{ITEM}")
}

/// Every kind, because each has its own words.
fn items() -> Vec<Special> {
    let raised =
        |kind: ItemKind, severity, link| Notice::ItemRaised(ItemRaised { item: text(ITEM), kind, severity, link });
    let mut all = vec![
        ("", raised(ItemKind::Undeliverable, Severity::Today, None)),
        ("now", raised(ItemKind::Flag, Severity::Now, Some(link()))),
    ];
    all.extend(ItemKind::ALL.iter().map(|kind| (kind.word(), raised(*kind, kind.severity(), Some(link())))));
    all
}

fn staff() -> Vec<Special> {
    let lapsed = |kind: ItemKind, severity, rung, link| {
        Notice::ItemLapsed(ItemLapsed { item: text(ITEM), kind, severity, rung, link })
    };
    let digest = |counts: &[(ItemKind, usize)], link| {
        let counts = counts.iter().map(|(kind, number)| Count { kind: *kind, number: *number }).collect();
        Notice::Digest(Digest { counts, link })
    };
    let pages = Some(text("https://office.example.org/items"));
    vec![
        ("", lapsed(ItemKind::Undeliverable, Severity::Today, 2, None)),
        ("now", lapsed(ItemKind::Worried, Severity::Now, 3, Some(link()))),
        ("routine", lapsed(ItemKind::Desk, Severity::Routine, 1, Some(link()))),
        ("", digest(&[(ItemKind::SeekerSilent, 1), (ItemKind::FullWeek, 2), (ItemKind::File, 11)], pages)),
        ("bare", digest(&[(ItemKind::CheckIn, 1)], None)),
        (
            "",
            Notice::DeskLetter(DeskLetter {
                door: "postmaster",
                from: text("stranger@example.org"),
                text: text("Hello,\nis this the right place?"),
            }),
        ),
    ]
}
