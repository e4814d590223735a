//! Signature blocks of every kind, and letters that only end like one.

use super::*;

fn block_of<'a>(lines: impl Iterator<Item = &'a str>) -> Option<usize> {
    block(lines, Separator::Exact)
}

#[test]
fn a_long_text_below_a_dash_is_no_signature() {
    assert_eq!(separator("-- "), Some(Separator::Exact));
    assert_eq!((separator("--"), separator("---")), (Some(Separator::Bare), None));
    assert_eq!(block_of("Anna\n070\n".lines()), Some(2));
    assert_eq!(block_of("rad\n".repeat(40).lines()), None);
}

#[test]
fn what_the_writer_says_below_a_dash_stays() {
    let length = |text: &str| block_of(text.lines());
    assert_eq!(length("Anna Karlsson\n070\n\nPS. Jag kommer på tisdag.\n\nSes!"), Some(3));
    assert_eq!(length("Anna Karlsson\nPS. Mötet är flyttat."), Some(1));
    assert_eq!(length("Anna Karlsson\n\nMötet är flyttat till tisdag klockan tio."), Some(2));
    assert_eq!(length("Jag mår inte bra i dag.\n\nKram"), Some(0));
    assert_eq!(length("I går var det fint väder.\nMamma kom hem sent.\n\nSedan grät jag hela natten."), None);
    assert_eq!(
        length("Anna Karlsson, kurator\nSocialtjänsten i Karlstad\nOm du inte är avsedd mottagare, radera."),
        Some(3)
    );
    assert_eq!(length("Anna\n\nLivet är en fest."), Some(3));
    assert_eq!(block("som ingen ser\n\nVad tycker du?".lines(), Separator::Bare), None);
    assert_eq!(block("Anna\n070-123".lines(), Separator::Bare), Some(2));
}

/// What is left of lines when their undelimited signature is cut.
fn left(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let cut = undelimited(&lines).unwrap_or(0..0);
    let kept = lines.iter().enumerate().filter(|(place, _)| !cut.contains(place));
    kept.map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
}

#[test]
fn contact_lines_below_a_sign_off_go() {
    for (text, wanted) in [
        ("Hej!\n\nMvh\nAnna Karlsson\nKurator\nTel: 070-174 06 05", "Hej!\n\nMvh"),
        (
            "Ses!\n\nMed vennlig hilsen\n\nKari Nordmann\n\nRådgiver\nNAV Eksempel\nTlf. 912 34 567\nwww.example.no",
            "Ses!\n\nMed vennlig hilsen\n",
        ),
        ("Hej\nMvh Anna\n070-174 06 05", "Hej\nMvh Anna"),
        (
            "Hej\nVenlig hilsen\nSøren\nsoren@example.dk\n\nPS. Husk mødet.",
            "Hej\nVenlig hilsen\nSøren\n\nPS. Husk mødet.",
        ),
        (
            "Hallo!\n\nMit freundlichen Grüßen\n\nHans Beispiel\nSachbearbeiter\nBeispiel GmbH\nTel.: 030 1234567",
            "Hallo!\n\nMit freundlichen Grüßen\n",
        ),
        ("Hej\nKram\nVinter\n\nAnna Karlsson\n070-174 06 05\n\n”Carpe diem”", "Hej\nKram\nVinter"),
        ("Hei\nTerveisin\nAino Virtanen\nKoivukatu 3\n00100 Helsinki", "Hei\nTerveisin"),
        ("Ses på tisdag.\n\nAnna Karlsson\nKurator\n070-174 06 05", "Ses på tisdag.\n"),
    ] {
        assert_eq!(left(text), wanted, "{text}");
    }
}

#[test]
fn nothing_else_goes() {
    for text in [
        "Hej!\n\nKram\nVinter",
        "Hej!\n\nKram\nAnna Karlsson",
        "Hej!\n\nKram\nVinter\nSommar och höst",
        "Kram\nVinter\n\nJag kommer på tisdag, Storgatan 12.",
        "Kram\nVinter\n\nKvinnofridslinjen: 020-50 50 50",
        "Kram\nVinter\n\nPS. Ring 070-174 06 05.",
        "Mvh\nsol\nregn\nsnö",
        "Här är adressen:\n\nAnna Karlsson\nStorgatan 12\n652 24 Karlstad",
        "Anna Karlsson\nStorgatan 12\n070-174 06 05",
        "Kram\nVinter\n\n- mjölk\n- bröd",
        "Tack!\nMötet är den 12 november kl 10:00.",
    ] {
        assert_eq!(left(text), text);
    }
}
