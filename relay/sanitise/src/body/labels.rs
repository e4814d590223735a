//! What a file is called in its placeholder, and the marks that clients leave in a text where a picture stood.

use crate::mime::part::Part;
use crate::report::Seen;

/// Gmail and Outlook write `[image: name.jpg]` and `[cid:name]` where a picture stood; names tell.
pub(super) fn without_picture_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let inner = &rest[open + 1..];
        let is_mark = inner.starts_with("image:")
            || inner.starts_with("cid:")
            || inner.starts_with("bild:")
            || inner.starts_with("Image:");
        let close = inner.char_indices().take(200).find(|(_, c)| matches!(c, ']' | '\n'));
        match close {
            Some((length, ']')) if is_mark => {
                out.push_str(&rest[..open]);
                rest = &inner[length + 1..];
            }
            _ => {
                out.push_str(&rest[..=open]);
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What a part that holds no words is, by its type and, for unknown types, its file's ending.
pub(super) fn kind_of(part: &Part<'_>) -> Seen {
    let kind = part.media.kind.as_str();
    let (main, sub) = kind.split_once('/').unwrap_or((kind, ""));
    match main {
        "image" => Seen::Picture,
        "audio" => Seen::Sound,
        "video" => Seen::Film,
        _ if is_document(sub) => Seen::Document,
        _ if is_archive(sub) => Seen::Archive,
        _ => part.file_name.as_deref().map_or(Seen::File, kind_of_name),
    }
}

/// Whether a file is said to be a text.
pub(super) fn is_text_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["txt", "text", "md", "csv", "log"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// What a file is by the ending of its name.
pub(super) fn kind_of_name(name: &str) -> Seen {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "pdf" | "doc" | "docx" | "docm" | "odt" | "rtf" | "xls" | "xlsx" | "xlsm" | "ods" | "ppt" | "pptx" | "odp"
        | "pages" | "numbers" | "key" => Seen::Document,
        "zip" | "rar" | "7z" | "gz" | "tar" | "xz" | "tgz" | "bz2" => Seen::Archive,
        "jpg" | "jpeg" | "png" | "gif" | "heic" | "heif" | "webp" | "tif" | "tiff" | "bmp" | "svg" | "avif" => {
            Seen::Picture
        }
        "mp3" | "m4a" | "wav" | "ogg" | "opus" | "amr" | "aac" | "flac" => Seen::Sound,
        "mp4" | "mov" | "avi" | "mkv" | "3gp" | "webm" | "m4v" => Seen::Film,
        _ => Seen::File,
    }
}

fn is_document(sub: &str) -> bool {
    matches!(sub, "pdf" | "msword" | "rtf" | "x-iwork-pages-sffpages")
        || sub.starts_with("vnd.openxmlformats")
        || sub.starts_with("vnd.oasis.opendocument")
        || sub.starts_with("vnd.ms-")
}

fn is_archive(sub: &str) -> bool {
    matches!(
        sub,
        "zip" | "x-zip-compressed" | "gzip" | "x-gzip" | "x-tar" | "x-7z-compressed" | "vnd.rar" | "x-rar-compressed"
    )
}
