//! Huffman codes made for the picture that is written.

use super::write::Sink;

/// How often each symbol of the four tables occurs.
pub(super) struct Tally {
    counts: [[u32; 256]; 4],
}

impl Default for Tally {
    fn default() -> Self {
        Self { counts: [[0; 256]; 4] }
    }
}

impl Sink for Tally {
    #[inline]
    fn put(&mut self, table: usize, symbol: u8, _: u32, _: u32) {
        self.counts[table & 3][usize::from(symbol)] += 1;
    }
}

impl Tally {
    /// The codes. Every symbol that can occur gets one, for only a sample was counted.
    pub(super) fn codes(&self) -> [Code; 4] {
        let firsts: Vec<u8> = (0..=11).collect();
        let others: Vec<u8> =
            (0..=255).filter(|symbol| matches!(symbol & 15, 1..=10) || matches!(symbol, 0 | 0xF0)).collect();
        std::array::from_fn(|table| {
            let symbols = if table < 2 { &firsts } else { &others };
            Code::new(symbols.iter().map(|symbol| (*symbol, self.counts[table][usize::from(*symbol)])).collect())
        })
    }
}

/// The code of one table.
pub(super) struct Code {
    /// Code and length of each symbol.
    codes: [(u16, u8); 256],
    /// How many symbols have each length from 1 to 16.
    lengths: [u8; 16],
    /// The symbols in the order of their codes.
    symbols: Vec<u8>,
}

impl Code {
    fn new(mut counted: Vec<(u8, u32)>) -> Self {
        // The rarest come last: they share the longest codes.
        counted.sort_by_key(|(symbol, count)| (u32::MAX - count, *symbol));
        let mut weights: Vec<u64> = counted.iter().map(|(_, count)| u64::from(*count) + 1).collect();
        // A code of nothing but ones is forbidden; the dummy takes it.
        weights.push(0);
        let lengths = loop {
            let lengths = lengths_of(&weights);
            if lengths.iter().all(|length| *length <= 16) {
                break lengths;
            }
            // Flatter counts give shorter codes; in the end all are equal, and no code has more than eight bits.
            for weight in &mut weights {
                *weight = weight.div_ceil(2);
            }
        };
        let mut code = Self { codes: [(0, 0); 256], lengths: [0; 16], symbols: Vec::with_capacity(counted.len()) };
        let (mut next, mut before) = (0_u32, 0);
        for ((symbol, _), length) in counted.iter().zip(lengths) {
            next <<= length - before;
            before = length;
            code.codes[usize::from(*symbol)] = (next as u16, length as u8);
            code.lengths[(length as usize - 1) & 15] += 1;
            code.symbols.push(*symbol);
            next += 1;
        }
        code
    }

    /// Code and length of a symbol.
    #[inline]
    pub(super) fn of(&self, symbol: u8) -> (u32, u32) {
        let (code, length) = self.codes[usize::from(symbol)];
        (u32::from(code), u32::from(length))
    }

    /// Writes the segment of a table.
    pub(super) fn write(&self, octets: &mut Vec<u8>, place: u8) {
        octets.extend([0xFF, 0xC4, 0, 19 + self.symbols.len() as u8, place]);
        octets.extend(self.lengths);
        octets.extend(&self.symbols);
    }
}

/// The lengths of a code for these weights, which do not rise, in the same order: so they do not fall.
fn lengths_of(weights: &[u64]) -> Vec<u32> {
    // The lightest two nodes are joined until one is left. Leaves come in order, and so do the joints as they are made.
    let leaves = weights.len();
    let mut nodes: Vec<(u64, usize)> = weights.iter().map(|weight| (*weight, 0)).collect();
    let (mut leaf, mut joint) = (leaves, leaves);
    for next in leaves..2 * leaves - 1 {
        let mut sum = 0;
        for _ in 0..2 {
            let is_leaf = leaf > 0 && (joint == next || nodes[leaf - 1].0 <= nodes[joint].0);
            let lightest = if is_leaf { leaf - 1 } else { joint };
            (leaf, joint) = if is_leaf { (leaf - 1, joint) } else { (leaf, joint + 1) };
            sum += nodes[lightest].0;
            nodes[lightest].1 = next;
        }
        nodes.push((sum, 0));
    }
    let mut depths = vec![0; nodes.len()];
    for node in (0..nodes.len() - 1).rev() {
        depths[node] = depths[nodes[node].1] + 1;
    }
    depths.truncate(leaves);
    depths.sort_unstable();
    depths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_is_too_long_or_the_beginning_of_another() {
        for steep in 0..30 {
            let mut tally = Tally::default();
            for symbol in 0..=255_u8 {
                tally.counts[2][usize::from(symbol)] =
                    1_u32.checked_shl(u32::from(symbol) * steep / 64).unwrap_or(u32::MAX);
            }
            let code = &tally.codes()[2];
            let coded: Vec<(u32, u32)> = code.symbols.iter().map(|symbol| code.of(*symbol)).collect();
            assert_eq!(coded.len(), 162);
            for (index, (code, length)) in coded.iter().enumerate() {
                assert!((1..=16).contains(length) && code >> length == 0 && *code != (1 << length) - 1);
                for (other, longer) in &coded[index + 1..] {
                    assert!(longer >= length && other >> (longer - length) != *code);
                }
            }
        }
    }
}
