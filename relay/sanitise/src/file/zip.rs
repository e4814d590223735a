//! The zip container of office documents: read with bounds, and written without a trace of who packed it.

use super::{FileBudget, Unfit};
use flate2::{Compress, Compression, Crc, Decompress, FlushCompress, FlushDecompress, Status};
use std::collections::{BTreeMap, HashSet};

/// An archive whose list of entries has been read and found sound. Nothing is unpacked yet.
pub(crate) struct Archive<'a> {
    octets: &'a [u8],
    entries: BTreeMap<String, Entry>,
}

#[derive(Clone, Copy)]
#[cfg_attr(test, derive(Debug))]
struct Entry {
    method: Method,
    crc: u32,
    begin: usize,
    packed: usize,
    unpacked: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Stored,
    Deflated,
}

const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
const LISTED: &[u8] = b"PK\x01\x02";
const LISTED_LENGTH: usize = 46;
const LOCAL: &[u8] = b"PK\x03\x04";
const LOCAL_LENGTH: usize = 30;
/// Octets unpacked between two looks at the budget.
const STEP: usize = 64 << 10;

/// Whether octets begin as an archive with entries does.
pub(crate) fn is_zip(octets: &[u8]) -> bool {
    octets.starts_with(LOCAL)
}

impl<'a> Archive<'a> {
    /// Reads the list of entries. Whatever two readers could read differently is refused: a second entry of the
    /// same name, entries that overlap, 64-bit sizes, several disks, names that leave the archive.
    pub(crate) fn read(octets: &'a [u8], budget: &mut FileBudget) -> Result<Self, Unfit> {
        let end = end_record(octets)?;
        let (disk, first_disk) = (end.u16(4)?, end.u16(6)?);
        let (count, total) = (end.u16(8)?, end.u16(10)?);
        let (length, begin) = (end.size(12)?, end.size(16)?);
        if disk != 0 || first_disk != 0 || count != total || count == u16::MAX {
            return Err(Unfit::Broken);
        }
        budget.take_entries(count.into())?;
        let list = begin.checked_add(length).filter(|stop| *stop <= end.place).ok_or(Unfit::Broken)?;
        let mut list = octets.get(begin..list).ok_or(Unfit::Broken)?;
        let mut entries = BTreeMap::new();
        let mut names = HashSet::new();
        let mut areas = Vec::with_capacity(count.into());
        for _ in 0..count {
            let (name, entry, area) = listed(octets, &mut list, begin)?;
            if !names.insert(name.to_lowercase()) {
                return Err(Unfit::Broken);
            }
            areas.push(area);
            if !name.ends_with('/') {
                entries.insert(name, entry);
            }
        }
        areas.sort_unstable();
        let overlaps = areas.windows(2).any(|pair| matches!(pair, [(_, stop), (next, _)] if next < stop));
        if overlaps || !list.is_empty() {
            return Err(Unfit::Broken);
        }
        Ok(Self { octets, entries })
    }

    /// The names of all entries, sorted; folders are left out.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// Unpacks an entry; `None` without one of that name. The budget is asked for what really comes out.
    pub(crate) fn unpack(&self, name: &str, budget: &mut FileBudget) -> Result<Option<Vec<u8>>, Unfit> {
        let Some(entry) = self.entries.get(name) else { return Ok(None) };
        let packed = self.octets.get(entry.begin..entry.begin + entry.packed).ok_or(Unfit::Broken)?;
        let octets = match entry.method {
            Method::Stored => {
                budget.take_octets(packed.len())?;
                packed.to_vec()
            }
            Method::Deflated => inflate(packed, budget)?,
        };
        let mut crc = Crc::new();
        crc.update(&octets);
        if octets.len() != entry.unpacked || crc.sum() != entry.crc {
            return Err(Unfit::Broken);
        }
        Ok(Some(octets))
    }
}

/// A record at a place, read by offsets from its beginning.
#[derive(Clone, Copy)]
struct Record<'a> {
    octets: &'a [u8],
    place: usize,
}

