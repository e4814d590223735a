//! Drawings: what they show is drawn, what they say of themselves stays behind, and none of them costs too much.

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

const SPACE: &str = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'";

fn drawing(size: &str, inside: &str) -> Vec<u8> {
    format!("<?xml version='1.0'?><svg {SPACE} {size}>{inside}</svg>").into_bytes()
}

/// Two hundred points by one hundred, which is drawn twice as fine, or larger.
fn plain(inside: &str) -> Vec<u8> {
    drawing("width='200' height='100'", inside)
}

fn drawn(octets: &[u8]) -> Raster {
    let made = bare(octets).unwrap_or_else(|why| panic!("{why:?}: {}", String::from_utf8_lossy(octets)));
    assert_eq!(made.kind, FileKind::Png);
    assert_no_token(&made.octets);
    png_points(&made.octets)
}

/// The point at a place, in hundredths of the width and of the height.
fn at(raster: &Raster, across: usize, down: usize) -> [u8; 4] {
    raster.points()[raster.height() * down / 100 * raster.width() + raster.width() * across / 100]
}

fn packed(octets: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(octets).unwrap();
    packer.finish().unwrap()
}

const RED: [u8; 4] = [255, 0, 0, 255];
const NOTHING: [u8; 4] = [0; 4];

#[test]
fn what_a_drawing_shows_is_drawn() {
    for inside in [
        "<rect width='100' height='100' fill='red'/>",
        "<style>.r{fill:#f00}</style><path class='r' d='M0 0h100v100h-100z'/>",
        "<defs><rect id='r' width='100' height='100'/></defs><use xlink:href='#r' style='fill:rgb(255,0,0)'/>",
        "<pattern id='p' width='10' height='10' patternUnits='userSpaceOnUse'><rect width='10' height='10' fill='red'/>\
         </pattern><rect width='100' height='100' fill='url(#p)'/>",
        "<clipPath id='c'><rect width='100' height='100'/></clipPath><rect width='200' height='100' fill='red' clip-path='url(#c)'/>",
        "<filter id='f'><feOffset dx='0' dy='0'/></filter><rect width='100' height='100' fill='red' filter='url(#f)'/>",
    ] {
        for octets in [plain(inside), packed(&plain(inside))] {
            let raster = drawn(&octets);
            assert_eq!((raster.width(), raster.height()), (512, 256), "{inside}");
            assert_eq!((at(&raster, 25, 50), at(&raster, 75, 50)), (RED, NOTHING), "{inside}");
        }
    }
}

#[test]
fn sizes_are_sensible() {
    let rect = "<rect width='100%' height='100%' fill='red'/>";
    for (size, wanted) in [
        ("viewBox='0 0 24 24'", (512, 512)),
        ("width='600' height='300'", (1200, 600)),
        ("width='9000' height='4500'", (2048, 1024)),
        ("width='4000000' height='1'", (2048, 1)),
        ("width='10cm' height='5cm' viewBox='0 0 10 5'", (756, 378)),
    ] {
        let raster = drawn(&drawing(size, rect));
        assert_eq!((raster.width(), raster.height()), wanted, "{size}");
    }
}

#[test]
fn nothing_of_the_text_arrives() {
    let token = tokens();
    let octets = plain(&format!(
        "<!-- {token} --><title>{token}</title><desc>{token}</desc><metadata><x>{token}</x></metadata>\
         <script>/* {token} */</script><g id='Anna Karlsson' aria-label='{token}'><rect width='100' height='100' fill='red'/></g>\
         <image href='https://example.org/Anna%20Karlsson.png' width='9' height='9'/>\
         <image href='file:///C:/Anna-monitor.png' width='9' height='9'/><text>{token}</text>"
    ));
    let made = bare(&octets).unwrap();
    assert!(made.traces >= 5, "{}", made.traces);
    assert_eq!(at(&drawn(&octets), 25, 50), RED);
}

