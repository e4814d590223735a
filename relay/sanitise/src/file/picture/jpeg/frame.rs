//! A JPEG as coefficients: what its entropy-coded data say, before they become points of colour.

use super::super::super::Unfit;
use super::bits::Bits;

/// The 64 coefficients of 8 by 8 points, in zigzag order. None is beyond ±2047.
pub(super) type Block = [i16; 64];

/// No coefficient of eight-bit samples is larger.
pub(super) const LARGEST: i32 = 2047;

/// How many coefficients a picture may have: they are what takes memory, two octets each.
const COEFFICIENTS: usize = 180_000_000;

/// A picture with its components.
pub(super) struct Frame {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) components: Vec<Component>,
}

/// One component: brightness, a colour difference, an ink.
pub(super) struct Component {
    /// Its name in the scans.
    pub(super) id: u8,
    /// The number of its quantiser.
    pub(super) selector: u8,
    /// How often it is sampled, beside the others.
    pub(super) sampling: (usize, usize),
    /// By what its coefficients were divided, in zigzag order.
    pub(super) quantiser: [u16; 64],
    /// Blocks across and down, whole units of all components (MCU).
    pub(super) padded: (usize, usize),
    /// Blocks across and down that show something.
    pub(super) shown: (usize, usize),
    pub(super) blocks: Vec<Block>,
    /// Which coefficients of each block are not zero; the first one's bit means nothing.
    pub(super) filled: Vec<u64>,
    /// How many blocks were read without a fault.
    pub(super) sound: usize,
    /// Whether its points were mirrored already, so that of a turn only the transposition is left.
    pub(super) mirrored: bool,
}

/// What is said about a component before the size of the picture is known to be acceptable.
pub(super) struct Plan {
    pub(super) id: u8,
    pub(super) selector: u8,
    pub(super) sampling: (usize, usize),
}

impl Frame {
    /// An empty frame, unless it would take too much memory.
    pub(super) fn new(width: u16, height: u16, mut plans: Vec<Plan>) -> Result<Self, Unfit> {
        let (width, height) = (usize::from(width), usize::from(height));
        if let [only] = plans.as_mut_slice() {
            // A lone component is never interleaved, whatever it says about its sampling.
            only.sampling = (1, 1);
        }
        let most = plans.iter().fold((1, 1), |most, plan| (most.0.max(plan.sampling.0), most.1.max(plan.sampling.1)));
        let units = (width.div_ceil(8 * most.0), height.div_ceil(8 * most.1));
        let per_unit: usize = plans.iter().map(|plan| plan.sampling.0 * plan.sampling.1).sum();
        let in_range = |plan: &Plan| (1..=4).contains(&plan.sampling.0) && (1..=4).contains(&plan.sampling.1);
        if width == 0 || height == 0 || per_unit > 10 || !plans.iter().all(in_range) {
            return Err(Unfit::Broken);
        }
        if units.0 * units.1 * per_unit > COEFFICIENTS / 64 {
            return Err(Unfit::TooLarge);
        }
        let component = |plan: Plan| {
            let padded = (units.0 * plan.sampling.0, units.1 * plan.sampling.1);
            let shown =
                ((width * plan.sampling.0).div_ceil(8 * most.0), (height * plan.sampling.1).div_ceil(8 * most.1));
            Component {
                id: plan.id,
                selector: plan.selector,
                sampling: plan.sampling,
                quantiser: [1; 64],
                padded,
                shown,
                blocks: vec![[0; 64]; padded.0 * padded.1],
                filled: vec![0; padded.0 * padded.1],
                sound: 0,
                mirrored: false,
            }
        };
        Ok(Self { width, height, components: plans.into_iter().map(component).collect() })
    }

    /// The largest sampling of all components.
    pub(super) fn most(&self) -> (usize, usize) {
        self.components.iter().fold((1, 1), |most, one| (most.0.max(one.sampling.0), most.1.max(one.sampling.1)))
    }

