//! What of an attribute in an OOXML part stays.

use super::outside;
use super::space::Space;
use super::xml::Name;

/// What becomes of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ruling {
    Keep,
    Drop,
    /// Dropped, and counted: it told something about the author or the machine.
    Trace,
    /// The schema demands a value, and this one says nothing.
    Neutral(&'static str),
    /// The name of a relation.
    Relation,
    /// Words that somebody reads, or may have chosen.
    Words,
}

/// A name that all authors have.
const AUTHOR: &str = "Author";

/// Rules on one attribute.
pub(crate) fn rule(element: Name<'_>, attribute: Name<'_>, value: &str) -> Ruling {
    match attribute.space {
        Space::R => Ruling::Relation,
        Space::W => words(element.local, attribute.local, value),
        Space::None => unqualified(element, attribute.local, value),
        Space::V | Space::O => vector(attribute.local, value),
        Space::Wp | Space::M | Space::A => by_value(attribute.local, value),
        Space::Xml => {
            if attribute.local == "space" {
                Ruling::Keep
            } else {
                Ruling::Drop
            }
        }
        _ => Ruling::Drop,
    }
}

/// Washed words as the value of an attribute.
pub(crate) fn with_washed(element: Name<'_>, attribute: Name<'_>, washed: String) -> String {
    match (element.space, attribute.local) {
        // Brackets are codes here.
        (Space::S, "formatCode") => "General".to_owned(),
        // The words of a column's first cell: the two must stay the same.
        (Space::S, "name") if element.local == "tableColumn" => washed,
        // A name that formulas and references use.
        (Space::S, "name" | "displayName") => plain_name(&washed),
        _ => washed,
    }
}

/// A name without the brackets of a placeholder, in which formulas have a meaning of their own.
pub(crate) fn plain_name(words: &str) -> String {
    let plain: String = words
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.') { c } else { ' ' })
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join("_");
    if plain.is_empty() { "_".to_owned() } else { plain }
}

