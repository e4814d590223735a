//! Archives: what is written can be read, and what could be read in two ways cannot.

use super::*;

fn sample() -> Vec<u8> {
    let mut packer = Packer::default();
    packer.store("mimetype", b"application/x-example").unwrap();
    packer.pack("folder/a.xml", "<a>åäö</a>".repeat(500).as_bytes()).unwrap();
    packer.pack("empty", b"").unwrap();
    packer.finish().unwrap()
}

fn read(octets: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Unfit> {
    let mut budget = FileBudget::default();
    let archive = Archive::read(octets, &mut budget)?;
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    names.into_iter().map(|name| Ok((name.clone(), archive.unpack(&name, &mut budget)?.unwrap()))).collect()
}

/// The sample with its list of entries changed by somebody.
fn with_list(change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let sample = sample();
    let begin = memchr::memmem::find(&sample, LISTED).unwrap();
    let (body, rest) = sample.split_at(begin);
    let (list, end) = rest.split_at(rest.len() - END_LENGTH);
    let mut list = list.to_vec();
    change(&mut list);
    let mut end = end.to_vec();
    end[12..16].copy_from_slice(&u32::try_from(list.len()).unwrap().to_le_bytes());
    [body, &list, &end].concat()
}

#[test]
fn what_is_written_is_read_and_says_nothing_else() {
    let entries = read(&sample()).unwrap();
    let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["empty", "folder/a.xml", "mimetype"]);
    assert_eq!(entries[1].1, "<a>åäö</a>".repeat(500).as_bytes());
    assert_eq!(sample(), sample());
    assert!(sample()[30..].starts_with(b"mimetypeapplication/x-example"));
    assert_eq!(read(&with_list(|_| {})).unwrap().len(), 3);
}

#[test]
fn ambiguous_archives_are_refused() {
    let second = |list: &[u8]| memchr::memmem::find(&list[4..], LISTED).unwrap() + 4;
    let cases: [(&str, Vec<u8>, Unfit); 7] = [
        ("locked", with_list(|list| list[8] = 1), Unfit::Locked),
        ("method", with_list(|list| list[10] = 12), Unfit::Unsupported),
        ("64-bit size", with_list(|list| list[20..24].fill(0xff)), Unfit::Broken),
        ("other name", with_list(|list| list[46] = b'x'), Unfit::Broken),
        (
            "overlap",
            with_list(|list| {
                let second = second(list);
                let size: [u8; 4] = list[second + 20..second + 24].try_into().unwrap();
                let more = u32::from_le_bytes(size) + 10;
                list[second + 20..second + 24].copy_from_slice(&more.to_le_bytes());
            }),
            Unfit::Broken,
        ),
        ("second entry missing", with_list(|list| list.truncate(60)), Unfit::Broken),
        ("no archive", b"PK\x03\x04 and nothing".to_vec(), Unfit::Broken),
    ];
    for (name, octets, expected) in cases {
        assert_eq!(read(&octets), Err(expected), "{name}");
    }
}

#[test]
fn names_stay_inside_and_are_there_once() {
    for names in [
        ["a", "../b"],
        ["a", "/b"],
        ["a", "b\\c"],
        ["a", "c:b"],
        ["a", "b//c"],
        ["a", "./b"],
        ["a", "a"],
        ["word/A.xml", "word/a.xml"],
    ] {
        let mut packer = Packer::default();
        for name in names {
            packer.pack(name, b"x").unwrap();
        }
        assert_eq!(read(&packer.finish().unwrap()), Err(Unfit::Broken), "{names:?}");
    }
}

#[test]
fn bombs_are_stopped_by_what_comes_out() {
    let mut packer = Packer::default();
    packer.pack("bomb", &vec![0; 100 << 20]).unwrap();
    let mut octets = packer.finish().unwrap();
    assert!(octets.len() < 200_000);
    assert_eq!(read(&octets), Err(Unfit::TooLarge));
    // A declared size that is small does not help.
    for place in [memchr::memmem::find(&octets, LISTED).unwrap() + 24, 22] {
        octets[place..place + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    assert_eq!(read(&octets), Err(Unfit::TooLarge));
}

#[test]
fn more_entries_than_the_budget_are_refused() {
    let mut packer = Packer::default();
    for number in 0..1000 {
        packer.store(&format!("e{number}"), b"").unwrap();
    }
    let octets = packer.finish().unwrap();
    let mut budget = FileBudget::default();
    budget.take_entries(49_500).unwrap();
    assert_eq!(Archive::read(&octets, &mut budget).err(), Some(Unfit::TooLarge));
}

#[test]
fn damage_is_seen() {
    let sample = sample();
    for length in 0..sample.len() {
        assert!(read(&sample[..length]).is_err(), "cut at {length}");
    }
    let whole = read(&sample).unwrap();
    for place in 0..sample.len() {
        for bit in 0..8 {
            let mut octets = sample.clone();
            octets[place] ^= 1 << bit;
            // Fields that nobody reads may change; content never does unseen.
            if let Ok(entries) = read(&octets) {
                assert_eq!(entries, whole, "{place}");
            }
        }
    }
}
