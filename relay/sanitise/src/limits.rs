//! How much of a letter is read before it is refused: bounds against tricks, never reached by people.

/// The bounds one letter is read within. A letter over a bound is refused as too complex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest header block of the letter or of a part, in octets.
    pub header_bytes: usize,
    /// Most MIME parts, those of nested letters included.
    pub parts: usize,
    /// Deepest nesting of MIME parts and nested letters.
    pub depth: usize,
    /// Most decoded text of all text parts together, in octets.
    pub text_bytes: usize,
    /// Longest text attachment that is kept as text, in octets; a longer one is taken out.
    pub attached_text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_bytes: 64 * 1024,
            parts: 500,
            depth: 30,
            text_bytes: 4 * 1024 * 1024,
            attached_text_bytes: 256 * 1024,
        }
    }
}
