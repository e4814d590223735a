//! The tables of a JPEG that is written: how coarse it is, and in which order coefficients stand.

/// The row-by-row place of each coefficient in zigzag order (ITU-T T.81, figure A.6).
pub(super) const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

/// The standard's example tables (tables K.1 and K.2) in zigzag order: for brightness and for colour.
const BASES: [[u16; 64]; 2] = [
    [
        16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51,
        61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77,
        113, 121, 112, 100, 120, 92, 101, 103, 99,
    ],
    [
        17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ],
];

/// The steps of coarseness, in percent of the example tables. Few, so that they tell little about what wrote the
/// original.
const STEPS: [u16; 14] = [250, 167, 125, 100, 80, 60, 50, 40, 30, 20, 14, 10, 6, 4];

/// The step for pictures that were no JPEG.
pub(super) const FINE: u16 = 20;

/// A quantiser for brightness (`plane` 0) or colour.
pub(super) fn quantiser(plane: usize, percent: u16) -> [u16; 64] {
    BASES[plane.min(1)].map(|base| ((base * percent + 50) / 100).clamp(1, 255))
}

/// The coarsest quantiser of ours that is on the whole no coarser than the old one.
pub(super) fn quantiser_like(plane: usize, old: &[u16; 64]) -> [u16; 64] {
    // The first coefficients are those which are seen.
    let weight = |table: &[u16; 64]| table.iter().take(SEEN).map(|value| u32::from(*value)).sum::<u32>();
    let wanted = weight(old) + weight(old) / 32;
    let mut steps = STEPS.map(|percent| quantiser(plane, percent)).into_iter();
    steps.find(|table| weight(table) <= wanted).unwrap_or([1; 64])
}

const SEEN: usize = 28;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zigzag_names_each_place_once() {
        let mut places = ZIGZAG;
        places.sort_unstable();
        assert!(places.iter().enumerate().all(|(index, place)| index == usize::from(*place)));
    }

    #[test]
    fn our_own_steps_are_kept_and_others_become_finer() {
        for plane in [0, 1] {
            for percent in STEPS {
                assert_eq!(quantiser_like(plane, &quantiser(plane, percent)), quantiser(plane, percent), "{percent}");
            }
            for percent in [8, 18, 33, 70, 140, 240] {
                let ours = quantiser_like(plane, &quantiser(plane, percent));
                assert!(ours[0] <= quantiser(plane, percent)[0], "{percent}");
            }
        }
        assert_eq!(quantiser_like(0, &[1; 64]), [1; 64]);
        assert_eq!(quantiser_like(1, &[u16::MAX; 64]), quantiser(1, 250));
    }
}
