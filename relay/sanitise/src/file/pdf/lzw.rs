//! LZW with variable code lengths (7.4.4): what old writers packed with instead of deflate.

use crate::file::{FileBudget, Unfit};

const CLEAR: usize = 256;
const END: usize = 257;
const FULL: usize = 4096;

/// A string is an earlier place in the output: where it begins, and how long it is.
type Entry = (usize, usize);

/// Unpacks as much as can be read.
pub(super) fn unpack(octets: &[u8], early: bool, budget: &mut FileBudget) -> Result<Vec<u8>, Unfit> {
    let mut plain = Vec::new();
    let mut table: Vec<Entry> = Vec::with_capacity(FULL);
    let mut previous: Option<Entry> = None;
    let (mut width, mut at) = (9_usize, 0_usize);
    while let Some(code) = code_at(octets, at, width) {
        at += width;
        if code == END {
            break;
        }
        if code == CLEAR {
            table.clear();
            (previous, width) = (None, 9);
            continue;
        }
        let start = plain.len();
        let Some(length) = put(&mut plain, code, &table, previous) else { break };
        budget.take_octets(length)?;
        if let Some((from, length)) = previous
            && table.len() + 258 < FULL
        {
            table.push((from, length + 1));
        }
        previous = Some((start, length));
        width = width_after(table.len() + 258 + usize::from(early));
    }
    Ok(plain)
}

/// Puts a code's string out and tells its length. A new string is an old one and the octet that followed it, which
/// in the output always lies right behind the old one.
fn put(plain: &mut Vec<u8>, code: usize, table: &[Entry], previous: Option<Entry>) -> Option<usize> {
    if let Ok(octet) = u8::try_from(code) {
        plain.push(octet);
        return Some(1);
    }
    let (from, length) = match table.get(code - 258) {
        Some(entry) => *entry,
        // The code that is just being made: the previous string and its own first octet.
        None if code - 258 == table.len() => previous.map(|(from, length)| (from, length + 1))?,
        None => return None,
    };
    for index in from..from + length {
        let octet = *plain.get(index)?;
        plain.push(octet);
    }
    Some(length)
}

fn width_after(codes: usize) -> usize {
    match codes {
        0..=511 => 9,
        512..=1023 => 10,
        1024..=2047 => 11,
        _ => 12,
    }
}

fn code_at(octets: &[u8], bit: usize, width: usize) -> Option<usize> {
    let bytes = octets.get(bit / 8..)?;
    if octets.len() * 8 < bit + width {
        return None;
    }
    let window = bytes.iter().chain(&[0, 0]).take(3).fold(0_usize, |window, octet| window << 8 | usize::from(*octet));
    let window = if bytes.is_empty() { 0 } else { window };
    Some(window >> (24 - width - bit % 8) & ((1 << width) - 1))
}
