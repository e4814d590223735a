//! The filters of streams (7.4) undone, each of them against the letter's budget while it unpacks.

use super::lzw;
use super::object::Dict;
use crate::file::{FileBudget, Unfit};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

/// What is unpacked at a time.
const CHUNK: usize = 64 << 10;

/// A filter that packs octets whatever they mean, or the format of a picture.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    Flate,
    Lzw,
    Ascii85,
    AsciiHex,
    RunLength,
    Jpeg,
    Jpeg2000,
    Fax,
    Jbig2,
    /// `Crypt`: undone where the stream is read.
    Nothing,
}

impl Filter {
    /// The filter of a name, or of its short form in inline images.
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"FlateDecode" | b"Fl" => Self::Flate,
            b"LZWDecode" | b"LZW" => Self::Lzw,
            b"ASCII85Decode" | b"A85" => Self::Ascii85,
            b"ASCIIHexDecode" | b"AHx" => Self::AsciiHex,
            b"RunLengthDecode" | b"RL" => Self::RunLength,
            b"DCTDecode" | b"DCT" => Self::Jpeg,
            b"JPXDecode" => Self::Jpeg2000,
            b"CCITTFaxDecode" | b"CCF" => Self::Fax,
            b"JBIG2Decode" => Self::Jbig2,
            b"Crypt" => Self::Nothing,
            _ => return None,
        })
    }

    pub(super) fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Jpeg2000 | Self::Fax | Self::Jbig2)
    }

    /// The octets before this filter was put on. A picture's format stays as it is.
    pub(super) fn undo(self, octets: &[u8], params: &Dict, budget: &mut FileBudget) -> Result<Vec<u8>, Unfit> {
        let plain = match self {
            Self::Flate => inflate(octets, budget)?.octets,
            Self::Lzw => {
                let early = params.get("EarlyChange").and_then(super::object::Object::as_int) != Some(0);
                lzw::unpack(octets, early, budget)?
            }
            Self::Ascii85 => charged(ascii85(octets), budget)?,
            Self::AsciiHex => {
                let end = memchr::memchr(b'>', octets).unwrap_or(octets.len());
                charged(super::lex::hex(octets.get(..end).unwrap_or_default()), budget)?
            }
            Self::RunLength => run_length(octets, budget)?,
            Self::Jpeg | Self::Jpeg2000 | Self::Fax | Self::Jbig2 | Self::Nothing => charged(octets.to_vec(), budget)?,
        };
        Ok(match self {
            Self::Flate | Self::Lzw => super::predictor::undo(plain, params),
            _ => plain,
        })
    }
}

fn charged(octets: Vec<u8>, budget: &mut FileBudget) -> Result<Vec<u8>, Unfit> {
    budget.take_octets(octets.len())?;
    Ok(octets)
}

/// What came out of a deflated stream, and how many octets of it were read: what lies behind is no part of it.
pub(super) struct Inflated {
    pub(super) octets: Vec<u8>,
    pub(super) used: usize,
    /// Whether it ended by itself, and not in the middle or in an error.
    pub(super) whole: bool,
}

/// Inflates as much as can be read: half a page is better than none.
pub(super) fn inflate(octets: &[u8], budget: &mut FileBudget) -> Result<Inflated, Unfit> {
    let first = inflate_with(Decompress::new(true), octets, budget)?;
    if first.octets.is_empty() && !first.whole && octets.len() > 2 {
        // A damaged head: the deflated octets themselves may be sound.
        let mut bare = inflate_with(Decompress::new(false), octets.get(2..).unwrap_or_default(), budget)?;
        bare.used += 2;
        bare.whole = false;
        return Ok(bare);
    }
    Ok(first)
}

fn inflate_with(mut state: Decompress, octets: &[u8], budget: &mut FileBudget) -> Result<Inflated, Unfit> {
    let mut plain = Vec::new();
    let whole = loop {
        let before = (state.total_in(), plain.len());
        plain.reserve(CHUNK.max(plain.len() / 2).min(budget.octets_left().saturating_add(1)));
        let status = state.decompress_vec(rest(octets, state.total_in()), &mut plain, FlushDecompress::None);
        budget.take_octets(plain.len() - before.1)?;
        match status {
            Ok(Status::StreamEnd) => break true,
            Ok(_) if before != (state.total_in(), plain.len()) => {}
            _ => break false,
        }
    };
    Ok(Inflated { octets: plain, used: used(octets, state.total_in()), whole })
}

/// How much of a deflated stream belongs to it, and what it unpacks to.
pub(super) struct Measured {
    pub(super) packed: usize,
    pub(super) plain: usize,
}

/// Measures a stream without keeping what it unpacks to; `None` if it is damaged or longer than it may be.
pub(super) fn measure(octets: &[u8], limit: usize) -> Option<Measured> {
    let mut state = Decompress::new(true);
    let mut sink = vec![0; CHUNK];
    loop {
        let before = (state.total_in(), state.total_out());
        let status = state.decompress(rest(octets, before.0), &mut sink, FlushDecompress::None);
        let plain = usize::try_from(state.total_out()).ok().filter(|plain| *plain <= limit)?;
        match status {
            Ok(Status::StreamEnd) => return Some(Measured { packed: used(octets, state.total_in()), plain }),
            Ok(_) if before != (state.total_in(), state.total_out()) => {}
            _ => return None,
        }
    }
}

fn rest(octets: &[u8], from: u64) -> &[u8] {
    octets.get(used(octets, from)..).unwrap_or_default()
}

fn used(octets: &[u8], total: u64) -> usize {
    usize::try_from(total).unwrap_or(usize::MAX).min(octets.len())
}

/// Deflates.
pub(super) fn deflate(octets: &[u8]) -> Vec<u8> {
    let mut state = Compress::new(Compression::new(5), true);
    let mut packed = Vec::with_capacity(octets.len() / 3 + 64);
    loop {
        let before = (state.total_in(), packed.len());
        packed.reserve(CHUNK.min(octets.len() / 2 + 64));
        let status = state.compress_vec(rest(octets, before.0), &mut packed, FlushCompress::Finish);
        if !matches!(status, Ok(Status::Ok | Status::BufError)) {
            return packed;
        }
    }
}

fn ascii85(octets: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(octets.len() / 5 * 4 + 4);
    let (mut group, mut count) = (0_u32, 0_usize);
    let octets = octets.strip_prefix(b"<~").unwrap_or(octets);
    for &octet in octets {
        match octet {
            b'z' if count == 0 => plain.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(octet - b'!'));
                count += 1;
                if count == 5 {
                    plain.extend(group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if count > 1 {
        let padded = (count..5).fold(group, |group, _| group.wrapping_mul(85).wrapping_add(84));
        plain.extend(padded.to_be_bytes().iter().take(count - 1));
    }
    plain
}

fn run_length(octets: &[u8], budget: &mut FileBudget) -> Result<Vec<u8>, Unfit> {
    let (mut plain, mut rest) = (Vec::new(), octets);
    while let Some((&length, after)) = rest.split_first() {
        let count = usize::from(length);
        let before = plain.len();
        rest = match (length, after) {
            (128, _) => break,
            (0..=127, _) => {
                let (run, after) = after.split_at((count + 1).min(after.len()));
                plain.extend_from_slice(run);
                after
            }
            (_, [value, after @ ..]) => {
                plain.resize(before + 257 - count, *value);
                after
            }
            (_, []) => break,
        };
        budget.take_octets(plain.len() - before)?;
    }
    Ok(plain)
}
