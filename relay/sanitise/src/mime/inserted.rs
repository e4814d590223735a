//! Files written into a text as lines (uuencode, yEnc), as old programs attach them.

/// A file that stood in a text.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Inserted {
    pub(crate) name: String,
    pub(crate) octets: Vec<u8>,
}

/// Takes the files out of a text's octets; `None` when there is none. What is not surely a file stays.
pub(crate) fn take_out(bytes: &[u8]) -> Option<(Vec<u8>, Vec<Inserted>)> {
    let has = |mark: &[u8]| memchr::memmem::find(bytes, mark).is_some();
    if !has(b"begin ") && !has(b"=ybegin ") {
        return None;
    }
    let mut text = Vec::with_capacity(bytes.len());
    let mut files = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let line = first_line(rest);
        let found = if line.starts_with(b"begin ") {
            uuencoded(rest)
        } else if line.starts_with(b"=ybegin ") {
            yencoded(rest)
        } else {
            None
        };
        if let Some((file, length)) = found {
            files.push(file);
            rest = &rest[length..];
        } else {
            text.extend_from_slice(line);
            rest = &rest[line.len()..];
        }
    }
    (!files.is_empty()).then_some((text, files))
}

/// A whole body that is one uuencoded file.
pub(super) fn uudecoded(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes;
    while !rest.is_empty() {
        if rest.starts_with(b"begin ")
            && let Some((file, _)) = uuencoded(rest)
        {
            return Some(file.octets);
        }
        rest = &rest[first_line(rest).len()..];
    }
    None
}

/// The first line with its line end.
fn first_line(bytes: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', bytes).map_or(bytes, |end| &bytes[..=end])
}

/// `begin 644 name`, lines that say their own length, `end`.
fn uuencoded(bytes: &[u8]) -> Option<(Inserted, usize)> {
    let head = first_line(bytes);
    let words = String::from_utf8_lossy(head.get(6..)?).trim().to_owned();
    let (mode, name) = words.split_once(' ')?;
    if !(3..=4).contains(&mode.len()) || !mode.bytes().all(|b| matches!(b, b'0'..=b'7')) || name.trim().is_empty() {
        return None;
    }
    let mut place = head.len();
    let mut octets = Vec::new();
    let mut lines = 0;
    while place < bytes.len() {
        let line = first_line(&bytes[place..]);
        let Some(decoded) = uu_line(line.trim_ascii_end()) else { break };
        octets.extend(decoded);
        lines += 1;
        place += line.len();
    }
    let end = first_line(&bytes[place..]);
    if end.trim_ascii() == b"end" {
        place += end.len();
    } else if lines < 2 {
        // No line of it, or one that only looks like it: words.
        return None;
    }
    Some((Inserted { name: name.trim().to_owned(), octets }, place))
}

/// One line: a length, and four characters for three octets. Blanks at its end may have been stripped.
fn uu_line(line: &[u8]) -> Option<Vec<u8>> {
    let Some((first, digits)) = line.split_first() else { return Some(Vec::new()) };
    let length = usize::from(first.checked_sub(32)? & 63);
    let wanted = length.div_ceil(3) * 4;
    let is_sound =
        digits.iter().all(|b| (32..=96).contains(b)) && digits.len() <= wanted + 2 && digits.len() + 8 > wanted;
    if !is_sound || line == b"end" {
        return None;
    }
    let mut octets = Vec::with_capacity(wanted);
    for group in digits.chunks(4) {
        let sextet = |place: usize| u32::from(group.get(place).copied().unwrap_or(b' ').wrapping_sub(32) & 63);
        let bits = sextet(0) << 18 | sextet(1) << 12 | sextet(2) << 6 | sextet(3);
        octets.extend_from_slice(&bits.to_be_bytes()[1..]);
    }
    octets.truncate(length);
    Some(octets)
}

/// `=ybegin … name=…`, octets moved by 42, `=yend`.
fn yencoded(bytes: &[u8]) -> Option<(Inserted, usize)> {
    let head = first_line(bytes);
    let words = String::from_utf8_lossy(head).into_owned();
    let (parameters, name) = words.split_once(" name=")?;
    if !parameters.contains(" size=") || !parameters.contains(" line=") {
        return None;
    }
    let mut place = head.len();
    let mut octets = Vec::new();
    while place < bytes.len() {
        let line = first_line(&bytes[place..]);
        place += line.len();
        if line.starts_with(b"=yend") {
            return Some((Inserted { name: name.trim().to_owned(), octets }, place));
        }
        if line.starts_with(b"=ypart") {
            continue;
        }
        let mut escaped = false;
        for octet in line.iter().filter(|b| !matches!(b, b'\r' | b'\n')) {
            match (escaped, octet) {
                (false, b'=') => escaped = true,
                (true, octet) => {
                    octets.push(octet.wrapping_sub(106));
                    escaped = false;
                }
                (false, octet) => octets.push(octet.wrapping_sub(42)),
            }
        }
    }
    // Cut off on its way: no words can be told from it.
    Some((Inserted { name: name.trim().to_owned(), octets }, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &[u8]) -> (String, Vec<(String, Vec<u8>)>) {
        let (text, files) = take_out(text).unwrap();
        (String::from_utf8(text).unwrap(), files.into_iter().map(|file| (file.name, file.octets)).collect())
    }

    #[test]
    fn files_in_lines_are_taken_out() {
        let (text, files) = taken(b"Hej\r\nbegin 644 min fil.txt\r\n#0V%T\r\n`\r\nend\r\nSlut\r\n");
        assert_eq!((text.as_str(), files), ("Hej\r\nSlut\r\n", vec![("min fil.txt".into(), b"Cat".to_vec())]));
        let (text, files) = taken(b"Hej\n=ybegin line=128 size=3 name=a.bin\nr\x8f\x94=\x6a\n=yend size=3\nSlut");
        assert_eq!((text.as_str(), files), ("Hej\nSlut", vec![("a.bin".into(), b"Hej\0".to_vec())]));
        assert_eq!(uudecoded(b"\nbegin 600 x\n#0V%T\n \nend\n").as_deref(), Some(b"Cat".as_slice()));
    }

    #[test]
    fn words_are_no_files() {
        for text in [
            "begin at the beginning\n",
            "begin 644 x\nHej, det är jag.\n",
            "begin 999 x\nend\n",
            "=ybegin that\n",
            "Let us begin ",
        ] {
            assert_eq!(take_out(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn every_cut_is_read() {
        let whole = b"a\nbegin 644 f\n#0V%T\n#0V%T\n`\nend\nb\n=ybegin line=128 size=3 name=a\nr\x8f=\n=yend\nc";
        for end in 0..=whole.len() {
            for start in 0..end {
                let _ = take_out(&whole[start..end]);
            }
        }
        let hostile = "begin 644 x\n".repeat(20_000);
        assert_eq!(take_out(hostile.as_bytes()), None);
    }
}