    /// Points across and down of a component, which may be sampled less often than others.
    pub(super) fn samples(&self, component: &Component) -> (usize, usize) {
        let most = self.most();
        ((self.width * component.sampling.0).div_ceil(most.0), (self.height * component.sampling.1).div_ceil(most.1))
    }

    /// Whether at least half of the blocks that show something were read without a fault.
    pub(super) fn is_sound(&self) -> bool {
        let shown: usize = self.components.iter().map(|one| one.shown.0 * one.shown.1).sum();
        let sound: usize = self.components.iter().map(|one| one.sound.min(one.shown.0 * one.shown.1)).sum();
        2 * sound >= shown
    }
}

/// What goes from one block to the next, up to the next restart.
#[derive(Default)]
pub(super) struct Memory {
    /// The last first coefficient of each component of the scan.
    pub(super) first: [i32; 4],
    /// How many blocks have nothing more in this band.
    pub(super) empty: i32,
}

/// Which components a scan goes over.
pub(super) struct Route<'s> {
    pub(super) components: &'s [usize],
    /// Units between restarts; zero for none.
    pub(super) restart: usize,
}

impl Route<'_> {
    /// Units across and down.
    fn units(&self, frame: &Frame) -> Option<(usize, usize)> {
        let component = frame.components.get(*self.components.first()?)?;
        Some(match self.components {
            [_] => component.shown,
            _ => (component.padded.0 / component.sampling.0, component.padded.1 / component.sampling.1),
        })
    }

    /// How many blocks it goes over.
    pub(super) fn blocks(&self, frame: &Frame) -> usize {
        let of = |index: &usize| frame.components.get(*index).map_or(0, |one| one.padded.0 * one.padded.1);
        self.components.iter().map(of).sum()
    }

    /// Visits the blocks in the order of the scan and returns how many units were read without a fault.
    pub(super) fn walk(
        &self,
        frame: &mut Frame,
        bits: &mut Bits,
        mut read: impl FnMut(&mut Bits, &mut Memory, usize, &mut Block, &mut u64) -> Result<(), Unfit>,
    ) -> usize {
        let Some((across, down)) = self.units(frame) else { return 0 };
        let (mut memory, mut sound, mut left, mut lost) = (Memory::default(), 0, self.restart, false);
        for y in 0..down {
            for x in 0..across {
                if self.restart > 0 && left == 0 {
                    if !bits.restart() {
                        return sound;
                    }
                    (memory, left, lost) = (Memory::default(), self.restart, false);
                }
                left = left.saturating_sub(1);
                if lost {
                    continue;
                }
                lost = self
                    .unit(frame, (x, y), |slot, block, filled| read(bits, &mut memory, slot, block, filled))
                    .is_err()
                    || bits.overdrawn();
                sound += usize::from(!lost);
                if lost && self.restart == 0 {
                    return sound;
                }
            }
        }
        sound
    }

    /// Visits the blocks of one unit.
    #[inline]
    fn unit(
        &self,
        frame: &mut Frame,
        (x, y): (usize, usize),
        mut visit: impl FnMut(usize, &mut Block, &mut u64) -> Result<(), Unfit>,
    ) -> Result<(), Unfit> {
        for (slot, index) in self.components.iter().enumerate() {
            let component = frame.components.get_mut(*index).ok_or(Unfit::Broken)?;
            let (h, v) = if self.components.len() == 1 { (1, 1) } else { component.sampling };
            for row in 0..v {
                let start = (y * v + row) * component.padded.0 + x * h;
                let blocks = component.blocks.get_mut(start..start + h).ok_or(Unfit::Broken)?;
                let filled = component.filled.get_mut(start..start + h).ok_or(Unfit::Broken)?;
                for (block, filled) in blocks.iter_mut().zip(filled) {
                    visit(slot, block, filled)?;
                }
            }
        }
        Ok(())
    }
}
