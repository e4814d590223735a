//! What each operator that draws takes (annex A).

/// What an operator takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    Numbers(usize),
    /// Numbers and, last, the name of a pattern.
    Colour,
    ColourSpace,
    Dash,
    /// A name that is no resource: of an intent.
    Intent,
    GraphicsState,
    Font,
    Shading,
    XObject,
    /// Text, after so many numbers.
    Text(usize),
    Spaced,
    Save,
    Restore,
    Mark,
    MarkEnd,
}

/// What an operator that draws takes; `None` for all others.
pub(super) fn takes(operator: &[u8]) -> Option<Takes> {
    Some(match operator {
        b"h" | b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n" | b"W" | b"W*" | b"BT"
        | b"ET" | b"T*" => Takes::Numbers(0),
        b"w" | b"J" | b"j" | b"M" | b"i" | b"G" | b"g" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Tr" | b"Ts" => {
            Takes::Numbers(1)
        }
        b"m" | b"l" | b"Td" | b"TD" | b"d0" => Takes::Numbers(2),
        b"RG" | b"rg" => Takes::Numbers(3),
        b"v" | b"y" | b"re" | b"K" | b"k" => Takes::Numbers(4),
        b"cm" | b"c" | b"Tm" | b"d1" => Takes::Numbers(6),
        b"SC" | b"sc" | b"SCN" | b"scn" => Takes::Colour,
        b"CS" | b"cs" => Takes::ColourSpace,
        b"d" => Takes::Dash,
        b"ri" => Takes::Intent,
        b"gs" => Takes::GraphicsState,
        b"Tf" => Takes::Font,
        b"sh" => Takes::Shading,
        b"Do" => Takes::XObject,
        b"Tj" | b"'" => Takes::Text(0),
        b"\"" => Takes::Text(2),
        b"TJ" => Takes::Spaced,
        b"q" => Takes::Save,
        b"Q" => Takes::Restore,
        b"BMC" | b"BDC" => Takes::Mark,
        b"EMC" => Takes::MarkEnd,
        _ => return None,
    })
}
