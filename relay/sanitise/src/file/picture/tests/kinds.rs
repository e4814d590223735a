//! The other kinds: every chunk, block and field is our own, and the points are the same.

use super::*;
use ::gif::{DecodeOptions, DisposalMethod, Encoder, Extension, Frame, Repeat};
use std::io::Cursor;

fn chunk(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut named = name.to_vec();
    named.extend(content);
    // The checksum is not looked at.
    [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], &named, &[0; 4]].concat()
}

#[test]
fn png_keeps_its_points_and_no_other_chunk() {
    let upright = scene(40, 30);
    let turn = Turn::of_exif(6);
    let plain = png::encode(&stored(&upright, turn)).unwrap();
    let text = tokens();
    let chunks = [
        chunk(*b"eXIf", &exif(6)),
        chunk(*b"tEXt", text.as_bytes()),
        chunk(*b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", text.as_bytes()].concat()),
        chunk(*b"tIME", &[7, 234, 1, 2, 3, 4, 5]),
        chunk(*b"pHYs", &[0, 0, 0, 99, 0, 0, 0, 99, 1]),
        chunk(*b"caBX", text.as_bytes()),
        chunk(*b"prVt", text.as_bytes()),
    ];
    let octets = [&plain[..33], &chunks.concat(), &plain[33..], text.as_bytes()].concat();
    let rebuilt = bare(&octets).unwrap();
    assert_eq!((rebuilt.kind, rebuilt.traces), (FileKind::Png, chunks.len() + 1));
    assert_no_token(&rebuilt.octets);
    let (mut at, mut names) = (8, Vec::new());
    while at < rebuilt.octets.len() {
        let length = u32::from_be_bytes(rebuilt.octets[at..at + 4].try_into().unwrap());
        names.push(rebuilt.octets[at + 4..at + 8].to_vec());
        at += 12 + length as usize;
    }
    names.dedup();
    assert_eq!(names, [b"IHDR", b"IDAT", b"IEND"]);
    assert!(png_points(&rebuilt.octets).points() == upright.points());
}

#[test]
fn png_forgets_what_is_hidden_under_nothing_and_keeps_what_shines_through() {
    let mut raster = scene(20, 20);
    for (index, point) in raster.points_mut().iter_mut().enumerate() {
        point[3] = [0, 1, 128, 255][index % 4];
    }
    let rebuilt = bare(&png::encode(&raster).unwrap()).unwrap();
    for (before, after) in raster.points().iter().zip(png_points(&rebuilt.octets).points()) {
        assert_eq!(*after, if before[3] == 0 { [0; 4] } else { *before });
    }
}

#[test]
fn few_colours_become_a_palette_of_each_depth() {
    for colours in [1, 2, 3, 4, 5, 16, 17, 200, 256, 257] {
        let mut raster = Raster::new(37, 11).unwrap();
        for (index, point) in raster.points_mut().iter_mut().enumerate() {
            *point = [(index % colours) as u8, (index % colours / 256) as u8, 9, 255 - (index % colours % 2) as u8];
        }
        let octets = png::encode(&raster).unwrap();
        assert!(png_points(&octets).points() == raster.points(), "{colours} colours");
    }
}

fn gif(frames: &[Frame]) -> Vec<u8> {
    let palette: Vec<u8> =
        [[10, 20, 30], [200, 100, 50], [0, 255, 0]].concat().into_iter().chain(*b"Anna Karlsson!!").collect();
    let mut encoder = Encoder::new(Vec::new(), 8, 6, &palette).unwrap();
    encoder.set_repeat(Repeat::Finite(3)).unwrap();
    encoder.write_raw_extension(Extension::Comment.into(), &[tokens().as_bytes()]).unwrap();
    encoder.write_raw_extension(Extension::Application.into(), &[b"XMP DataXMP", tokens().as_bytes()]).unwrap();
    for frame in frames {
        encoder.write_frame(frame).unwrap();
    }
    let mut octets = encoder.into_inner().unwrap();
    octets.extend(tokens().bytes());
    octets
}

fn gif_frame(left: u16, width: u16, delay: u16) -> Frame<'static> {
    let indices: Vec<u8> = (0..u8::try_from(width * 6).unwrap()).map(|index| index % 3).collect();
    Frame {
        left,
        width,
        height: 6,
        delay,
        dispose: DisposalMethod::Background,
        buffer: indices.into(),
        ..Frame::default()
    }
}

