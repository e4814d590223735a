//! The line of text that stands for an invitation, in the letter's language.

use super::{Event, When};
use brevbro_core::party::Language;

/// The line for an event: what it is, its title, and when.
pub(crate) fn line(event: &Event, language: Language) -> String {
    let mut line = format!("[{}", word(language, event.cancelled));
    // Brackets of the title's own would end the line's.
    let title = event.summary.replace('[', "(").replace(']', ")");
    let when = event.start.map(|start| span(start, event.end, language)).unwrap_or_default();
    let parts: Vec<&str> = [title.as_str(), &when].into_iter().filter(|part| !part.is_empty()).collect();
    if !parts.is_empty() {
        line.push_str(": ");
        line.push_str(&parts.join(", "));
    }
    line.push(']');
    line
}

fn word(language: Language, cancelled: bool) -> &'static str {
    match (language, cancelled) {
        (Language::Swedish, false) => "Kalenderinbjudan",
        (Language::Swedish, true) => "Inställd i kalendern",
        (Language::Bokmal, false) => "Kalenderinvitasjon",
        (Language::Bokmal, true) => "Avlyst i kalenderen",
        (Language::Danish, false) => "Kalenderinvitation",
        (Language::Danish, true) => "Aflyst i kalenderen",
        (Language::English, false) => "Calendar invitation",
        (Language::English, true) => "Cancelled in the calendar",
    }
}

fn span(start: When, end: Option<When>, language: Language) -> String {
    let zone = if start.is_utc() { " UTC" } else { "" };
    match end {
        Some(end) if end.is_same_day(start) => {
            format!("{}–{}{zone}", moment(start, language), clock(end, language))
        }
        Some(end) => format!("{} – {}{zone}", moment(start, language), moment(end, language)),
        None => format!("{}{zone}", moment(start, language)),
    }
}

fn moment(when: When, language: Language) -> String {
    let date = date(when, language);
    let gap = if language == Language::English { ", " } else { " kl. " };
    if when.is_all_day() { date } else { format!("{date}{gap}{}", clock(when, language)) }
}

fn clock(when: When, language: Language) -> String {
    let mark = if language == Language::English { ':' } else { '.' };
    when.time().map(|(hour, minute)| format!("{hour:02}{mark}{minute:02}")).unwrap_or_default()
}

fn date(when: When, language: Language) -> String {
    /// Swedish, Bokmål, Danish, English.
    const MONTHS: [[&str; 4]; 12] = [
        ["januari", "januar", "januar", "January"],
        ["februari", "februar", "februar", "February"],
        ["mars", "mars", "marts", "March"],
        ["april", "april", "april", "April"],
        ["maj", "mai", "maj", "May"],
        ["juni", "juni", "juni", "June"],
        ["juli", "juli", "juli", "July"],
        ["augusti", "august", "august", "August"],
        ["september", "september", "september", "September"],
        ["oktober", "oktober", "oktober", "October"],
        ["november", "november", "november", "November"],
        ["december", "desember", "december", "December"],
    ];
    let (year, month, day) = when.date();
    let (column, dot) = match language {
        Language::Swedish => (0, ""),
        Language::Bokmal => (1, "."),
        Language::Danish => (2, "."),
        Language::English => (3, ""),
    };
    let name = usize::try_from(month - 1).ok().and_then(|place| MONTHS.get(place)).map_or("", |names| names[column]);
    format!("{day}{dot} {name} {year}")
}
