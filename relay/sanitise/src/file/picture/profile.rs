//! What a colour profile says about the range of a picture's colours: all that has to be known to do without it.

/// The range of colours that a picture's numbers stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Gamut {
    /// That of sRGB, or one that is not known.
    #[default]
    Standard,
    /// Display P3, which most new telephones write.
    DisplayP3,
    /// Adobe RGB (1998), which some cameras write.
    AdobeRgb,
}

impl Gamut {
    /// The range of an ICC profile: told by its red and green primaries, not by its name.
    pub(super) fn of_profile(profile: &[u8]) -> Self {
        let (Some(red), Some(green)) = (primary(profile, *b"rXYZ"), primary(profile, *b"gXYZ")) else {
            return Self::Standard;
        };
        let near = |a: [f32; 3], b: [f32; 3]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.006);
        if near(red, [0.5151, 0.2412, -0.0011]) && near(green, [0.2920, 0.6922, 0.0419]) {
            Self::DisplayP3
        } else if near(red, [0.6097, 0.3111, 0.0195]) && near(green, [0.2053, 0.6257, 0.0609]) {
            Self::AdobeRgb
        } else {
            Self::Standard
        }
    }

    /// By how much the two colour differences grow when the numbers are meant as sRGB from now on.
    /// A fit over moderately strong colours; leaves about half of the error of dropping the profile.
    pub(super) fn gains(self) -> (f32, f32) {
        match self {
            Self::Standard => (1.0, 1.0),
            Self::DisplayP3 => (1.12, 1.28),
            Self::AdobeRgb => (1.07, 1.38),
        }
    }

    /// The numbers of points of this range, as sRGB.
    pub(super) fn standardise(self, points: &mut [[u8; 4]]) {
        let Some((matrix, gamma)) = self.conversion() else { return };
        let linear: [f32; 256] = std::array::from_fn(|level| gamma(level as f32 / 255.0));
        let curve: Vec<u8> =
            (0..=CURVE).map(|step| (encoded(step as f32 / CURVE as f32) * 255.0 + 0.5) as u8).collect();
        for point in points {
            let [red, green, blue, alpha] = *point;
            let light = [red, green, blue].map(|level| linear[usize::from(level)]);
            let [red, green, blue] = matrix.map(|row| {
                let sum: f32 = row.iter().zip(light).map(|(factor, light)| factor * light).sum();
                curve.get((sum.clamp(0.0, 1.0) * CURVE as f32 + 0.5) as usize).copied().unwrap_or(u8::MAX)
            });
            *point = [red, green, blue, alpha];
        }
    }

    fn conversion(self) -> Option<(Matrix, Curve)> {
        match self {
            Self::Standard => None,
            Self::DisplayP3 => {
                Some(([[1.22494, -0.22494, 0.0], [-0.04206, 1.04206, 0.0], [-0.01964, -0.07864, 1.09828]], decoded))
            }
            Self::AdobeRgb => Some(([[1.39836, -0.39836, 0.0], [0.0, 1.0, 0.0], [0.0, -0.04293, 1.04293]], |level| {
                level.powf(563.0 / 256.0)
            })),
        }
    }
}

/// From a number to light.
type Curve = fn(f32) -> f32;

/// From red, green and blue light of one range to that of another.
type Matrix = [[f32; 3]; 3];

/// Steps of the curve from light to numbers.
const CURVE: usize = 4096;

/// From a number to light (IEC 61966-2-1).
fn decoded(level: f32) -> f32 {
    if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
}

/// From light to a number.
fn encoded(light: f32) -> f32 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// A primary colour from the tags of a profile (ICC.1, clause 7).
fn primary(profile: &[u8], name: [u8; 4]) -> Option<[f32; 3]> {
    let tags = long(profile, 128)?.min(100);
    let tag = profile.get(132..)?.chunks_exact(12).take(tags).find(|tag| tag.starts_with(&name))?;
    let at = long(tag, 4)?;
    let mut value = [0.0; 3];
    for (index, slot) in value.iter_mut().enumerate() {
        let fixed = *profile.get(at.checked_add(8 + 4 * index)?..)?.first_chunk()?;
        *slot = i32::from_be_bytes(fixed) as f32 / 65536.0;
    }
    Some(value)
}

fn long(octets: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(*octets.get(at..)?.first_chunk()?)).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A profile with nothing but a name that tells and the primaries of a range.
    pub(crate) fn profile(primaries: [[f32; 3]; 2]) -> Vec<u8> {
        let mut profile = vec![0; 128];
        profile[48..60].copy_from_slice(b"Anna-monitor");
        profile.extend(2_u32.to_be_bytes());
        for (name, at) in [(b"rXYZ", 156_u32), (b"gXYZ", 176)] {
            profile.extend(name);
            profile.extend(at.to_be_bytes());
            profile.extend(20_u32.to_be_bytes());
        }
        for primary in primaries {
            profile.extend(b"XYZ \0\0\0\0");
            profile.extend(primary.iter().flat_map(|value| ((value * 65536.0) as i32).to_be_bytes()));
        }
        profile
    }

    pub(crate) const P3: [[f32; 3]; 2] = [[0.5151, 0.2412, -0.0011], [0.2920, 0.6922, 0.0419]];

    #[test]
    fn ranges_are_told_by_their_primaries() {
        let whole = profile(P3);
        assert_eq!(Gamut::of_profile(&whole), Gamut::DisplayP3);
        let srgb = [[0.4361, 0.2225, 0.0139], [0.3851, 0.7169, 0.0971]];
        assert_eq!(Gamut::of_profile(&profile(srgb)), Gamut::Standard);
        for end in 0..whole.len() {
            assert_eq!(Gamut::of_profile(&whole[..end]), Gamut::Standard, "cut at {end}");
        }
    }

    #[test]
    fn greys_stay_and_colours_grow_stronger() {
        let mut points = [[128, 128, 128, 9], [200, 60, 60, 255], [0, 0, 0, 0], [255, 255, 255, 255]];
        Gamut::DisplayP3.standardise(&mut points);
        assert_eq!([points[0], points[2], points[3]], [[128, 128, 128, 9], [0, 0, 0, 0], [255, 255, 255, 255]]);
        assert!(points[1][0] > 210 && points[1][1] < 55, "{:?}", points[1]);
    }
}
