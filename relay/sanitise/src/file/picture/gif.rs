//! GIF, moving or not: its frames with the colours that they use, how long they stay, and whether they begin again.

use super::super::{FileBudget, FileKind, Rebuilt, Unfit};
use gif::{DecodeOptions, Decoder, DisposalMethod, Encoder, Frame, MemoryLimit};
use std::io::Cursor;
use std::num::NonZeroU64;

/// Whether the octets begin like a GIF.
pub(super) fn is_gif(octets: &[u8]) -> bool {
    octets.starts_with(b"GIF87a") || octets.starts_with(b"GIF89a")
}

/// A GIF built anew.
pub(super) fn rebuild(octets: &[u8], budget: &mut FileBudget) -> Result<Rebuilt, Unfit> {
    let mut options = DecodeOptions::new();
    options.set_memory_limit(NonZeroU64::new(128 << 20).map_or(MemoryLimit::Unlimited, MemoryLimit::Bytes));
    options.allow_unknown_blocks(true);
    let mut decoder = options.read_info(Cursor::new(octets)).map_err(|_| Unfit::Broken)?;
    let (width, height) = (decoder.width(), decoder.height());
    let shared = decoder.global_palette().map(<[u8]>::to_vec);
    budget.take_pixels(width.into(), height.into())?;
    let mut encoder = Encoder::new(Vec::new(), width, height, &[]).map_err(|_| Unfit::Broken)?;
    let mut frame = next(&mut decoder, budget)?.ok_or(Unfit::Broken)?;
    let mut following = next(&mut decoder, budget)?;
    if following.is_some() {
        encoder.set_repeat(decoder.repeat()).map_err(|_| Unfit::Broken)?;
    }
    loop {
        let frame_anew = rebuilt(&frame, shared.as_deref(), (width, height)).ok_or(Unfit::Broken)?;
        encoder.write_frame(&frame_anew).map_err(|_| Unfit::Broken)?;
        let Some(another) = following else { break };
        frame = another;
        following = next(&mut decoder, budget)?;
    }
    let rebuilt = encoder.into_inner().map_err(|_| Unfit::Broken)?;
    Ok(Rebuilt { kind: FileKind::Gif, octets: rebuilt, traces: traces(octets), replaced: 0 })
}

type Source<'o> = Decoder<Cursor<&'o [u8]>>;

/// The next frame; a fault in its first half, or behind it, ends the picture.
fn next(decoder: &mut Source, budget: &mut FileBudget) -> Result<Option<Frame<'static>>, Unfit> {
    let Ok(Some(info)) = decoder.next_frame_info() else { return Ok(None) };
    let mut frame = info.clone();
    budget.take_entries(1)?;
    budget.take_pixels(frame.width.into(), frame.height.into())?;
    let mut indices = vec![0; decoder.buffer_size()];
    let whole = decoder.read_into_buffer(&mut indices).is_ok();
    let reached = indices.iter().rposition(|index| *index != 0).unwrap_or_default();
    frame.buffer = indices.into();
    Ok((whole || reached * 2 >= frame.buffer.len()).then_some(frame))
}

/// A frame cut to the picture, with those colours of its palette that it shows.
fn rebuilt(frame: &Frame<'static>, shared: Option<&[u8]>, (width, height): (u16, u16)) -> Option<Frame<'static>> {
    let (left, top) = (frame.left.min(width), frame.top.min(height));
    // What lies beyond the picture is never seen.
    let (across, down) = (frame.width.min(width - left), frame.height.min(height - top));
    if across == 0 || down == 0 {
        // Nothing of it is seen, but time passes while it is not.
        let palette = Some(vec![0; 6]);
        return Some(Frame {
            delay: frame.delay,
            width: 1,
            height: 1,
            palette,
            transparent: Some(0),
            ..still(vec![0])
        });
    }
    let rows = frame.buffer.chunks(usize::from(frame.width)).take(usize::from(down));
    let indices: Vec<u8> = rows.flat_map(|row| row.iter().take(usize::from(across))).copied().collect();
    let old = frame.palette.as_deref().or(shared)?;
    let mut palette = vec![0; 768];
    let mut used = 2;
    for index in &indices {
        let at = usize::from(*index) * 3;
        used = used.max(usize::from(*index) + 1);
        if let (Some(to), Some(from)) = (palette.get_mut(at..at + 3), old.get(at..at + 3)) {
            to.copy_from_slice(from);
        }
    }
    if let Some(at) = frame.transparent.map(usize::from) {
        used = used.max(at + 1);
        palette.iter_mut().skip(at * 3).take(3).for_each(|level| *level = 0);
    }
    palette.truncate(used * 3);
    Some(Frame {
        delay: frame.delay,
        dispose: frame.dispose,
        transparent: frame.transparent,
        top,
        left,
        width: across,
        height: down,
        palette: Some(palette),
        ..still(indices)
    })
}

/// A frame of nothing but points.
fn still(indices: Vec<u8>) -> Frame<'static> {
    Frame {
        dispose: DisposalMethod::Keep,
        needs_user_input: false,
        interlaced: false,
        buffer: indices.into(),
        ..Frame::default()
    }
}

/// How many blocks say something beside the picture: comments, data of programmes, whatever follows the end.
fn traces(octets: &[u8]) -> usize {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 6 << (flags & 7) };
    let mut at = 13 + octets.get(10).map_or(0, |flags| table(*flags));
    let mut traces = 0;
    loop {
        at = match octets.get(at) {
            Some(0x21) => {
                let kind = octets.get(at + 1);
                let is_loop = octets.get(at + 3..).is_some_and(|name| name.starts_with(b"NETSCAPE2.0"));
                traces += usize::from(kind != Some(&0xF9) && !is_loop);
                at + 2
            }
            // Behind its table of colours stands the size of its first code.
            Some(0x2C) => at + 11 + octets.get(at + 9).map_or(0, |flags| table(*flags)),
            Some(0x3B) => return traces + usize::from(octets.len() > at + 1),
            _ => return traces,
        };
        while let Some(length) = octets.get(at).filter(|length| **length != 0) {
            at += 1 + usize::from(*length);
        }
        at += 1;
    }
}
