//! Identifiers found however they are written, and words left alone that only look like them.

use super::*;
use crate::known::fold;

fn of(names: &[&str], addresses: &[&str], other: &[&str]) -> Needles {
    let mut identity = Identity::default();
    let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    identity.sender.names = owned(names);
    identity.sender.addresses = owned(addresses);
    identity.sender.other = owned(other);
    identity.sender.pseudonym = Some("Vinter".into());
    identity.recipient.names = vec!["Frida Larsson".into()];
    identity.recipient.pseudonym = Some("Frida".into());
    let mut needles = Needles::of(&identity);
    needles.compile();
    needles
}

fn anna() -> Needles {
    of(
        &["Anna Karin Karlsson", "Ankan", "Bo Ek"],
        &["anna.karlsson@example.net", "sommar77@example.com"],
        &["Storgatan 12", "Exempelbolaget AB"],
    )
}

fn found_by<'t>(needles: &Needles, text: &'t str) -> Vec<&'t str> {
    let mut matches = needles.find(text, &fold::fold(text));
    matches.sort_by_key(|m| (m.begin, usize::MAX - m.end));
    let mut end = 0;
    matches.retain(|m| {
        let is_new = m.end > end;
        end = end.max(m.end);
        is_new
    });
    matches.iter().map(|m| &text[m.begin..m.end]).collect()
}

/// Every word in `<…>` is found, and nothing else.
fn check(needles: &Needles, marked: &str) {
    let text = marked.replace(['<', '>'], "");
    let wanted: Vec<&str> = marked.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(w, _)| w).collect();
    assert_eq!(found_by(needles, &text), wanted, "{marked}");
}

#[test]
fn names_in_every_dress() {
    for marked in [
        "Jag heter <Anna Karlsson>.",
        "<KARLSSON, ANNA>",
        "<Anna>s bok, <Karlsson>s hus, <Anna>'s och <Karlsson>’s",
        "<anna-karin>",
        "@<annakarinkarlsson>, så @<annakarlsson82>, så <AnnaKarin>, <akarlsson>",
        "<An\u{200b}na> <An\u{f8f0}na> <Аnnа> <𝐀𝐧𝐧𝐚> <ａｎｎａ>",
        "<A n n a  K a r l s s o n>\n\n<a.n.n.a>",
        "<Bo Ek> var här, boek inte",
        "<Ankan>s <anna82>",
        "<Storgatan\n12> och <storgatan 12>, <Storgatan 12B>, <Storgatan 12 B>, <Storg. 12>",
        "på <Exempelbolaget> i <Exempelbolaget>s lokal",
        "Frida <Larsson>, <fridalarsson>, Frida <L>. och Frida i dag",
        "/<AK>",
        "Hälsar\n<A.K>.",
    ] {
        check(&anna(), marked);
    }
}

#[test]
fn spellings_of_other_keyboards_and_languages() {
    let needles =
        of(&["Åsa Müller", "Øyvind Kjær", "Anna-Karin Karlsson-Berg", "Mikko Virtanen", "Ulla von Essen"], &[], &[]);
    for marked in [
        "<Asa>, <Aasa>, <ÅSA> och <Mueller>, <Muller>",
        "<Oyvind> eller <Oeyvind>, <Kjær>, <Kjaer>, <Kjär>",
        "<AnnaKarin> <Anna Karin> <anna-karin> och <Karlsson>",
        "Moi, minä olen <Mikko> ja tämä on <Miko>n kirja, <Mikko>lle ja <Virtase>lta, <Karlsson>ille ei ole",
        "en annan dag, von var det",
        "<Ulla von Essen>, <von Essen>, <Essen>",
    ] {
        check(&needles, marked);
    }
}