#[test]
fn letters_are_given_to_be_washed() {
    let read = |inside: &str| letters(&plain(inside), &mut FileBudget::default());
    for (inside, wanted) in [
        ("<text x='1'>Anna  <tspan>Karlsson</tspan></text><title>x</title>", "Anna Karlsson\n"),
        ("<text><tspan x='0' dy='1em'>ett</tspan><tspan x='0' dy='1em'>två</tspan></text>", "ett\ntvå\n"),
        (
            "<g><text>ett</text></g><g display='none'><text>dolt</text></g><text style='display: none'>dolt</text>",
            "ett\n",
        ),
        (
            "<switch><foreignObject><div xmlns='http://www.w3.org/1999/xhtml'>ett<p>två</p></div></foreignObject><text>ett</text></switch>",
            "ett\ntvå\n",
        ),
        ("<rect width='9' height='9'/>löst<style>x</style><metadata>m</metadata>", ""),
    ] {
        assert_eq!(read(inside), wanted, "{inside}");
    }
    assert_eq!(letters(&packed(&plain("<text>hej</text>")), &mut FileBudget::default()), "hej\n");
    assert_eq!(letters(&super::png(), &mut FileBudget::default()), "");
    assert_eq!(bare(&plain("<text>bara ord</text>")).unwrap_err(), Unfit::Unsupported, "a blank picture is none");
}

#[test]
fn pictures_within_are_built_anew() {
    let held = |kind: &str, octets: &[u8]| {
        let packed = data_encoding::BASE64.encode(octets);
        plain(&format!(
            "<rect x='150' width='50' height='100' fill='red'/>\
             <image width='100' height='100' preserveAspectRatio='none' href='data:{kind};base64,{packed}'/>"
        ))
    };
    let whole = [&super::png()[..], tokens().as_bytes()].concat();
    assert_eq!(at(&drawn(&held("image/png", &whole)), 2, 5)[3], 255);
    assert_eq!(at(&drawn(&held("image/jpeg", &super::jpeg())), 25, 50)[3], 255);
    let inner = plain("<rect width='200' height='200' fill='red'/>");
    for (kind, octets) in [("image/svg+xml", &inner[..]), ("image/png", b"x"), ("text/plain", &inner)] {
        assert_eq!(at(&drawn(&held(kind, octets)), 25, 50), NOTHING, "{kind}");
    }
}

/// Drawings that ask for more than anybody has.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let chain = |first: &str, link: &dyn Fn(usize) -> String, last: &str| {
        plain(&(first.to_owned() + &(1..12).map(link).collect::<String>() + last))
    };
    let rect = "<g id='n0'><rect width='9' height='9'/></g>";
    let uses = |n: usize| format!("<g id='n{n}'>{}</g>", format!("<use href='#n{}'/>", n - 1).repeat(10));
    let patterns = |n: usize| {
        let rects = format!("<rect width='9' height='9' fill='url(#n{})'/>", n - 1).repeat(10);
        format!("<pattern id='n{n}' width='1' height='1'>{rects}</pattern>")
    };
    let corners = "h1v1".repeat(40_000);
    let marks = "<marker id='m'><rect width='9' height='9'/></marker>".to_owned()
        + &format!("<path d='M0 0{corners}' style='marker: url(#m)'/>").repeat(6);
    let entity = |n: usize| format!("<!ENTITY e{n} '{}'>", format!("&e{};", n - 1).repeat(10));
    let entities = (1..12).map(entity).collect::<Vec<_>>().concat();
    let laughs = format!("<!DOCTYPE svg [<!ENTITY e0 'ha'>{entities}]><svg {SPACE}><text>&e11;</text></svg>");
    let long = format!(
        "<!DOCTYPE svg [<!ENTITY e '{}'>]><svg {SPACE}><text>{}</text></svg>",
        "x".repeat(100_000),
        "&e;".repeat(20_000)
    );
    let rules = format!("<style>{}</style>{}", "g g.a{fill:red}".repeat(30_000), "<g/>".repeat(3_000));
    vec![
        ("uses", chain(rect, &uses, "<use href='#n11'/>")),
        ("patterns", chain("", &patterns, "<rect width='9' height='9' fill='url(#n11)'/>")),
        ("markers", plain(&marks)),
        ("styled markers", plain(&format!("<style>path{{marker:url(#m)}}</style>{marks}"))),
        ("laughs", laughs.into_bytes()),
        ("long entity", long.into_bytes()),
        ("rules", plain(&rules)),
        ("elements", plain(&"<g/>".repeat(200_000))),
        ("depth", plain(&("<g>".repeat(20_000) + &"</g>".repeat(20_000)))),
        ("octets", packed(&plain(&" ".repeat(40 << 20)))),
        ("dashes", plain("<path d='M0 0H90000' stroke='red' stroke-dasharray='0.001'/>")),
        ("overdraw", plain(&"<rect width='200' height='100' fill='red' opacity='.5'/>".repeat(60_000))),
        (
            "pattern",
            plain(
                "<pattern id='p' width='9000000' height='9000000' patternUnits='userSpaceOnUse'><path d='M0 0h9'/>\
                 </pattern><rect width='9' height='9' fill='url(#p)'/>",
            ),
        ),
        (
            "layers",
            plain(
                &("<g opacity='.5'><rect x='-900' y='-900' width='2000' height='2000'/>".repeat(40)
                    + &"</g>".repeat(40)),
            ),
        ),
        (
            "effects",
            plain(&format!(
                "<filter id='f' x='-50' y='-50' width='100' height='100'>{}</filter><rect width='200' height='100' filter='url(#f)'/>",
                "<feGaussianBlur stdDeviation='900'/>".repeat(2_000)
            )),
        ),
    ]
}

