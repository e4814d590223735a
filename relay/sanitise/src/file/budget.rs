//! What all attachments of one letter may cost together: bounds against bombs, never reached by people.

use super::Unfit;

/// What is left for the attachments of one letter.
#[derive(Debug, Clone)]
pub(crate) struct FileBudget {
    octets: usize,
    pixels: u64,
    entries: usize,
}

/// Octets that all files of a letter may unpack to.
const OCTETS: usize = 96 << 20;
/// Pixels that all pictures of a letter may hold.
const PIXELS: u64 = 300_000_000;
/// Entries of archives, objects of documents and frames of pictures.
const ENTRIES: usize = 50_000;

impl Default for FileBudget {
    fn default() -> Self {
        Self { octets: OCTETS, pixels: PIXELS, entries: ENTRIES }
    }
}

impl FileBudget {
    /// Octets that may still be unpacked.
    pub(crate) fn octets_left(&self) -> usize {
        self.octets
    }

    /// Takes octets before they are unpacked, or as they are.
    pub(crate) fn take_octets(&mut self, octets: usize) -> Result<(), Unfit> {
        self.octets = self.octets.checked_sub(octets).ok_or(Unfit::TooLarge)?;
        Ok(())
    }

    /// Takes a picture's pixels before any of them is decoded.
    pub(crate) fn take_pixels(&mut self, width: u32, height: u32) -> Result<(), Unfit> {
        let pixels = u64::from(width) * u64::from(height);
        self.pixels = self.pixels.checked_sub(pixels).ok_or(Unfit::TooLarge)?;
        Ok(())
    }

    /// Takes entries of an archive, objects of a document, frames of a picture.
    pub(crate) fn take_entries(&mut self, entries: usize) -> Result<(), Unfit> {
        self.entries = self.entries.checked_sub(entries).ok_or(Unfit::TooLarge)?;
        Ok(())
    }
}
