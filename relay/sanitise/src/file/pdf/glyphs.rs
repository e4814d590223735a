//! Letters of glyph numbers by an embedded TrueType font's own map, for fonts that say nothing else.

use super::object::{Dict, Object};
use super::source::Source;
use crate::file::Unfit;
use std::collections::BTreeMap;

/// Glyphs of one font.
const GLYPHS: usize = 1 << 16;

/// Which letter a glyph shows.
pub(super) fn letters(source: &Source<'_>, font: &Dict) -> Result<BTreeMap<u32, char>, Unfit> {
    let held = source.value(font, "FontDescriptor")?;
    let file = held.as_dict().map(|descriptor| source.value(descriptor, "FontFile2")).transpose()?;
    if held.as_dict().is_some_and(|descriptor| descriptor.get("FontFile3").is_some()) {
        return Ok(BTreeMap::new());
    }
    let own_map = source.value(font, "CIDToGIDMap")?;
    // With a map of its own between characters and glyphs, or somebody else's glyphs, the characters are mostly
    // those of Unicode.
    let (Some(stream), None) = (file.as_deref().and_then(Object::as_stream), own_map.as_stream()) else {
        return Ok((0x20..0x3000).filter_map(|code| Some((code, char::from_u32(code)?))).collect());
    };
    let octets = source.unpack(stream)?.octets;
    Ok(map(&octets).unwrap_or_default())
}

fn short(octets: &[u8], at: usize) -> Option<u32> {
    let two: [u8; 2] = octets.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(u32::from(u16::from_be_bytes(two)))
}

fn long(octets: &[u8], at: usize) -> Option<u32> {
    let four: [u8; 4] = octets.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(u32::from_be_bytes(four))
}

fn place(octets: &[u8], at: usize) -> Option<usize> {
    usize::try_from(long(octets, at)?).ok()
}

fn map(octets: &[u8]) -> Option<BTreeMap<u32, char>> {
    let tables = usize::try_from(short(octets, 4)?).ok()?;
    let entry = (0..tables).map(|index| 12 + index * 16).find(|at| octets.get(*at..at + 4) == Some(b"cmap"))?;
    let table = octets.get(place(octets, entry + 8)?..)?;
    let mut glyphs = BTreeMap::new();
    for index in 0..usize::try_from(short(table, 2)?).ok()?.min(16) {
        let Some(part) = place(table, 4 + index * 8 + 4).and_then(|start| table.get(start..)) else { continue };
        match short(part, 0) {
            Some(4) => drop(segments(part, &mut glyphs)),
            Some(12) => drop(groups(part, &mut glyphs)),
            _ => {}
        }
    }
    Some(glyphs)
}

fn add(glyphs: &mut BTreeMap<u32, char>, glyph: u32, code: u32) {
    // Symbol fonts map their letters into the private area.
    let code = if (0xf020..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    if let Some(letter) = char::from_u32(code).filter(|_| glyph != 0 && glyphs.len() < GLYPHS) {
        glyphs.entry(glyph).or_insert(letter);
    }
}

/// Format 4: segments of codes.
fn segments(part: &[u8], glyphs: &mut BTreeMap<u32, char>) -> Option<()> {
    let double = usize::try_from(short(part, 6)?).ok()?;
    let mut room = GLYPHS;
    for index in (0..double).step_by(2) {
        let last = short(part, 14 + index)?;
        let first = short(part, 16 + double + index)?;
        let delta = short(part, 16 + 2 * double + index)?;
        let base = 16 + 3 * double + index;
        let offset = usize::try_from(short(part, base)?).ok()?;
        for (step, code) in (first..=last).enumerate().take(room) {
            room -= 1;
            let glyph = if offset == 0 {
                code
            } else {
                match short(part, base + offset + 2 * step) {
                    Some(glyph) if glyph != 0 => glyph,
                    _ => continue,
                }
            };
            add(glyphs, glyph.wrapping_add(delta) & 0xffff, code);
        }
    }
    Some(())
}

/// Format 12: groups of codes.
fn groups(part: &[u8], glyphs: &mut BTreeMap<u32, char>) -> Option<()> {
    let mut room = GLYPHS;
    for index in 0..usize::try_from(long(part, 12)?).ok()?.min(GLYPHS) {
        let at = 16 + index * 12;
        let (first, last, glyph) = (long(part, at)?, long(part, at + 4)?, long(part, at + 8)?);
        for (code, glyph) in (first..=last).zip(glyph..).take(room) {
            room -= 1;
            add(glyphs, glyph, code);
        }
    }
    Some(())
}