#[test]
fn gif_keeps_its_frames_and_no_remark() {
    let octets = gif(&[gif_frame(0, 8, 7), gif_frame(2, 4, 9), gif_frame(6, 8, 11)]);
    let rebuilt = bare(&octets).unwrap();
    assert_eq!((rebuilt.kind, rebuilt.traces), (FileKind::Gif, 3));
    assert_no_token(&rebuilt.octets);
    assert!(memchr::memmem::find(&rebuilt.octets, b"Karlsson").is_none(), "a colour that nothing shows");
    let mut decoder = DecodeOptions::new().read_info(Cursor::new(&rebuilt.octets)).unwrap();
    let mut frames = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        frames.push((
            frame.left,
            frame.width,
            frame.delay,
            frame.dispose,
            frame.palette.as_deref().unwrap()[..6].to_vec(),
        ));
    }
    let first = vec![10, 20, 30, 200, 100, 50];
    assert_eq!(frames[0], (0, 8, 7, DisposalMethod::Background, first.clone()));
    assert_eq!(frames[1], (2, 4, 9, DisposalMethod::Background, first.clone()));
    assert_eq!(frames[2], (6, 2, 11, DisposalMethod::Background, first), "cut at the edge");
    assert_eq!(decoder.repeat(), Repeat::Finite(3));
}

pub(super) fn riff(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut content = b"WEBP".to_vec();
    for (name, chunk) in chunks {
        content.extend(*name);
        content.extend(u32::try_from(chunk.len()).unwrap().to_le_bytes());
        content.extend(chunk);
        content.extend(vec![0; chunk.len() % 2]);
    }
    [b"RIFF", &u32::try_from(content.len()).unwrap().to_le_bytes()[..], &content].concat()
}

/// The lossless chunk of a scene.
pub(super) fn webp_points(raster: &Raster) -> Vec<u8> {
    let mut octets = Vec::new();
    let (width, height) = (raster.width() as u32, raster.height() as u32);
    let encoder = image_webp::WebPEncoder::new(&mut octets);
    encoder.encode(raster.points().as_flattened(), width, height, image_webp::ColorType::Rgba8).unwrap();
    let length = u32::from_le_bytes(octets[16..20].try_into().unwrap()) as usize;
    octets[20..20 + length].to_vec()
}

#[test]
fn webp_keeps_its_points_and_no_other_chunk() {
    let upright = scene(32, 20);
    let points = webp_points(&stored(&upright, Turn::of_exif(8)));
    let octets = riff(&[
        (b"VP8X", vec![0x3C, 0, 0, 0, 19, 0, 0, 31, 0, 0]),
        (b"ICCP", [&[0; 132][..], tokens().as_bytes()].concat()),
        (b"VP8L", points),
        (b"EXIF", exif(8)),
        (b"XMP ", tokens().into_bytes()),
    ]);
    let rebuilt = bare(&octets).unwrap();
    assert_eq!((rebuilt.kind, rebuilt.traces), (FileKind::Webp, 3));
    assert_no_token(&rebuilt.octets);
    assert_eq!(&rebuilt.octets[12..16], b"VP8L");
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(&rebuilt.octets)).unwrap();
    let mut points = vec![0; decoder.output_buffer_size().unwrap()];
    decoder.read_image(&mut points).unwrap();
    assert_eq!(decoder.dimensions(), (32, 20));
    let count = points.len() / upright.points().len();
    let seen = points.chunks(count).zip(upright.points());
    assert!(seen.into_iter().all(|(seen, expected)| seen[..3] == expected[..3]));
}

#[test]
fn webp_goes_on_moving() {
    let frames = [scene(32, 20), scene(32, 20), Raster::new(32, 20).unwrap()];
    let mut chunks = vec![(b"VP8X", vec![0x12, 0, 0, 0, 31, 0, 0, 19, 0, 0]), (b"ANIM", vec![1, 2, 3, 4, 5, 0])];
    for (raster, duration) in frames.iter().zip([40_u8, 50, 60]) {
        let points = webp_points(raster);
        let head = [0, 0, 0, 0, 0, 0, 31, 0, 0, 19, 0, 0, duration, 0, 0, 2];
        let length = u32::try_from(points.len()).unwrap().to_le_bytes();
        let padding = vec![0; points.len() % 2];
        chunks.push((b"ANMF", [&head[..], b"VP8L", &length, &points, &padding].concat()));
    }
    chunks.push((b"XMP ", tokens().into_bytes()));
    let rebuilt = bare(&riff(&chunks)).unwrap();
    assert_no_token(&rebuilt.octets);
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(&rebuilt.octets)).unwrap();
    assert_eq!((decoder.num_frames(), decoder.dimensions()), (3, (32, 20)));
    for (expected, duration) in frames.iter().zip([40, 50, 60]) {
        let mut points = vec![0; decoder.output_buffer_size().unwrap()];
        assert_eq!(decoder.read_frame(&mut points).unwrap(), duration);
        assert!(points == expected.points().as_flattened());
    }
}

#[test]
fn tiff_keeps_all_its_pages() {
    use ::tiff::encoder::{TiffEncoder, colortype::RGB8};
    use ::tiff::tags::Tag;
    let mut octets = Vec::new();
    let mut encoder = TiffEncoder::new(Cursor::new(&mut octets)).unwrap();
    for page in [scene(24, 10), scene(16, 12)] {
        let mut image = encoder.new_image::<RGB8>(page.width() as u32, page.height() as u32).unwrap();
        image.encoder().write_tag(Tag::Artist, tokens().as_str()).unwrap();
        let points: Vec<u8> = page.points().iter().flat_map(|point| point[..3].to_vec()).collect();
        image.write_data(&points).unwrap();
    }
    let rebuilt = bare(&octets).unwrap();
    assert_eq!(rebuilt.kind, FileKind::Png);
    assert_no_token(&rebuilt.octets);
    let seen = png_points(&rebuilt.octets);
    assert_eq!((seen.width(), seen.height()), (24, 22));
    assert!(seen.points()[..240] == *scene(24, 10).points());
    assert!(seen.points()[240..256] == scene(16, 12).points()[..16]);
}

