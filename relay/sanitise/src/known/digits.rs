//! Telephone numbers: runs of digits in any grouping, compared by the part that is the same at home and abroad.

/// Most characters between two digits of one number.
const GAP_MAX: usize = 3;

/// A run of digits in a text that could be one telephone number.
pub(crate) struct Run {
    /// The digits, in ASCII.
    pub(crate) digits: Vec<u8>,
    /// For each digit, where it stands.
    places: Vec<usize>,
    /// Where a `+` before the first digit stands.
    plus: Option<usize>,
}

impl Run {
    /// Where some of the digits stand in the text.
    pub(crate) fn span(&self, from: usize, to: usize) -> (usize, usize) {
        let begin = if from == 0 { self.plus.unwrap_or(self.places[0]) } else { self.places[from] };
        (begin, self.places[to - 1] + 1)
    }
}

/// The length of the country code digits begin with (ITU-T E.164); 0 if none does.
pub(crate) fn country_code(digits: &[u8]) -> usize {
    match digits {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        [b'2' | b'3' | b'4' | b'5' | b'6' | b'8' | b'9', ..] if digits.len() >= 9 => 3,
        _ => 0,
    }
}

/// The part of a number that is dialled everywhere: without country code and leading zero.
pub(crate) fn significant(digits: &[u8], is_international: bool) -> Vec<u8> {
    let digits = digits.strip_prefix(b"00").filter(|_| !is_international).map_or(digits, |rest| rest);
    // `+1` and `+7` are followed by ten digits; fewer were written without their code.
    let has_code = is_international && !(matches!(digits, [b'1' | b'7', ..]) && digits.len() < 11);
    let national = if has_code { &digits[country_code(digits)..] } else { digits };
    national.strip_prefix(b"0").unwrap_or(national).to_vec()
}

/// The significant part of a number as people write it into a list.
pub(crate) fn significant_of(written: &str) -> Vec<u8> {
    let digits: Vec<u8> = written.bytes().filter(u8::is_ascii_digit).collect();
    let is_international = written.trim_start().starts_with('+') || digits.starts_with(b"00");
    let digits = if written.trim_start().starts_with('+') {
        digits.as_slice()
    } else {
        digits.strip_prefix(b"00").unwrap_or(&digits)
    };
    significant(digits, is_international)
}

/// Every run of digits of a text.
pub(crate) fn runs(text: &str) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut place = 0;
    while place < bytes.len() {
        if !bytes[place].is_ascii_digit() {
            place += 1;
            continue;
        }
        let (run, next) = run_at(text, place);
        if run.digits.len() >= 5 {
            runs.push(run);
        }
        place = next;
    }
    runs
}

/// The run that begins at a digit, and where to go on.
fn run_at(text: &str, start: usize) -> (Run, usize) {
    let bytes = text.as_bytes();
    let before = text[..start].trim_end_matches(['(', ' ']);
    let plus = before.strip_suffix('+').map(str::len).filter(|place| start - place <= 3);
    let mut run = Run { digits: Vec::new(), places: Vec::new(), plus };
    let mut place = start;
    loop {
        while let Some(digit) = bytes.get(place).filter(|b| b.is_ascii_digit()) {
            run.digits.push(*digit);
            run.places.push(place);
            place += 1;
        }
        let gap: usize =
            text[place..].chars().take(GAP_MAX + 1).take_while(|c| is_grouping(*c)).map(char::len_utf8).sum();
        let gap_length = text[place..place + gap].chars().count();
        let goes_on = gap > 0 && gap_length <= GAP_MAX && bytes.get(place + gap).is_some_and(u8::is_ascii_digit);
        if !goes_on {
            return (run, place);
        }
        place += gap;
    }
}

/// What people put between the digits of a number; a line end where a client has broken it.
fn is_grouping(c: char) -> bool {
    matches!(
        c,
        ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\t' | '\n' | '_' | '\u{2007}'
            ..='\u{2015}' | '\u{202f}' | '·' | '−'
    )
}

/// Where a known number's significant part stands in a run: with its zero, country code or `00` in front.
pub(crate) fn find_known(run: &Run, significant: &[u8]) -> Option<(usize, usize)> {
    if significant.len() < 6 || run.digits.len() < significant.len() {
        return None;
    }
    let from = memchr::memmem::find(&run.digits, significant)?;
    // Short numbers are found as a whole only, so that no longer number is torn apart.
    if significant.len() < 8 && run.digits.len() > significant.len() + 5 {
        return None;
    }
    let begin = if from <= 5 { 0 } else { from };
    Some((begin, from + significant.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_at_home_and_abroad() {
        for written in ["+46 70 174 06 05", "070-174 06 05", "0046701740605", "+46 (0)70 174 06 05", "0701740605"] {
            let run = runs(written).pop().unwrap();
            let (from, to) =
                find_known(&run, &significant_of("+46 70 174 06 05")).unwrap_or_else(|| panic!("{written}"));
            let (begin, end) = run.span(from, to);
            assert_eq!(&written[begin..end], written);
        }
        assert_eq!(significant_of("+47 123 45 678"), b"12345678");
        assert_eq!(significant_of("12 34 56 78"), b"12345678");
        assert_eq!(significant_of("+358 40 123 4567"), b"401234567");
    }
}
