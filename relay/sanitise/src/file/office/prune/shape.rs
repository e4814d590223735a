//! What of sheets, shapes and drawings stays.

use super::super::space::Space;
use super::super::xml::{Element, Fate, Tape};

pub(super) fn sheets(local: &str) -> Fate {
    match local {
        "extLst"
        | "fileVersion"
        | "fileSharing"
        | "workbookProtection"
        | "sheetProtection"
        | "customWorkbookViews"
        | "customSheetViews"
        | "webPublishing"
        | "webPublishObjects"
        | "webPublishItems"
        | "fileRecoveryPr"
        | "oleSize"
        | "functionGroups"
        | "externalReferences"
        | "pivotCaches"
        | "smartTagPr"
        | "smartTagTypes"
        | "smartTags"
        | "cellWatches"
        | "controls"
        | "oleObjects"
        | "legacyDrawingHF"
        | "drawingHF"
        | "customProperties"
        | "dataConsolidate"
        | "scenarios"
        | "protectedRanges"
        | "rPh"
        | "phoneticPr"
        | "revisionPtr" => Fate::Drop,
        _ => Fate::Keep,
    }
}

pub(super) fn office(local: &str) -> Fate {
    match local {
        "OLEObject" | "ink" | "signatureline" | "extrusion" | "callout" | "LinkType" | "LockedField" | "FieldCodes" => {
            Fate::Drop
        }
        _ => Fate::Keep,
    }
}

/// Shapes on slides, sheets and pages.
pub(super) fn shapes(tape: &Tape<'_>, place: usize, element: &Element<'_, '_>) -> Fate {
    match element.name.local {
        "extLst" | "custDataLst" | "custShowLst" | "photoAlbum" | "modifyVerifier" | "embeddedFontLst"
        | "smartTags" | "handoutMasterIdLst" | "sndAc" | "controls" | "tags" | "contentPart" | "kinsoku" => Fate::Drop,
        "sp" | "pic" | "graphicFrame" | "grpSp" | "cxnSp" | "inline" | "anchor" | "wsp" | "wgp" => {
            let properties = tape.inside(place).take(3).find(|(_, inner)| is_named_shape(inner.name.local));
            let is_hidden = properties
                .is_some_and(|(_, inner)| matches!(inner.value(Space::None, "hidden"), Some("1" | "true" | "on")));
            if is_hidden || is_embedded(tape, place, element) { Fate::Drop } else { Fate::Keep }
        }
        _ => Fate::Keep,
    }
}

/// The element that names a shape and describes it.
fn is_named_shape(local: &str) -> bool {
    matches!(local, "cNvPr" | "docPr")
}

/// A frame around an object of another programme: it would be empty without it.
fn is_embedded(tape: &Tape<'_>, place: usize, element: &Element<'_, '_>) -> bool {
    let is_ole = |inner: &Element<'_, '_>| {
        inner.is(Space::A, "graphicData") && inner.value(Space::None, "uri").is_some_and(|uri| uri.ends_with("/ole"))
    };
    element.name.local == "graphicFrame" && tape.inside(place).take(40).any(|(_, inner)| is_ole(&inner))
}

pub(super) fn drawings(local: &str) -> Fate {
    match local {
        "extLst" | "externalData" | "audioFile" | "videoFile" | "quickTimeFile" | "wavAudioFile" | "audioCd"
        | "snd" | "hlinkHover" | "printSettings" | "protection" | "pivotSource" | "pivotFmts" | "custDataLst" => {
            Fate::Drop
        }
        _ => Fate::Keep,
    }
}
