//! Dates and times in figures, as mail programs write them: `2026-11-20`, `20.11.26`, `14:03`, `14.03`, `14h03`.

/// What the figures of a text say of when something was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) has_time: bool,
    /// A year, or a whole date in figures.
    pub(crate) has_date: bool,
}

impl When {
    pub(crate) fn is_whole(self) -> bool {
        self.has_time && self.has_date
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self { has_time: self.has_time || other.has_time, has_date: self.has_date || other.has_date }
    }
}

/// Reads the figures of a text. Figures of other scripts count too.
pub(crate) fn read(text: &str) -> When {
    let mut when = When::default();
    let mut group = Group::default();
    for c in text.chars().chain([' ']) {
        if !group.take(c) {
            when.has_time |= group.is_time();
            when.has_date |= group.is_date();
            group = Group::default();
            group.take(c);
        }
    }
    when
}

/// Numbers with one kind of sign between them: how long each is, and the first of them.
#[derive(Default)]
struct Group {
    lengths: [usize; 4],
    count: usize,
    first: usize,
    sign: Option<char>,
    /// A sign was read and no figure yet.
    is_open: bool,
}

impl Group {
    fn take(&mut self, c: char) -> bool {
        let is_sign = matches!(c, ':' | '.' | '/' | '-' | 'h' | 'H');
        if let Some(figure) = figure(c) {
            if self.count == 0 || self.is_open {
                if self.count == self.lengths.len() {
                    return false;
                }
                self.count += 1;
                self.is_open = false;
            }
            self.lengths[self.count - 1] += 1;
            if self.count == 1 {
                self.first = self.first.saturating_mul(10).saturating_add(figure);
            }
            true
        } else if is_sign && self.count > 0 && !self.is_open && self.sign.is_none_or(|sign| sign == c) {
            self.sign = Some(c);
            self.is_open = true;
            true
        } else {
            false
        }
    }

    fn is_time(&self) -> bool {
        let is_clock = matches!(self.sign, Some(':' | '.' | 'h' | 'H')) && matches!(self.count, 2 | 3);
        is_clock && self.lengths[0] <= 2 && self.first < 25 && self.lengths[1] == 2 && !self.is_dotted_date()
    }

    fn is_dotted_date(&self) -> bool {
        self.sign == Some('.') && self.count == 3
    }

    fn is_date(&self) -> bool {
        let is_year = self.count == 1 && self.lengths[0] == 4 && matches!(self.first, 1990..2100);
        let is_whole = self.count == 3 && matches!(self.sign, Some('.' | '/' | '-'));
        is_year || is_whole && (self.lengths[0] == 4 || matches!(self.lengths[2], 2 | 4) && self.lengths[0] <= 2)
    }
}

/// Latin, Arabic, Persian and Devanagari figures.
fn figure(c: char) -> Option<usize> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        _ => return None,
    };
    Some(u32::from(c).abs_diff(u32::from(zero)) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_told_apart() {
        for (text, has_date, has_time) in [
            ("Den tors 20 nov. 2026 kl 14:03", true, true),
            ("2026-11-20 14.03", true, true),
            ("20.11.26 um 14:03", true, true),
            ("20/11/2026 à 14h03", true, true),
            ("3.11.2026", true, false),
            ("kl 14.03:", false, true),
            ("٢٠ نوفمبر ٢٠٢٦ في ٢:٠٣", true, true),
            ("070-123 45 67", false, false),
            ("99.50 kr, 1:a plats, 25 st", false, false),
            ("2026-11-20T14:03:12", true, true),
            ("version 1.2.3.4.5", false, false),
            ("", false, false),
        ] {
            assert_eq!(read(text), When { has_time, has_date }, "{text}");
        }
    }
}
