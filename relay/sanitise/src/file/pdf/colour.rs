//! Colour spaces and colour profiles, with what computes colours and without what names devices.

use super::build::Builder;
use super::object::{Dict, Object};
use super::role::Role;
use super::source::Source;
use crate::file::Unfit;
use std::rc::Rc;

/// Colour spaces within colour spaces.
const DEPTH: usize = 6;

impl Builder<'_, '_> {
    /// A colour space with parameters.
    pub(super) fn colour_space(&mut self, items: &[Object], within: &Rc<Dict>) -> Result<Object, Unfit> {
        let family = self.source.resolve(items.first().unwrap_or(&Object::Null))?;
        let Some(name) = family.as_name() else { return Ok(Object::Null) };
        let at = |index: usize| items.get(index).unwrap_or(&Object::Null);
        let mut space = vec![Object::Name(name.to_vec())];
        match name {
            b"CalGray" | b"CalRGB" | b"Lab" => space.push(self.copy(at(1), Role::Calibrated, within)?),
            b"ICCBased" => return self.profiled(at(1), within),
            b"Indexed" | b"I" => {
                let last = self.source.resolve(at(2))?.as_usize().unwrap_or(0).min(255);
                let colours = components(self.source, at(1), DEPTH)?.unwrap_or(4);
                let table = self.source.resolve(at(3))?;
                space.push(self.copy(at(1), Role::ColourSpace, within)?);
                space.push(super::write::whole(last));
                space.push(match &*table {
                    Object::Str(text) => Object::Str(text.iter().take((last + 1) * colours).copied().collect()),
                    _ => self.copy(at(3), Role::Octets, within)?,
                });
            }
            b"Separation" | b"DeviceN" => {
                space.push(self.copy(at(1), Role::Plain, within)?);
                space.push(self.copy(at(2), Role::ColourSpace, within)?);
                space.push(self.copy(at(3), Role::Function, within)?);
            }
            b"Pattern" if items.len() > 1 => space.push(self.copy(at(1), Role::ColourSpace, within)?),
            _ => return Ok(Object::Name(name.to_vec())),
        }
        Ok(if space.contains(&Object::Null) { Object::Null } else { Object::Array(space) })
    }

    /// A profile that cannot be read anew is replaced by the device's own colours.
    fn profiled(&mut self, profile: &Object, within: &Rc<Dict>) -> Result<Object, Unfit> {
        let copy = self.copy(profile, Role::Profile, within)?;
        if copy != Object::Null {
            return Ok(Object::Array(vec![Object::name("ICCBased"), copy]));
        }
        let held = self.source.resolve(profile)?;
        Ok(match held.as_dict().and_then(|dict| dict.get("N")).and_then(Object::as_int) {
            Some(1) => Object::name("DeviceGray"),
            Some(3) => Object::name("DeviceRGB"),
            Some(4) => Object::name("DeviceCMYK"),
            _ => Object::Null,
        })
    }
}

/// How many numbers a colour has.
fn components(source: &Source<'_>, space: &Object, depth: usize) -> Result<Option<usize>, Unfit> {
    let Some(depth) = depth.checked_sub(1) else { return Ok(None) };
    let held = source.resolve(space)?;
    let items = match &*held {
        Object::Array(items) => items.as_slice(),
        name => std::slice::from_ref(name),
    };
    let family = source.resolve(items.first().unwrap_or(&Object::Null))?;
    let second = items.get(1).map(|second| source.resolve(second)).transpose()?;
    Ok(match family.as_name() {
        Some(b"DeviceGray" | b"CalGray" | b"G" | b"Indexed" | b"I" | b"Separation") => Some(1),
        Some(b"DeviceRGB" | b"CalRGB" | b"Lab" | b"RGB") => Some(3),
        Some(b"DeviceCMYK" | b"CMYK") => Some(4),
        Some(b"ICCBased") => match second.as_deref().and_then(Object::as_dict) {
            Some(dict) => source.value(dict, "N")?.as_usize(),
            None => None,
        },
        Some(b"DeviceN") => second.as_deref().and_then(Object::as_array).map(<[Object]>::len),
        Some(b"Pattern") => match items.get(1) {
            Some(base) => components(source, base, depth)?,
            None => None,
        },
        _ => None,
    })
}

/// How many octets the samples of a picture take, where its entries tell.
pub(super) fn picture_length(source: &Source<'_>, dict: &Dict) -> Result<Option<usize>, Unfit> {
    let number = |key| Ok::<_, Unfit>(source.value(dict, key)?.as_usize());
    let is_mask = matches!(&*source.value(dict, "ImageMask")?, Object::Bool(true));
    let bits = if is_mask { Some(1) } else { number("BitsPerComponent")? };
    let colours = match dict.get("ColorSpace") {
        _ if is_mask => Some(1),
        Some(space) => components(source, space, DEPTH)?,
        None => None,
    };
    let (width, height) = (number("Width")?, number("Height")?);
    Ok((|| width?.checked_mul(bits?)?.checked_mul(colours?)?.div_ceil(8).checked_mul(height?))())
}

/// Tags that compute colours (ICC.1:2010, 9.2).
const TAGS: [&[u8; 4]; 20] = [
    b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad", b"A2B0", b"A2B1",
    b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"D2B0", b"D2B1", b"B2D0", b"B2D1",
];
const HEADER: usize = 128;

/// A profile with the tags that compute colours: no description, maker, model, date or creator.
pub(crate) fn profile(octets: &[u8]) -> Option<Vec<u8>> {
    if octets.get(36..40)? != b"acsp" {
        return None;
    }
    let number = |at: usize| {
        let four: [u8; 4] = octets.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(four)).ok()
    };
    let mut tags: Vec<([u8; 4], Vec<u8>)> = vec![(*b"desc", description()), (*b"cprt", b"text\0\0\0\0-\0".to_vec())];
    for index in 0..number(HEADER)?.min(100) {
        let at = HEADER + 4 + index * 12;
        let name: [u8; 4] = octets.get(at..at + 4)?.try_into().ok()?;
        if !TAGS.contains(&&name) || tags.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let start = number(at + 4)?;
        tags.push((name, octets.get(start..start.checked_add(number(at + 8)?)?)?.to_vec()));
    }
    let mut header = vec![0; HEADER];
    // Version, class, colours and their frame of reference; the signature; intent and illuminant.
    for kept in [8..24, 36..40, 64..80] {
        header.get_mut(kept.clone())?.copy_from_slice(octets.get(kept)?);
    }
    assembled(header, &tags)
}

fn assembled(mut profile: Vec<u8>, tags: &[([u8; 4], Vec<u8>)]) -> Option<Vec<u8>> {
    let mut place = HEADER + 4 + tags.len() * 12;
    profile.extend(u32::try_from(tags.len()).ok()?.to_be_bytes());
    for (name, body) in tags {
        profile.extend(name);
        profile.extend(u32::try_from(place).ok()?.to_be_bytes());
        profile.extend(u32::try_from(body.len()).ok()?.to_be_bytes());
        place += body.len().next_multiple_of(4);
    }
    for (_, body) in tags {
        profile.extend(body);
        profile.resize(profile.len().next_multiple_of(4), 0);
    }
    let length = u32::try_from(profile.len()).ok()?.to_be_bytes();
    profile.get_mut(..4)?.copy_from_slice(&length);
    Some(profile)
}

/// A description that says nothing: profiles without one count as broken.
fn description() -> Vec<u8> {
    let mut body = b"desc\0\0\0\0\0\0\0\x02-\0".to_vec();
    body.resize(body.len() + 4 + 4 + 2 + 1 + 67, 0);
    body
}
