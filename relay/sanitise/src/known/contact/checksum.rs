//! The check digits of numbers that carry some, and dates inside them.

/// ISO/IEC 7812: cards, Swedish identity numbers.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit.wrapping_sub(b'0')) * if place % 2 == 1 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// A weighted sum that eleven divides.
fn weighted(digits: &[u8], weights: &[u32]) -> bool {
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
    sum.is_multiple_of(11)
}

/// The two check digits of a Norwegian identity number.
pub(super) fn norwegian(digits: &[u8]) -> bool {
    digits.len() == 11
        && weighted(digits, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1])
        && weighted(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1])
}

/// The check digit of a Norwegian account.
pub(super) fn norwegian_account(digits: &[u8]) -> bool {
    digits.len() == 11 && weighted(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1])
}

/// The check digit of a Danish CPR number given out before 2007.
pub(super) fn danish(digits: &[u8]) -> bool {
    digits.len() == 10 && weighted(digits, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1])
}

/// The check character of a Finnish identity code, for its nine digits.
pub(super) fn finnish(digits: &[u8]) -> Option<u8> {
    const CHECKS: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";
    let number = digits.iter().fold(0_usize, |n, digit| n * 10 + usize::from(digit.wrapping_sub(b'0')));
    (digits.len() == 9).then(|| CHECKS[number % CHECKS.len()])
}

/// ISO 13616: letters and digits of an IBAN without blanks.
pub(super) fn iban(characters: &[u8]) -> bool {
    if characters.len() < 8 {
        return false;
    }
    let (head, tail) = characters.split_at(4);
    let rest = tail.iter().chain(head).fold(0_u32, |rest, c| match c {
        b'0'..=b'9' => (rest * 10 + u32::from(c - b'0')) % 97,
        _ => (rest * 100 + u32::from(c.to_ascii_uppercase().wrapping_sub(b'A')) + 10) % 97,
    });
    rest == 1
}

fn two(digits: &[u8], at: usize) -> u32 {
    let digit = |place: usize| digits.get(place).map_or(9, |d| u32::from(d.wrapping_sub(b'0')));
    digit(at) * 10 + digit(at + 1)
}

/// Whether a day can be one of its month; leap years are not looked at.
pub(super) fn is_date(day: u32, month: u32) -> bool {
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// `yymmdd`, the day raised by sixty in a Swedish co-ordination number.
pub(super) fn is_year_first(digits: &[u8]) -> bool {
    let (month, day) = (two(digits, 2), two(digits, 4));
    is_date(day, month) || day > 60 && is_date(day - 60, month)
}

/// `ddmmyy`.
pub(super) fn is_day_first(digits: &[u8]) -> bool {
    is_date(two(digits, 0), two(digits, 2))
}

/// `ddmmyy` of a Norwegian number: days raised by forty (D-numbers), months by forty, sixty-five or eighty (numbers
/// for help and for trials).
pub(super) fn is_norwegian_date(digits: &[u8]) -> bool {
    let (day, month) = (two(digits, 0), two(digits, 2));
    let day = if day > 40 { day - 40 } else { day };
    let month = match month {
        41..=52 => month - 40,
        66..=77 => month - 65,
        81..=92 => month - 80,
        other => other,
    };
    is_date(day, month)
}

/// Ten digits of the British National Health Service (modulo 11).
pub(super) fn health(digits: &[u8]) -> bool {
    let [first @ .., last] = digits else { return false };
    let sum: u32 = first.iter().zip((2..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    digits.len() == 10 && (11 - sum % 11) % 11 == u32::from(last - b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked() {
        assert!(luhn(b"8702182380") && !luhn(b"8702182381") && luhn(b"4111111111111111"));
        assert!(norwegian(b"04877122692") && !norwegian(b"04877122693"));
        assert!(norwegian_account(b"86011117947") && !norwegian_account(b"86011117946"));
        assert!(danish(b"0705614288") && !danish(b"0705614289"));
        assert_eq!(finnish(b"131052308"), Some(b'T'));
        assert!(iban(b"GB82WEST12345698765432") && iban(b"no9386011117947") && !iban(b"GB82WEST12345698765433"));
    }

    #[test]
    fn dates_inside_numbers_are_read() {
        assert!(is_year_first(b"870218") && is_year_first(b"581288") && !is_year_first(b"2120000142"));
        assert!(is_day_first(b"170588") && !is_day_first(b"870218"));
        assert!(is_norwegian_date(b"608463") && is_norwegian_date(b"268264") && !is_norwegian_date(b"991399"));
    }
}
