//! The XML namespaces of office documents: what is not named here is not understood, and not passed on.

macro_rules! spaces {
    ($($name:ident $prefix:literal $($uri:literal)+;)*) => {
        /// A namespace that is understood; the older and the strict address of one vocabulary are the same.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum Space {
            /// No namespace at all.
            None,
            /// One that is not understood.
            Foreign,
            $(#[doc = $prefix] $name,)*
        }

        impl Space {
            /// Those with a prefix, in the order they are declared in.
            pub(crate) const ALL: [Self; [$($prefix),*].len()] = [$(Self::$name),*];
            pub(crate) const COUNT: usize = Self::ALL.len() + 2;

            pub(crate) fn of(uri: &str) -> Self {
                match uri {
                    "" => Self::None,
                    $($($uri)|+ => Self::$name,)*
                    _ => Self::Foreign,
                }
            }

            /// The prefix it is written with, whatever it was read with.
            pub(crate) fn prefix(self) -> &'static str {
                match self {
                    Self::None | Self::Foreign => "",
                    $(Self::$name => $prefix,)*
                }
            }
        }
    };
}

spaces! {
    Xml "xml" "http://www.w3.org/XML/1998/namespace";
    Types "ct" "http://schemas.openxmlformats.org/package/2006/content-types";
    Links "rel" "http://schemas.openxmlformats.org/package/2006/relationships";
    R "r" "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        "http://purl.oclc.org/ooxml/officeDocument/relationships";
    Mc "mc" "http://schemas.openxmlformats.org/markup-compatibility/2006";
    W "w" "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        "http://purl.oclc.org/ooxml/wordprocessingml/main";
    Wp "wp" "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing";
    A "a" "http://schemas.openxmlformats.org/drawingml/2006/main" "http://purl.oclc.org/ooxml/drawingml/main";
    Pic "pic" "http://schemas.openxmlformats.org/drawingml/2006/picture" "http://purl.oclc.org/ooxml/drawingml/picture";
    Chart "c" "http://schemas.openxmlformats.org/drawingml/2006/chart" "http://purl.oclc.org/ooxml/drawingml/chart";
    ChartDrawing "cdr" "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"
        "http://purl.oclc.org/ooxml/drawingml/chartDrawing";
    Diagram "dgm" "http://schemas.openxmlformats.org/drawingml/2006/diagram"
        "http://purl.oclc.org/ooxml/drawingml/diagram";
    SheetDrawing "xdr" "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
        "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing";
    Wps "wps" "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";
    Wpg "wpg" "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup";
    Wpc "wpc" "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas";
    M "m" "http://schemas.openxmlformats.org/officeDocument/2006/math" "http://purl.oclc.org/ooxml/officeDocument/math";
    S "x" "http://schemas.openxmlformats.org/spreadsheetml/2006/main" "http://purl.oclc.org/ooxml/spreadsheetml/main";
    P "p" "http://schemas.openxmlformats.org/presentationml/2006/main" "http://purl.oclc.org/ooxml/presentationml/main";
    V "v" "urn:schemas-microsoft-com:vml";
    O "o" "urn:schemas-microsoft-com:office:office";
    W10 "w10" "urn:schemas-microsoft-com:office:word";
    X "ex" "urn:schemas-microsoft-com:office:excel";
    Office "office" "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    Meta "meta" "urn:oasis:names:tc:opendocument:xmlns:meta:1.0";
    Manifest "manifest" "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
    Text "text" "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    Table "table" "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    Draw "draw" "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0";
    Show "presentation" "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0";
    Style "style" "urn:oasis:names:tc:opendocument:xmlns:style:1.0";
    Number "number" "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0";
    OdfChart "chart" "urn:oasis:names:tc:opendocument:xmlns:chart:1.0";
    Dr3d "dr3d" "urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0";
    Anim "anim" "urn:oasis:names:tc:opendocument:xmlns:animation:1.0";
    Fo "fo" "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0";
    Svg "svg" "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0";
    Smil "smil" "urn:oasis:names:tc:opendocument:xmlns:smil-compatible:1.0";
    Xlink "xlink" "http://www.w3.org/1999/xlink";
    Dc "dc" "http://purl.org/dc/elements/1.1/";
    Math "math" "http://www.w3.org/1998/Math/MathML";
    Formula "of" "urn:oasis:names:tc:opendocument:xmlns:of:1.2";
    OldFormula "oooc" "http://openoffice.org/2004/calc";
    Loext "loext" "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0";
    CalcExt "calcext" "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0";
}
