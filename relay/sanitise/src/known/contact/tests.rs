//! Contact details are found whole, and what looks like them is left alone.

use super::*;

/// Matches with their kinds; `08-123 45 67` and `info@example.org` may be told.
fn kinds(text: &str) -> Vec<(Seen, &str)> {
    let mut matches = Vec::new();
    let spared = Spared::of(["08-123 45 67", "info@example.org", "instagram.com/jouren"]);
    details(text, &Context { phones: &[digits::significant_of("0555-12 34")], spared: &spared }, &mut matches);
    matches.iter().map(|m| (m.seen, &text[m.begin..m.end])).collect()
}

/// Each text holds exactly one detail, in the brackets.
fn each_is(seen: Seen, texts: &[&str]) {
    for marked in texts {
        let (before, rest) = marked.split_once('⟦').unwrap();
        let (detail, after) = rest.split_once('⟧').unwrap();
        assert_eq!(kinds(&format!("{before}{detail}{after}")), [(seen, detail)], "{marked}");
    }
}

#[test]
fn telephone_numbers_at_home_and_abroad() {
    each_is(
        Seen::Phone,
        &[
            "ring ⟦070 1740605⟧.",
            "Du når mig på ⟦+46 70 174 06 22⟧ hela helgen.",
            "⟦070.174.06.66⟧ är min",
            "Min mobil: ⟦070/174 06 92⟧",
            "hemma ⟦08-46 50 04⟧ nu",
            "mobilen är ⟦+46(0)701740696⟧ men",
            "ring ⟦(070) 123 45 67⟧",
            "ring ⟦070-123\n45 67⟧",
            "sms ⟦0046 70 123 45 67⟧",
            "Jeg er på ⟦22 33 44 66⟧ til klokken fem",
            "skriv en sms til ⟦31323334⟧, jeg tør ikke snakke",
            "⟦28394051⟧ er mit nummer",
            "tlf. ⟦412.34.567⟧",
            "Ring ⟦+44 (0)20 7946 0991⟧, please",
            "text ⟦202-555-0178⟧ when you read this",
            "Puh. ⟦040 123 4567⟧",
            "Nummer ⟦0151/23456789⟧",
            "Det er ⟦(45) 28 39 40 52⟧ hos min moster.",
            "kendt: ⟦0555 12 34⟧",
        ],
    );
}

#[test]
fn telephone_numbers_in_disguise() {
    each_is(
        Seen::Phone,
        &[
            "nås på ⟦０７０－１２３４５６７⟧ alltid",
            "nås på ⟦0️⃣7️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣⟧ alltid",
            "nås på ⟦0\u{200b}7\u{200b}0-123 45 67⟧ alltid",
            "mitt nr är ⟦O7O-123 45 67⟧ ja",
            "det är ⟦0 7 0 1 7 4 0 6 9 3⟧, du fattar",
            "det är ⟦noll sju noll, ett sju fyra, noll sex, sju sju⟧",
            "Numret är ⟦noll sjuttio, hundrasjuttiofyra, noll sex, åttioåtta⟧.",
            "siffrorna är ⟦070 ett sju fyra noll sex nio fem⟧, blandat",
            "mit nummer er ⟦tyve tolv fireogtredive seksoghalvtreds⟧",
            "tlf ⟦ni hundre og tolv, trettifire, fem seks sju⟧",
            "my mobile is ⟦oh double seven double oh, nine hundred, one two three⟧",
            "se on ⟦nolla neljä nolla yksi kaksi kolme neljä viisi kuusi seitsemän⟧",
        ],
    );
}