pub(super) fn bitmap(bits: u16, height: i32, points: &[u8]) -> Vec<u8> {
    let mut octets = b"BM\0\0\0\0Anna".to_vec();
    octets.extend(54_u32.to_le_bytes());
    octets.extend([40, 0, 0, 0, 2, 0, 0, 0]);
    octets.extend(height.to_le_bytes());
    octets.extend([1, 0]);
    octets.extend(bits.to_le_bytes());
    octets.extend([0; 24]);
    octets.extend(points);
    octets
}

#[test]
fn bmp_is_read_from_either_end() {
    let rows = [[1, 2, 3, 4, 5, 6, 0, 0], [7, 8, 9, 10, 11, 12, 0, 0]];
    let down = png_points(&bare(&bitmap(24, -2, &rows.concat())).unwrap().octets);
    let up = png_points(&bare(&bitmap(24, 2, &[rows[1], rows[0]].concat())).unwrap().octets);
    let expected = [[3, 2, 1, 255], [6, 5, 4, 255], [9, 8, 7, 255], [12, 11, 10, 255]];
    assert_eq!((down.points(), up.points()), (&expected[..], &expected[..]));
}

#[test]
fn an_icon_keeps_what_is_masked_out() {
    let mut octets = b"\0\0\x01\0\x01\0\x02\x02\0\0\x01\0\x18\0\0\0\0\0\x16\0\0\0".to_vec();
    // Twice the height: the mask stands below, its rows filled up to four octets.
    octets
        .extend(&bitmap(24, 4, &[1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0])[14..]);
    let seen = png_points(&bare(&octets).unwrap().octets);
    assert_eq!(seen.points(), [[9, 8, 7, 255], [12, 11, 10, 255], [0, 0, 0, 0], [6, 5, 4, 255]]);
}

#[test]
fn a_photograph_without_loss_stays_small() {
    let photograph = scene(300, 200);
    let webp = still::rebuild(&photograph, 1000, 0, Origin::Photograph).unwrap();
    assert_eq!(webp.kind, FileKind::Jpeg);
    assert!(likeness(&seen(&webp.octets), &photograph) > 33.0);
    let png = png::encode(&photograph).unwrap();
    assert_eq!(still::rebuild(&photograph, png.len() / 6, 0, Origin::Exact).unwrap().kind, FileKind::Jpeg);
    assert_eq!(still::rebuild(&photograph, png.len() / 3, 0, Origin::Exact).unwrap().kind, FileKind::Png);
}

#[test]
fn kinds_are_told_by_their_octets() {
    let others: [&[u8]; 7] = [
        b"\0\0\0\x18ftypheic\0\0\0\0mif1",
        b"\0\0\0\x1Cftypavif\0\0\0\0mif1",
        b"<?xml version='1.0'?>\n<!-- Anna --><svg xmlns='http://www.w3.org/2000/svg'><text>Anna</text></svg>",
        b"\xEF\xBB\xBF <svg/>",
        b"8BPS\0\x01",
        b"\0\0\0\x0CjP  \r\n\x87\n",
        b"\xFF\x0A\0\0",
    ];
    for octets in others {
        assert!(is_picture(octets));
        assert_eq!(rebuild(octets, &mut FileBudget::default()), Err(Unfit::Unsupported));
    }
    for octets in [
        &b""[..],
        b"%PDF-1.7",
        b"BM",
        b"Hej Anna",
        b"PK\x03\x04",
        b"<html><body>",
        b"RIFF\0\0\0\0WAVE",
        b"\0\0\0\x18ftypmp42",
    ] {
        assert!(!is_picture(octets));
        assert_eq!(rebuild(octets, &mut FileBudget::default()), Err(Unfit::Broken));
    }
}

/// A small one of each kind.
pub(super) fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mut tiff = Vec::new();
    let mut encoder = ::tiff::encoder::TiffEncoder::new(Cursor::new(&mut tiff)).unwrap();
    encoder.write_image::<::tiff::encoder::colortype::Gray8>(4, 3, &[7; 12]).unwrap();
    let points = webp_points(&scene(9, 7));
    vec![
        ("jpeg", jpeg::encode(&scene(40, 24)).unwrap()),
        ("png", png::encode(&scene(12, 9)).unwrap()),
        ("gif", gif(&[gif_frame(0, 8, 7), gif_frame(2, 4, 9)])),
        ("webp", riff(&[(b"VP8L", points)])),
        ("tiff", tiff),
        ("bmp", bitmap(24, 2, &[1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0])),
    ]
}