/// Marks that word processors make themselves, for tables of contents and references.
pub(crate) fn is_own_mark(name: &str) -> bool {
    let digits = name.strip_prefix("_Toc").or_else(|| name.strip_prefix("_Ref"));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn words(element: &str, local: &str, value: &str) -> Ruling {
    match local {
        "author" => Ruling::Neutral(AUTHOR),
        "initials" => Ruling::Neutral("A"),
        "date" | "dateUtc" => Ruling::Trace,
        "tgtFrame" | "docLocation" | "fldLock" | "dirty" | "edGrp" | "ed" | "displacedByCustomXml" => Ruling::Drop,
        "tooltip" | "title" | "descr" => Ruling::Words,
        "anchor" if element == "hyperlink" => {
            if is_own_mark(value) {
                Ruling::Keep
            } else {
                Ruling::Drop
            }
        }
        "val"
            if matches!(
                element,
                "name"
                    | "listEntry"
                    | "default"
                    | "helpText"
                    | "statusText"
                    | "tblCaption"
                    | "tblDescription"
                    | "lvlText"
                    | "alias"
                    | "aliases"
            ) =>
        {
            Ruling::Words
        }
        "name" if element == "moveFromRangeStart" || element == "moveToRangeStart" => Ruling::Keep,
        _ if local.starts_with("rsid") => Ruling::Trace,
        _ => by_value(local, value),
    }
}

fn unqualified(element: Name<'_>, local: &str, value: &str) -> Ruling {
    match (element.space, element.local, local) {
        (_, "cNvPr" | "docPr", "name") => Ruling::Neutral("Object"),
        (_, "cNvPr" | "docPr", "title" | "descr") if outside::is_path(value) => Ruling::Trace,
        (Space::A, "theme" | "clrScheme" | "fontScheme" | "fmtScheme", "name") => Ruling::Neutral("Office"),
        (Space::A, "fld", "id") => Ruling::Neutral("{00000000-0000-0000-0000-000000000000}"),
        (Space::A, "hlinkClick" | "hlinkMouseOver", "action") => {
            let is_jump = value.starts_with("ppaction://hlinkshowjump?") || value == "ppaction://hlinksldjump";
            if is_jump { Ruling::Keep } else { Ruling::Trace }
        }
        (_, _, "tooltip" | "prompt" | "promptTitle" | "error" | "errorTitle" | "comment" | "description")
        | (_, "cNvPr" | "docPr", "title" | "descr")
        | (Space::P, "cSld", "name")
        | (Space::Chart, _, "name") => Ruling::Words,
        (_, _, "invalidUrl" | "tgtFrame" | "endSnd" | "bldLvl")
        | (Space::P, "cm", "dt")
        | (Space::P, "presentation", "removePersonalInfoOnSave") => Ruling::Trace,
        (Space::P, "cmAuthor", "name") => Ruling::Neutral(AUTHOR),
        (Space::P, "cmAuthor", "initials") => Ruling::Neutral("A"),
        (Space::S, _, _) => sheets(element.local, local, value),
        (
            Space::Mc,
            _,
            "Ignorable" | "ProcessContent" | "MustUnderstand" | "PreserveElements" | "PreserveAttributes",
        ) => Ruling::Drop,
        (Space::V, _, _) => vector(local, value),
        _ => by_value(local, value),
    }
}

fn sheets(element: &str, local: &str, value: &str) -> Ruling {
    match (element, local) {
        (
            _,
            "codeName"
            | "cm"
            | "vm"
            | "connectionId"
            | "queryTableFieldId"
            | "uniqueName"
            | "filterPrivacy"
            | "defaultThemeVersion"
            | "showPivotChartFilter"
            | "refreshAllConnections"
            | "activeTab"
            | "firstSheet",
        )
        | ("comment", "shapeId" | "guid") => Ruling::Drop,
        ("row" | "col", "hidden")
        | ("definedName", "comment" | "description" | "help" | "statusBar" | "customMenu") => Ruling::Trace,
        (_, "name" | "displayName" | "display" | "totalsRowLabel" | "formatCode") => Ruling::Words,
        _ => by_value(local, value),
    }
}

/// VML is old and has attributes for everything; those that draw stay.
fn vector(local: &str, value: &str) -> Ruling {
    match local {
        "alt" | "string" => {
            if outside::is_path(value) {
                Ruling::Trace
            } else {
                Ruling::Words
            }
        }
        "id" | "type" if value.trim_start_matches('#').starts_with("_x0000_") => Ruling::Keep,
        "relid" => Ruling::Relation,
        "style" | "path" | "adj" | "coordsize" | "coordorigin" | "fillcolor" | "filled" | "stroked" | "strokecolor"
        | "strokeweight" | "strokeok" | "fillok" | "opacity" | "color" | "color2" | "on" | "offset" | "obscured"
        | "inset" | "insetmode" | "spt" | "preferrelative" | "gradientshapeok" | "connecttype" | "joinstyle"
        | "textpathok" | "eqn" | "position" | "xrange" | "yrange" | "ext" | "aspectratio" | "angle" | "focus"
        | "rotate" | "from" | "to" | "points" | "arcsize" | "dashstyle" | "endcap" | "fitshape" | "fitpath"
        | "trim" | "hr" | "hrstd" | "hralign" | "hrnoshade" | "allowincell" | "cropleft" | "croptop" | "cropright"
        | "cropbottom" | "blacklevel" | "gain" | "linestyle" | "singleclick" | "ObjectType" | "wrapcoords"
        | "anchorx" | "anchory" | "connectlocs" | "textboxrect" | "limo" | "data" => Ruling::Keep,
        "type"
            if matches!(
                value,
                "frame"
                    | "gradient"
                    | "gradientRadial"
                    | "tile"
                    | "pattern"
                    | "solid"
                    | "square"
                    | "tight"
                    | "topAndBottom"
                    | "through"
                    | "none"
                    | "rect"
            ) =>
        {
            Ruling::Keep
        }
        _ => Ruling::Drop,
    }
}

/// An attribute that no rule names: most hold numbers and words of the standard, and a few hold what somebody
/// wrote. Whoever writes uses blanks, letters beyond ASCII, or an address.
fn by_value(local: &str, value: &str) -> Ruling {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'+' | b'#' | b'_' | b'%');
    if value.len() < 40 && value.bytes().all(is_plain) {
        return Ruling::Keep;
    }
    if outside_of_standard(value) { Ruling::Trace } else { by_letters(local, value) }
}

fn outside_of_standard(value: &str) -> bool {
    let is_uri_of_standard = value.starts_with("http://schemas.") || value.starts_with("http://purl.oclc.org/");
    let is_diagram = value.starts_with("urn:microsoft.com/office/officeart/");
    (value.contains("://") || value.starts_with("\\\\") || value.contains(":\\")) && !is_uri_of_standard && !is_diagram
}

fn by_letters(local: &str, value: &str) -> Ruling {
    if matches!(local, "style" | "path" | "points" | "d" | "sqref" | "ref" | "spans" | "fmla" | "uri") {
        return Ruling::Keep;
    }
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    let is_odd = !value.is_ascii() || value.contains([' ', '@', '/', '\\']) || value.len() >= 40;
    if is_odd && letters * 2 >= value.chars().count() { Ruling::Words } else { Ruling::Keep }
}