#[test]
fn addresses_written_and_spelled() {
    each_is(
        Seen::Address,
        &[
            "mejla ⟦åsa.b+x@exämple.se⟧, tack",
            "?mail=⟦a%40example.net⟧&x",
            "<⟦a@example.org⟧>",
            "⟦anna&#64;example&#46;com⟧ tack",
            "⟦anna.karlsson @ gmail . com⟧ idag",
            "⟦a n n a @ g m a i l . c o m⟧",
            "⟦anna.karlsson@gmail⟧ idag",
            "min mail är ⟦lina punkt sjo snabel-a example punkt org⟧",
            "⟦tove[at]example[dot]net⟧",
            "⟦jag.ar.ensam(snabel-a)example.com⟧",
            "⟦ingvild punktum myhre alfakrøll example punktum org⟧",
            "⟦kissamamma miukumauku example piste com⟧ toimii",
            "It's ⟦lucy dot harrow at example dot org⟧, all lower case.",
            "skriv till ⟦anna.k på gmail⟧ istället",
            "⟦anna snabel-a gmail com⟧",
        ],
    );
}

#[test]
fn identity_numbers_by_their_check_digits() {
    each_is(
        Seen::NationalId,
        &[
            "jag är född ⟦20031118-2398⟧, så",
            "och har ⟦200311182398⟧ i passet.",
            "Samordningsnumret jag fick var ⟦581288-2388⟧.",
            "Jeg er ⟦090884-3282⟧ i systemet",
            "cpr er ⟦01 01 90 1234⟧ siger de",
            "lillesøster har ⟦268264 45911⟧, hun er bare åtte",
            "D-nummeret jeg fikk er ⟦60846335482⟧.",
            "hetu ⟦131052-308T⟧",
            "ne kysyi, ⟦100808A959W⟧, ja mä annoin sen",
            "NI number ⟦QQ 12 34 56 C⟧, if that helps.",
            "my social is ⟦987-65-4320⟧, is it bad",
        ],
    );
}

#[test]
fn homes_in_every_order() {
    each_is(
        Seen::Street,
        &[
            "Jag bor på ⟦Storgatan 12 B⟧ i stan",
            "Kom till ⟦Lilla Tallåsgränd 7, 2 tr⟧ i veckan.",
            "Adressen är ⟦Björkstigen 5, 113 37 Stockholm⟧, hos min faster.",
            "Jeg bor på ⟦Nørregade 14, 2. tv⟧. Han hører det.",
            "flyttet til ⟦Gl. Kongevej 112B, st. th⟧. i sidste uge.",
            "lejligheden er ⟦H.C. Andersens Boulevard 33⟧.",
            "til ⟦Nedre Slottsgate 112, H0203⟧ denne uka.",
            "Karl ser ⟦Karl Johans gate 7⟧ der",
            "Kom innom ⟦Øvre Kvåle 7B⟧ om du kan.",
            "Asun ⟦Mannerheimintie 14 A 3⟧ ja",
            "Come to ⟦Flat 3, 27 Harbour Street⟧ when you can.",
            "at ⟦9 St. Mary's Lane⟧.",
            "Ich wohne in der ⟦Lindenstraße 14⟧ und",
            "in der ⟦St.-Anna-Straße 11a⟧ mit",
            "J'habite ⟦12 rue de la Paix, 75002 Paris⟧",
            "Posten kan gå till ⟦754 21 Uppsala⟧, den",
            "⟦DK-9000 Aalborg⟧ stod der",
            "Post gets here with just ⟦SW1A 1AA⟧.",
            "Portkoden är ⟦1234⟧ och",
        ],
    );
}

#[test]
fn handles_and_rooms() {
    each_is(
        Seen::Handle,
        &[
            "Min insta är ⟦@tyst.som.en.mus⟧ om du vill",
            "lägg till mig på snap, jag heter ⟦blomman_87⟧",
            "discord: ⟦frostnatt#4471⟧",
            "snap: ⟦annak⟧",
            "jag heter ⟦solrosen⟧ på snapchat",
            "jag heter ⟦Stina Ek⟧ på Facebook",
            "discordissa ⟦yopollo#1187⟧",
            "etsi ⟦taivastytto07⟧ snäpistä",
            "i'm ⟦sadgirl2009⟧ on tiktok",
            "reddit: ⟦u/lucy_h⟧",
            "Telegram går också bra, ⟦t.me/vinterlina⟧.",
            "på ⟦https://us02web.zoom.us/j/84512345678?pwd=abcDEF123⟧",
            "⟦@anna:matrix.example⟧ går bra",
        ],
    );
}