impl Record<'_> {
    fn u16(self, offset: usize) -> Result<u16, Unfit> {
        let octets = self.octets.get(offset..).and_then(|rest| rest.first_chunk()).ok_or(Unfit::Broken)?;
        Ok(u16::from_le_bytes(*octets))
    }

    fn u32(self, offset: usize) -> Result<u32, Unfit> {
        let octets = self.octets.get(offset..).and_then(|rest| rest.first_chunk()).ok_or(Unfit::Broken)?;
        Ok(u32::from_le_bytes(*octets))
    }

    /// A size or a place; one that stands for a 64-bit number elsewhere is refused.
    fn size(self, offset: usize) -> Result<usize, Unfit> {
        let size = Some(self.u32(offset)?).filter(|size| *size != u32::MAX).ok_or(Unfit::Broken)?;
        usize::try_from(size).map_err(|_| Unfit::Broken)
    }
}

/// The last end record whose comment reaches exactly to the end of the file.
fn end_record(octets: &[u8]) -> Result<Record<'_>, Unfit> {
    let first = octets.len().saturating_sub(END_LENGTH + usize::from(u16::MAX));
    let tail = octets.get(first..).ok_or(Unfit::Broken)?;
    for place in memchr::memmem::rfind_iter(tail, END) {
        let record = Record { octets: &tail[place..], place: first + place };
        if record.u16(20).is_ok_and(|comment| END_LENGTH + usize::from(comment) == record.octets.len()) {
            return Ok(record);
        }
    }
    Err(Unfit::Broken)
}

/// One entry of the list, and the octets it covers. `limit` is where the list begins.
fn listed(octets: &[u8], list: &mut &[u8], limit: usize) -> Result<(String, Entry, (usize, usize)), Unfit> {
    let record = Record { octets: list, place: 0 };
    if !list.starts_with(LISTED) {
        return Err(Unfit::Broken);
    }
    let (flags, method) = (record.u16(8)?, record.u16(10)?);
    if flags & 0x2041 != 0 {
        return Err(Unfit::Locked);
    }
    let method = match method {
        0 => Method::Stored,
        8 => Method::Deflated,
        _ => return Err(Unfit::Unsupported),
    };
    let (crc, packed, unpacked) = (record.u32(16)?, record.size(20)?, record.size(24)?);
    let name_length = usize::from(record.u16(28)?);
    let length = LISTED_LENGTH + name_length + usize::from(record.u16(30)?) + usize::from(record.u16(32)?);
    let raw_name = list.get(LISTED_LENGTH..LISTED_LENGTH + name_length).ok_or(Unfit::Broken)?;
    let place = record.size(42)?;
    *list = list.get(length..).ok_or(Unfit::Broken)?;
    let local = Record { octets: octets.get(place..limit).ok_or(Unfit::Broken)?, place };
    let local_length = LOCAL_LENGTH + usize::from(local.u16(26)?) + usize::from(local.u16(28)?);
    let local_name = local.octets.get(LOCAL_LENGTH..LOCAL_LENGTH + name_length);
    if !local.octets.starts_with(LOCAL) || usize::from(local.u16(26)?) != name_length || local_name != Some(raw_name) {
        return Err(Unfit::Broken);
    }
    let begin = place + local_length;
    let stop = begin.checked_add(packed).filter(|stop| *stop <= limit).ok_or(Unfit::Broken)?;
    let name = sound_name(raw_name)?;
    Ok((name, Entry { method, crc, begin, packed, unpacked }, (place, stop)))
}

/// A name that stays inside the archive and means one thing only.
fn sound_name(raw: &[u8]) -> Result<String, Unfit> {
    let name = String::from_utf8_lossy(raw).into_owned();
    let inner = name.strip_suffix('/').unwrap_or(&name);
    let is_odd = |part: &str| part.is_empty() || part == "." || part == "..";
    if inner.split('/').any(is_odd) || name.contains(['\\', ':', '\0']) {
        return Err(Unfit::Broken);
    }
    Ok(name)
}

fn inflate(packed: &[u8], budget: &mut FileBudget) -> Result<Vec<u8>, Unfit> {
    let mut inflater = Decompress::new(false);
    let mut out = Vec::new();
    loop {
        out.reserve(STEP);
        let (seen, made) = (inflater.total_in(), out.len());
        let rest = packed.get(usize::try_from(seen).map_err(|_| Unfit::TooLarge)?..).ok_or(Unfit::Broken)?;
        let status = inflater.decompress_vec(rest, &mut out, FlushDecompress::None).map_err(|_| Unfit::Broken)?;
        budget.take_octets(out.len() - made)?;
        let is_stuck = inflater.total_in() == seen && out.len() == made;
        match status {
            Status::StreamEnd => {
                let read = usize::try_from(inflater.total_in()).map_err(|_| Unfit::TooLarge)?;
                return if read == packed.len() { Ok(out) } else { Err(Unfit::Broken) };
            }
            Status::Ok | Status::BufError if is_stuck => return Err(Unfit::Broken),
            Status::Ok | Status::BufError => {}
        }
    }
}

