//! What looks like a handle by itself, where somebody's names on the net are spoken of: `stille_signe`, `molnflicka07`.

use super::{is_marked, written_end};
use crate::known::contact::cue;
use crate::known::contact::lexicon::Marks;
use crate::known::contact::token::{Kind, Page};

/// What one does with somebody's handle, and has done.
fn is_added_word(word: &str) -> bool {
    const ADDED: [&str; 13] = [
        "add",
        "adda",
        "adde",
        "addade",
        "addat",
        "added",
        "addet",
        "addede",
        "tilføjede",
        "tilføj",
        "lisäsin",
        "geaddet",
        "la",
    ];
    ADDED.iter().any(|added| word.eq_ignore_ascii_case(added))
}

/// Words that end the name of a file.
const FILES: [&str; 12] = ["pdf", "jpg", "jpeg", "png", "docx", "doc", "txt", "mp4", "mov", "xlsx", "zip", "heic"];
/// Shortest handle of letters and digits that is looked for by itself.
const ALONE_MIN: usize = 6;

/// `stille_signe`, `molnflicka07`: what looks like a handle, where somebody's names on the net are spoken of.
pub(in crate::known::contact) fn alone(page: &Page<'_>, place: usize) -> Option<(usize, usize)> {
    let is_free = !page.is_glued(place)
        || page.is(place - 1, Kind::Mark)
            && !matches!(page.mark(place - 1), b'.' | b'/' | b'-' | b'_' | b'\\' | b'@' | b'#');
    let end = written_end(page, place)?;
    let written = page.text.get(page.begin(place)..page.end(end - 1))?;
    let has_stroke = written.contains('_');
    let letters = written.bytes().filter(u8::is_ascii_lowercase).count();
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    let has_digits = digits >= 2 && letters >= 4 && letters + digits == written.len() && written.len() >= ALONE_MIN;
    let is_file = FILES.iter().any(|ending| page.word(end - 1).eq_ignore_ascii_case(ending));
    // `max_capacity()`, `Sender::max_capacity`: what programmes are made of.
    let is_code = matches!(page.mark(end), b'(' | b'`' | b'=' | b'>') && page.is_glued(end)
        || place > 0
            && page.is_glued(place)
            && (matches!(page.mark(place - 1), b'`' | b'{' | b'[' | b'<' | b'%')
                || page.mark(place - 1) == b':' && page.mark(place.wrapping_sub(2)) == b':');
    if !is_free || is_code || is_file || !is_marked(page, place) || page.mark(end) == b'@' {
        return None;
    }
    let around = |wanted: Marks| cue::has_before(page, place, wanted, 8) || cue::has_after(page, end - 1, wanted);
    let is_personal = around(Marks::MINE | Marks::NAMED | Marks::SEEK | Marks::NICK);
    // `addade dig nyss, jag är snorvalp99`
    let is_added = (1..=6).filter_map(|back| place.checked_sub(back)).any(|at| is_added_word(page.word(at)));
    if is_added && has_digits && !cue::has_before(page, place, Marks::REFERENCE, 6) {
        return Some((place, end));
    }
    // `jag har telegram, sök nattugglan7`
    let is_sought = cue::has_before(page, place, Marks::SEEK, 1) && digits > 0 && letters >= 4;
    if is_sought && around(Marks::PLATFORM) {
        return Some((place, end));
    }
    if !(has_stroke && letters >= 3 || has_digits) {
        return None;
    }
    let is_announced = around(Marks::MINE | Marks::NAMED | Marks::NICK) || cue::has_before(page, place, Marks::SEEK, 3);
    (around(Marks::PLATFORM) && (has_stroke || is_personal) || has_stroke && is_announced).then_some((place, end))
}