#[test]
fn accounts_plates_and_machines() {
    each_is(
        Seen::Account,
        &[
            "Mitt konto är ⟦8327-9, 123 456 789-0⟧ i Swedbank.",
            "IBAN ⟦NO93 8601 1117 947⟧ om",
            "Kortet er ⟦4111-1111-1111-1111⟧ og",
            "Min konto er ⟦9999-0000112233⟧.",
            "My account is ⟦sort code 12-34-56, account 12345678⟧.",
            "btc ⟦1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa⟧",
        ],
    );
    each_is(
        Seen::Plate,
        &[
            "Han kör en Volvo med regnummer ⟦ABC 123⟧.",
            "bilen derude har ⟦CD 98 765⟧ på pladen",
            "svart Golf med skilt ⟦EL 12345⟧.",
            "rekkari ⟦ABC-123⟧.",
            "reg ⟦AB12 CDE⟧",
        ],
    );
    each_is(
        Seen::Network,
        &[
            "från ⟦192.0.2.7:25⟧ och",
            "är min ip-adress ⟦2001:db8:85a3::8a2e:370:7334⟧.",
            "Routern visar ⟦00:00:5E:00:53:AF⟧ och",
            "jag är på ⟦59.32932, 18.06858⟧ nu",
            "datorn heter ⟦DESKTOP-4F7K2LM⟧ och",
            "min telefon heter ⟦annas-iphone⟧ på nätet",
            "möt mig vid ⟦///ekorre.tall.sten⟧",
        ],
    );
}

#[test]
fn figures_that_reach_nobody_stay() {
    for text in [
        "Mötet är 2026-11-21 kl 14:05, eller 21/11-26, eller den 21.11.2026, eller 20261121.",
        "Mellan 08.00-17.00 och 18:30–21:15, klockan 0830-1630.",
        "Det kostade 12 345 678 kronor, 1 250:-, 4.799,00 kr. eller £12,345,678.",
        "Ta 2x1 Alvedon 500 mg och 37,5 mg Venlafaxin, 1+0+1.",
        "Ordernr 0701234567 och ärende 20261103-4411 är klara.",
        "Mit ordrenummer er 28394051. CVR-nr. 28 39 40 51.",
        "Org.nr. 912 345 678 MVA, sak 2026/004512, KID 1234567890123.",
        "ISBN 978-91-0-123456-7, version 1.2.3.4, kapitel 4.2.1.3.",
        "Ring 112, 114 14, 1177, 116 123, 90101 eller Kvinnofridslinjen 020-50 50 50.",
        "Livslinien 70 201 201, Kirkens SOS 22 40 00 40, Childline 0800 1111, Nollalinja 080 005 005.",
        "Tal 20 30 40 50 i rækken; 20 ganger på 12 timer, 34 beskeder og 56 opkald.",
        "en to tre fire fem seks sju åtte ni ti",
        "Vi var ett, två, tre, fyra, fem, sex, sju, åtta, nio, tio personer.",
        "Jag bor på Storgatan och jobbar i Stockholm. Gå vägen 3 km, sen riksväg 40.",
        "Vi ses på Storgatan 12 november, kl 18. Det var på Kungsgatan 2019.",
        "I 2024 København var stor. 5000 Menschen waren da.",
        "På Instagram: det är roligt. Jag är aktiv på Facebook, i en grupp som heter Föräldrar.",
        "Volvo V70 från 2007 och en BMW 320.",
        "Se https://example.org/artikel/0701234567 och www.1177.se.",
        "Filen heter rapport-20261103-4411.pdf och IMG_20260101_123456.jpg.",
        "@handle? nej: a @ b, hej@du, @alla, 5 @ 14.",
        "::, 1.2.3.400, kl 12:30:45, N:o 1415/2006",
        "Look at bbc dot com. Meet me at the park at 5.",
    ] {
        let found: Vec<_> = kinds(text).into_iter().filter(|(_, word)| *word != "@handle").collect();
        assert_eq!(found, [], "{text}");
    }
}

