//! What each kind of object may keep: lists of what is allowed, so that the unheard-of is left out.

/// What an object is for, where it is used.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Numbers, names and truth values, and arrays of them. Never text.
    Plain,
    ColourSpace,
    /// The dictionary of a calibrated colour space.
    Calibrated,
    /// A colour profile.
    Profile,
    Function,
    Shading,
    Pattern,
    Font,
    Descriptor,
    FontFile,
    Encoding,
    ToUnicode,
    /// From characters to glyphs, and other tables of octets.
    Octets,
    /// Registry and ordering of a character collection.
    Collection,
    GraphicsState,
    SoftMask,
    Group,
    XObject,
    Image,
    Form,
}

type Fields = &'static [(&'static str, Role)];

use Role::{
    Calibrated, Collection, ColourSpace, Descriptor, Encoding, Font, FontFile, Form, Function, GraphicsState, Group,
    Image, Octets, Pattern, Plain, Profile, Shading, SoftMask, ToUnicode, XObject,
};

impl Role {
    /// The entries it keeps, and what their values are for. Resources and content are read apart.
    pub(super) fn fields(self) -> Fields {
        match self {
            Plain | Collection | XObject | Octets | ColourSpace => &[],
            Calibrated => CALIBRATED,
            Profile => &[("N", Plain), ("Range", Plain)],
            Function => FUNCTION,
            Shading => SHADING,
            Pattern => PATTERN,
            Font => FONT,
            Descriptor => DESCRIPTOR,
            FontFile => &[("Length1", Plain), ("Length2", Plain), ("Length3", Plain), ("Subtype", Plain)],
            Encoding => ENCODING,
            ToUnicode => &[("Type", Plain), ("WMode", Plain), ("UseCMap", ToUnicode)],
            GraphicsState => GRAPHICS_STATE,
            SoftMask => &[("Type", Plain), ("S", Plain), ("G", Form), ("BC", Plain), ("TR", Function)],
            Group => &[("Type", Plain), ("S", Plain), ("CS", ColourSpace), ("I", Plain), ("K", Plain)],
            Image => IMAGE,
            Form => FORM,
        }
    }
}

const CALIBRATED: Fields =
    &[("WhitePoint", Plain), ("BlackPoint", Plain), ("Gamma", Plain), ("Matrix", Plain), ("Range", Plain)];

const FUNCTION: Fields = &[
    ("FunctionType", Plain),
    ("Domain", Plain),
    ("Range", Plain),
    ("Size", Plain),
    ("BitsPerSample", Plain),
    ("Order", Plain),
    ("Encode", Plain),
    ("Decode", Plain),
    ("C0", Plain),
    ("C1", Plain),
    ("N", Plain),
    ("Functions", Function),
    ("Bounds", Plain),
];

const SHADING: Fields = &[
    ("ShadingType", Plain),
    ("ColorSpace", ColourSpace),
    ("Background", Plain),
    ("BBox", Plain),
    ("AntiAlias", Plain),
    ("Function", Function),
    ("Coords", Plain),
    ("Domain", Plain),
    ("Extend", Plain),
    ("Matrix", Plain),
    ("VerticesPerRow", Plain),
    ("BitsPerCoordinate", Plain),
    ("BitsPerComponent", Plain),
    ("BitsPerFlag", Plain),
    ("Decode", Plain),
];

const PATTERN: Fields = &[
    ("Type", Plain),
    ("PatternType", Plain),
    ("PaintType", Plain),
    ("TilingType", Plain),
    ("BBox", Plain),
    ("XStep", Plain),
    ("YStep", Plain),
    ("Matrix", Plain),
    ("Shading", Shading),
    ("ExtGState", GraphicsState),
];

const FONT: Fields = &[
    ("Type", Plain),
    ("Subtype", Plain),
    ("BaseFont", Plain),
    ("FirstChar", Plain),
    ("LastChar", Plain),
    ("Widths", Plain),
    ("FontDescriptor", Descriptor),
    ("Encoding", Encoding),
    ("ToUnicode", ToUnicode),
    ("DescendantFonts", Font),
    ("CIDSystemInfo", Collection),
    ("DW", Plain),
    ("W", Plain),
    ("DW2", Plain),
    ("W2", Plain),
    ("CIDToGIDMap", Octets),
    ("FontBBox", Plain),
    ("FontMatrix", Plain),
];

const DESCRIPTOR: Fields = &[
    ("Type", Plain),
    ("FontName", Plain),
    ("FontStretch", Plain),
    ("FontWeight", Plain),
    ("Flags", Plain),
    ("FontBBox", Plain),
    ("ItalicAngle", Plain),
    ("Ascent", Plain),
    ("Descent", Plain),
    ("Leading", Plain),
    ("CapHeight", Plain),
    ("XHeight", Plain),
    ("StemV", Plain),
    ("StemH", Plain),
    ("AvgWidth", Plain),
    ("MaxWidth", Plain),
    ("MissingWidth", Plain),
    ("FontFile", FontFile),
    ("FontFile2", FontFile),
    ("FontFile3", FontFile),
];

const ENCODING: Fields = &[
    ("Type", Plain),
    ("BaseEncoding", Plain),
    ("Differences", Plain),
    ("CMapName", Plain),
    ("CIDSystemInfo", Collection),
    ("WMode", Plain),
    ("UseCMap", Encoding),
];

/// Without halftones and device transfer, which a screen does not show.
const GRAPHICS_STATE: Fields = &[
    ("Type", Plain),
    ("LW", Plain),
    ("LC", Plain),
    ("LJ", Plain),
    ("ML", Plain),
    ("D", Plain),
    ("RI", Plain),
    ("OP", Plain),
    ("op", Plain),
    ("OPM", Plain),
    ("Font", Font),
    ("BG", Function),
    ("BG2", Function),
    ("UCR", Function),
    ("UCR2", Function),
    ("TR", Function),
    ("TR2", Function),
    ("FL", Plain),
    ("SM", Plain),
    ("SA", Plain),
    ("BM", Plain),
    ("SMask", SoftMask),
    ("CA", Plain),
    ("ca", Plain),
    ("AIS", Plain),
    ("TK", Plain),
];

const IMAGE: Fields = &[
    ("Type", Plain),
    ("Subtype", Plain),
    ("Width", Plain),
    ("Height", Plain),
    ("ColorSpace", ColourSpace),
    ("BitsPerComponent", Plain),
    ("Intent", Plain),
    ("ImageMask", Plain),
    ("Mask", Image),
    ("Decode", Plain),
    ("Interpolate", Plain),
    ("SMask", Image),
    ("SMaskInData", Plain),
    ("Matte", Plain),
];

const FORM: Fields =
    &[("Type", Plain), ("Subtype", Plain), ("FormType", Plain), ("BBox", Plain), ("Matrix", Plain), ("Group", Group)];

/// Keys that only tell where a file comes from: leaving them out is worth counting.
pub(super) const TRACES: &[&str] = &[
    "AA",
    "AF",
    "Alternates",
    "LastModified",
    "Measure",
    "Metadata",
    "OPI",
    "PieceInfo",
    "PtData",
    "Thumb",
    "URI",
    "VP",
];