/// A new archive. Every entry bears the same moment, no host, no owner, no extra field.
#[derive(Default)]
pub(crate) struct Packer {
    octets: Vec<u8>,
    list: Vec<u8>,
    count: u16,
}

/// 1980-01-01, midnight: the first moment the format knows (APPNOTE 4.4.6).
const MOMENT: [u8; 4] = [0, 0, 0x21, 0];

impl Packer {
    /// Adds an entry as it is: the type of an ODF document must be readable without unpacking (ODF 1.3 part 2, 3.3).
    pub(crate) fn store(&mut self, name: &str, octets: &[u8]) -> Result<(), Unfit> {
        self.add(name, octets, octets, 0)
    }

    /// Adds an entry, packed.
    pub(crate) fn pack(&mut self, name: &str, octets: &[u8]) -> Result<(), Unfit> {
        let packed = deflate(octets)?;
        self.add(name, octets, &packed, 8)
    }

    /// The finished archive.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Unfit> {
        let (begin, length) = (size(self.octets.len())?, size(self.list.len())?);
        self.octets.append(&mut self.list);
        self.octets.extend_from_slice(END);
        self.octets.extend_from_slice(&[0; 4]);
        self.octets.extend_from_slice(&self.count.to_le_bytes());
        self.octets.extend_from_slice(&self.count.to_le_bytes());
        self.octets.extend_from_slice(&length);
        self.octets.extend_from_slice(&begin);
        self.octets.extend_from_slice(&[0; 2]);
        Ok(self.octets)
    }

    fn add(&mut self, name: &str, octets: &[u8], data: &[u8], method: u16) -> Result<(), Unfit> {
        let place = size(self.octets.len())?;
        let mut crc = Crc::new();
        crc.update(octets);
        let mut facts = vec![20, 0, 0, 0];
        facts.extend_from_slice(&method.to_le_bytes());
        facts.extend_from_slice(&MOMENT);
        facts.extend_from_slice(&crc.sum().to_le_bytes());
        facts.extend_from_slice(&size(data.len())?);
        facts.extend_from_slice(&size(octets.len())?);
        facts.extend_from_slice(&u16::try_from(name.len()).map_err(|_| Unfit::TooLarge)?.to_le_bytes());
        facts.extend_from_slice(&[0; 2]);
        self.octets.extend_from_slice(LOCAL);
        self.octets.extend_from_slice(&facts);
        self.octets.extend_from_slice(name.as_bytes());
        self.octets.extend_from_slice(data);
        self.list.extend_from_slice(LISTED);
        self.list.extend_from_slice(&[20, 0]);
        self.list.extend_from_slice(&facts);
        self.list.extend_from_slice(&[0; 10]);
        self.list.extend_from_slice(&place);
        self.list.extend_from_slice(name.as_bytes());
        self.count = self.count.checked_add(1).ok_or(Unfit::TooLarge)?;
        Ok(())
    }
}

fn size(length: usize) -> Result<[u8; 4], Unfit> {
    let length = u32::try_from(length).ok().filter(|length| *length != u32::MAX).ok_or(Unfit::TooLarge)?;
    Ok(length.to_le_bytes())
}

fn deflate(octets: &[u8]) -> Result<Vec<u8>, Unfit> {
    let mut deflater = Compress::new(Compression::default(), false);
    let mut out = Vec::with_capacity(octets.len() / 2 + 64);
    loop {
        let seen = usize::try_from(deflater.total_in()).map_err(|_| Unfit::TooLarge)?;
        let rest = octets.get(seen..).unwrap_or_default();
        match deflater.compress_vec(rest, &mut out, FlushCompress::Finish) {
            Ok(Status::StreamEnd) => return Ok(out),
            Ok(Status::Ok | Status::BufError) => out.reserve(STEP),
            Err(_) => return Err(Unfit::Broken),
        }
    }
}

#[cfg(test)]
#[path = "zip/tests.rs"]
mod tests;
