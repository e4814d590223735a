//! An invitation of a calendar (RFC 5545) reduced to what it is called and when it is; nobody's name and no place.

mod moment;
mod phrase;

pub(crate) use moment::When;
pub(crate) use phrase::line;

/// What is left of an invitation.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Event {
    /// Its title, on one line. The writer's own words: to be cleaned like the letter's.
    pub(crate) summary: String,
    pub(crate) start: Option<When>,
    /// The last moment, or the last whole day.
    pub(crate) end: Option<When>,
    pub(crate) cancelled: bool,
}

/// Longest title kept, in characters.
const SUMMARY_MAX: usize = 200;
/// Most lines that are read.
const LINES_MAX: usize = 20_000;

/// Reads the first event of a calendar.
pub(crate) fn read(text: &str) -> Option<Event> {
    let mut event = Event::default();
    let (mut duration, mut is_cancel) = (None, false);
    // How deep within the event: an alarm has a title of its own.
    let mut depth = 0_usize;
    let mut seen = false;
    for line in unfolded(text) {
        let Some(property) = Property::read(&line) else { continue };
        match property.name.as_str() {
            "BEGIN" if depth > 0 || property.value.trim().eq_ignore_ascii_case("VEVENT") => {
                depth += 1;
                seen = true;
            }
            "END" if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            "METHOD" => is_cancel |= property.value.trim().eq_ignore_ascii_case("CANCEL"),
            "STATUS" if depth == 1 => event.cancelled |= property.value.trim().eq_ignore_ascii_case("CANCELLED"),
            "SUMMARY" if depth == 1 && event.summary.is_empty() => event.summary = property.text(),
            "DTSTART" if depth == 1 => event.start = When::read(property.value),
            "DTEND" if depth == 1 => event.end = When::read(property.value),
            "DURATION" if depth == 1 => duration = moment::minutes(property.value),
            _ => {}
        }
    }
    event.cancelled |= is_cancel;
    event.end = event.end.or_else(|| Some(event.start?.plus(duration?)));
    // A whole day's end is the day after (RFC 5545 §3.6.1).
    event.end = event.end.map(|end| if end.is_all_day() { end.day_before() } else { end });
    event.end = event.end.filter(|end| event.start.is_some_and(|start| start < *end));
    seen.then_some(event)
}

/// Lines with their folds undone (RFC 5545 §3.1).
fn unfolded(text: &str) -> impl Iterator<Item = String> {
    let mut lines = text.split('\n').take(LINES_MAX).map(|line| line.trim_end_matches('\r')).peekable();
    std::iter::from_fn(move || {
        let mut line = lines.next()?.to_owned();
        while let Some(more) =
            lines.next_if(|next| next.starts_with([' ', '\t']) || line.ends_with('=') && is_printable(&line))
        {
            if line.ends_with('=') && is_printable(&line) {
                line.pop();
                line.push_str(more);
            } else {
                line.push_str(&more[1..]);
            }
        }
        Some(line)
    })
}

/// Calendars of old wrote their titles in quoted-printable.
fn is_printable(line: &str) -> bool {
    line.get(..80.min(line.len())).is_some_and(|head| head.to_ascii_uppercase().contains("QUOTED-PRINTABLE"))
}

/// `NAME;PARAMETER=x:value`.
struct Property<'a> {
    name: String,
    parameters: &'a str,
    value: &'a str,
}

impl<'a> Property<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let mut quoted = false;
        let colon = line.find(|c| {
            quoted ^= c == '"';
            c == ':' && !quoted
        })?;
        let (head, value) = (&line[..colon], &line[colon + 1..]);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        Some(Self { name: name.trim().to_ascii_uppercase(), parameters, value })
    }

    /// The value on one line, its escapes undone (RFC 5545 §3.3.11).
    fn text(&self) -> String {
        let decoded = if is_printable(self.parameters) {
            let octets = crate::mime::decode::quoted_printable(self.value.as_bytes());
            crate::mime::charset::to_text(&octets, None).into_owned()
        } else {
            self.value.to_owned()
        };
        let mut text = String::with_capacity(decoded.len());
        let mut chars = decoded.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => text.extend(chars.next().map(|c| if matches!(c, 'n' | 'N') { ' ' } else { c })),
                c if c.is_control() => text.push(' '),
                c => text.push(c),
            }
        }
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        line.chars().take(SUMMARY_MAX).collect()
    }
}

#[cfg(test)]
#[path = "calendar/tests.rs"]
mod tests;