#[test]
fn nothing_costs_too_much() {
    for (name, octets) in bombs() {
        let why = bare(&octets).err();
        assert!(matches!(why, Some(Unfit::TooLarge | Unfit::Broken)), "{name}: {why:?}");
    }
}

#[test]
fn what_leads_to_itself_or_nowhere_is_no_trap() {
    for inside in [
        "<use href='#a' id='a'/>",
        "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>",
        "<pattern id='p' width='1' height='1'><rect width='1' height='1' fill='url(#p)'/></pattern><rect width='9' height='9' fill='url(#p)'/>",
        "<mask id='m' mask='url(#m)'><rect width='9' height='9'/></mask><rect width='9' height='9' mask='url(#m)'/>",
        "<filter id='f'><feTurbulence numOctaves='999999999'/></filter><rect width='9' height='9' filter='url(#f)'/>",
        "<filter id='f'><feImage href='#f'/></filter><rect width='9' height='9' filter='url(#f)'/>",
    ] {
        assert!(matches!(bare(&plain(inside)), Err(Unfit::Broken | Unfit::Unsupported)), "{inside}");
    }
    let twice = "<g id='a'/><g id='a'/><rect id='a' width='100' height='100' fill='red'/><use href='#a' y='900'/>";
    assert_eq!(at(&drawn(&plain(twice)), 25, 50), RED, "programs repeat names");
    let typed = [
        b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd' [<!ENTITY c 'red'>]>"
            .as_slice(),
        &plain("<rect width='100' height='100' fill='&c;'/>")[21..],
    ];
    assert_eq!(at(&drawn(&typed.concat()), 25, 50), RED);
    let nowhere = "<use href='#x'/><rect width='100' height='100' fill='url(#x) red' mask='none'/>";
    assert_eq!(at(&drawn(&plain(nowhere)), 25, 50), RED);
    for size in [
        "width='0' height='0'",
        "width='-1' height='9'",
        "width='1e38' height='1e38'",
        "viewBox='0 0 0 0'",
        "width='nan'",
    ] {
        let _ = bare(&drawing(size, "<rect width='9' height='9'/>"));
    }
}

/// A drawing with something of everything.
fn rich() -> Vec<u8> {
    plain(
        "<style>.a{fill:url(#g);stroke:#00f}</style><linearGradient id='g'><stop stop-color='red'/><stop \
         offset='1' stop-color='#00ff0080'/></linearGradient><marker id='m'><path d='M0 0L5 5'/></marker>\
         <path class='a' marker-end='url(#m)' d='M10 10C20 20 40 20 50 10A5 9 0 0 1 9 9z' stroke-dasharray='3 1'/>\
         <text x='1'>Hej &amp; h&#229;</text><g transform='rotate(30) scale(2,.5)' opacity='.5'><circle r='9'/></g>",
    )
}

#[test]
fn cut_and_bent_it_is_drawn_or_refused() {
    let whole = rich();
    assert_eq!(drawn(&whole).width(), 512);
    let mut noise = noise(5);
    for place in 0..whole.len() {
        assert!(bare(&whole[..place]).is_err(), "cut at {place}");
        let mut bent = whole.clone();
        bent[place] = [b'0', b'9', b'<', b'\'', b'-', 0xff][noise() as usize % 6];
        let _ = bare(&bent);
        let _ = letters(&bent, &mut FileBudget::default());
    }
    let packed = packed(&whole);
    for place in 0..packed.len() {
        assert!(bare(&packed[..place]).is_err(), "cut at {place}");
    }
}