#[test]
fn what_may_be_told_is_told() {
    assert_eq!(kinds("Ring oss på 08-123 45 67 eller +46 8 123 45 67, skriv till info@example.org."), []);
    assert_eq!(kinds("Följ https://www.instagram.com/jouren/ och 020-50 50 50."), []);
}

#[test]
fn two_details_are_two() {
    let text = "Ring 0701-23 45 67/0702-34 56 78 eller skriv till a@example.org, Storgatan 5, 123 45 Lillby.";
    let found: Vec<&str> = kinds(text).into_iter().map(|(_, word)| word).collect();
    assert_eq!(found, ["0701-23 45 67", "0702-34 56 78", "a@example.org", "Storgatan 5, 123 45 Lillby"]);
}

#[test]
fn placeholders_are_no_details() {
    for word in ["[telefonnummer]", "[e-postadress]", "[adress]", "[profil]", "[kontonummer]", "[CPR-nummer]"] {
        assert_eq!(kinds(&format!("Ring mig på {word}, tack, min snap är {word} och insta: {word}.")), []);
    }
}

/// Deterministic numbers that look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

#[test]
fn hostile_texts_give_sound_matches() {
    let parts = [
        "070",
        "-",
        " ",
        "+46",
        "(",
        ")",
        "noll",
        "og",
        "Storgatan",
        "12",
        "@",
        "gmail",
        ".",
        "com",
        "snabel",
        "a",
        "\n",
        "\u{200b}",
        "７",
        "#4471",
        "snap:",
        "https://",
        "x.com/",
        "SE45",
        "///",
        "::",
        "0x",
        "%40",
        "&#64;",
        "kr",
        "O",
        "é",
        "🔟",
        "1️⃣",
        "IBAN",
        "double",
        "hundra",
        "1234567890123456789012345678901234567890",
        "_",
        "på",
        ",",
        "N",
        "59.32932",
    ];
    let mut chance = Chance(7);
    for _ in 0..3000 {
        let text: String = (0..chance.below(24)).map(|_| parts[chance.below(parts.len())]).collect();
        let mut matches = Vec::new();
        let context = Context { phones: &[b"701740605".to_vec()], spared: &Spared::default() };
        details(&text, &context, &mut matches);
        let mut last = 0;
        for m in &matches {
            assert!(m.begin >= last && m.begin < m.end && text.get(m.begin..m.end).is_some(), "{text:?} {m:?}");
            last = m.end;
        }
    }
}

#[test]
fn every_beginning_of_a_letter_is_read() {
    let text = "Ring 070-123 45 67 på Storgatan 12, 123 45 Lillby, a@example.org, snap: x_1, SE4550000000058398257466, \
                noll sju noll ett två, 59.32932, 18.06858, https://t.me/x é 131052-308T ///a.b.c DESKTOP-4F7K2LM";
    for end in 0..=text.len() {
        kinds(text.get(..end).unwrap_or_default());
    }
}

/// Vouchers, order codes and passwords: whatever their check digits would say, they and the words after them stay.
#[test]
fn codes_of_letters_and_digits_stay() {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnopqrstuvwxyz2345678";
    let mut chance = Chance(11);
    for _ in 0..20_000 {
        let code: String = (0..12).map(|_| char::from(SIGNS[chance.below(32)])).collect();
        let text = format!("Hello, this is letter q{code}.\nOne more line of everyday words, as people write them.\n");
        assert_eq!(kinds(&text), [], "{text}");
    }
    assert_eq!(kinds("Koden q8no2q5qyc42u.\nOne more line of everyday words."), []);
}