#[test]
fn addresses_in_every_dress() {
    for written in [
        "anna.karlsson@example.net",
        "ANNA.KARLSSON@EXAMPLE.NET",
        "anna.karlsson (at) example.net",
        "anna punkt karlsson snabel-a example punkt net",
        "anna.karlsson%40example.net",
        "anna.karlsson&#64;example.net",
        "anna karlsson @ example . net",
        "anna.karlsson[a]example.net",
        "naan.xneyffba@rknzcyr.arg",
        "ten.elpmaxe@nosslrak.anna",
    ] {
        assert_eq!(found_by(&anna(), &format!("skriv till {written} nu")), [written]);
    }
    for marked in ["jag är <sommar77> där", "<anna.karlsson>+shop@example.net", "<anna_karlsson> och <anna karlsson>"]
    {
        check(&anna(), marked);
    }
    let short = of(&[], &["bo@ek.se", "sommar.natt@example.org", "info@example.org"], &[]);
    for marked in [
        "mejla <bo@ek.se>. Jag bor i boet. Bo, ek se!",
        "en ljum sommar, natt och dag; <sommar.natt> heter jag; sommar natt",
        "mer info finns",
    ] {
        check(&short, marked);
    }
}

#[test]
fn other_words_are_left_alone() {
    for text in [
        "Johanna och Karl",
        "bananna",
        "sommar 77",
        "en ekande sal",
        "Vinter kommer. Hej Frida!",
        "Storgatan 121",
        "karlssonska",
        "en annan gång. Annan mat.",
        "Frida I dag",
        "OK\n\nAkut",
    ] {
        check(&anna(), text);
    }
}

#[test]
fn names_that_are_words_need_more_than_their_letters() {
    let needles = of(
        &["Björn Stark", "Grace May Young", "Will Mark", "Lena Lund", "Hope Best", "Toivo Lahti", "My Vår"],
        &[],
        &[],
    );
    for marked in [
        "en björn är stark. Stark är den.",
        "jag, <Björn>, var där",
        "Hälsningar\n<björn>\n",
        "Hälsningar\n<Björn>",
        "björnen är farlig. Björnen sover",
        "jag heter <björn> och bor här",
        "<Björn> ringde igår. Björn kan vara farlig.",
        "<björn stark> och <Stark, Björn>",
        "Dr. <Stark> sa det. Det är så.",
        "the young ones. Will you come in May? We met on 3 May, in May 2026, May 4.",
        "I saw <Grace> and <Will>. <Will>'s car. <Grace> told me. By the grace of God",
        "My hope is strong. I hope you have the best day.\nBest,\n",
        "jag bor i Lund men <Lund> är arg på mig",
        "I mars kommer vår. Vår familj. Det är my bättre",
        "toivon että tulet. Toivo elää. Minä olen <Toivo> ja asun Lahdessa",
        "- Björn\n- varg\n- räv",
        "DET VAR EN BJÖRN",
        "Jag såg en björn. Stark var den.",
    ] {
        check(&needles, marked);
    }
}

#[test]
fn names_of_offices_are_words_of_everybody() {
    let mut needles = of(&[], &[], &[]);
    needles.add_detail("Kliniken Stockholm");
    needles.add_detail("Solen AB");
    needles.add_host("annas-laptop");
    needles.add_host("klinik.example.net");
    needles.compile();
    for marked in [
        "i Stockholm finns kliniken; <Kliniken Stockholm> ringde",
        "solen skiner på <Solen AB>, i <Solen> jobbar jag",
        "<annas-laptop>, annas laptop, <klinik.example.net>, https://www.<klinik.example.net>/x, klinik. Example. Net",
    ] {
        check(&needles, marked);
    }
}

#[test]
fn hostile_texts_cost_what_they_are_long() {
    let needles = anna();
    for unit in ["anna", "a.n.", "A ", "ann\u{301}", "anna ", "Anna.\n", "&#97;", "%61", "karlsson,", "annapunkt"] {
        let text = unit.repeat(60_000);
        assert!(needles.find(&text, &fold::fold(&text)).len() <= text.len());
    }
}
