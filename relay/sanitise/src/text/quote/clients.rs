//! Letters of the common clients, line by line: `K` is kept, `Q` is cut, `F` becomes the mark of a forwarded letter.

use super::*;
use std::fmt::Write as _;

fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// Cuts the lines without their marks; gives what came out and what should have.
fn both(occasion: Occasion, marked: &str) -> (String, String) {
    let lines =
        || marked.trim_start_matches('\n').split('\n').map(|line| line.split_at_checked(2).unwrap_or((line, "")));
    let text = joined(lines().map(|(_, line)| line));
    let wanted = lines().filter_map(|(mark, line)| match mark.trim_end() {
        "K" => Some(line),
        "F" => Some("[fwd]"),
        "" | "Q" => None,
        _ => panic!("{mark}"),
    });
    let wanted = joined(wanted);
    let tidy = |text: &str| {
        super::super::tidy::tidy(text).lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    (tidy(&cut(&text, occasion, "[fwd]").text), tidy(&wanted))
}

/// A letter that should come out as only some of its words.
fn leaves(occasion: Occasion, text: &str, wanted: &str, wrong: &mut String) {
    let got = super::super::tidy::tidy(&cut(text, occasion, "[fwd]").text);
    if got.trim() != wanted {
        writeln!(wrong, "---- of\n{text}\n---- came\n{got}").unwrap();
    }
}

fn check(occasion: Occasion, letters: &[&str]) {
    let mut wrong = String::new();
    for marked in letters {
        let (got, wanted) = both(occasion, marked);
        if got != wanted {
            writeln!(wrong, "---- of\n{marked}\n---- came\n{got}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn attributions_of_answers() {
    let mut wrong = String::new();
    for line in [
        "Den tors 20 nov. 2026 kl 14:03 skrev Frida <frida@relay.example.org>:",
        "Den tors 20 nov. 2026 kl 14:03 skrev Frida Larsson-Bergström <\nfrida@relay.example.org>:",
        "Den tors 20 nov. 2026 kl 14:03 skrev Frida\n<frida@relay.example.org\n>:",
        "Den torsdag 20 november 2026 kl. 14:03:12 CET, Frida <frida@relay.example.org>\nskrev:",
        "20 nov. 2026 kl. 14:03 skrev Frida <frida@relay.example.org>:",
        "20 nov 2026 kl. 14:03 skrev frida@relay.example.org:",
        "Den 20 november 2026 14:03:12 CET, skrev Frida <frida@relay.example.org>:",
        "Frida <frida@relay.example.org> skrev den tors 20 nov. 2026 kl 14:03:",
        "On Thu, Nov 20, 2026 at 2:03\u{202f}PM Frida <frida@relay.example.org> wrote:",
        "On Thursday, November 20th, 2026 at 14:03, Frida <frida@relay.example.org> wrote:",
        "On Thursday, 20 November 2026 at 14:03:12 CET, Frida via Relay <frida@relay.example.org> wrote:",
        "tor. 20. nov. 2026 kl. 14:03 skrev Frida <frida@relay.example.org>:",
        "Den tor. 20. nov. 2026 kl. 14.03 skrev Frida <frida@relay.example.org>:",
        "to 20. marrask. 2026 klo 14.03 Frida (frida@relay.example.org) kirjoitti:",
        "Frida <frida@relay.example.org> kirjoitti 20.11.2026 kello 14.03:",
        "Am Do., 20. Nov. 2026 um 14:03 Uhr schrieb Frida <frida@relay.example.org>:",
        "Le jeu. 20 nov. 2026 à 14:03, Frida <frida@relay.example.org> a écrit :",
        "pe 20.11.2026 klo 14.03 Frida <frida@relay.example.org> kirjoitti:",
        "čt 20. 11. 2026 v 14:03 odesílatel Frida <frida@relay.example.org> napsal:",
        "Frida <frida@relay.example.org> ezt írta (időpont: 2026. nov. 20., P, 14:03):",
        "joi, 20 nov. 2026 la 14:03 Frida <frida@relay.example.org> a scris:",
        "Em qui., 20 de nov. de 2026 às 14:03, Frida <frida@relay.example.org> escreveu:",
        "Vào Th 6, 20 thg 11, 2026 vào lúc 14:03 Frida <frida@relay.example.org> đã viết:",
        "2026年11月20日(金) 14:03 Frida <frida@relay.example.org>:",
        "Στις Παρ 20 Νοε 2026 στις 2:03 μ.μ., ο χρήστης Frida <frida@relay.example.org> έγραψε:",
        "20.11.2026 14:03, Frida <frida@relay.example.org> пишет:",
        "----- Frida <frida@relay.example.org> skrev:",
        "---- On Thu, 20 Nov 2026 14:03:12 +0100 Frida <frida@relay.example.org> wrote ----",
        "Den tors 20 nov. 2026 14:03Frida <frida@relay.example.org> skrev:",
        "Zitat von Frida <frida@relay.example.org>:",
        "Vào Th 5, 20 thg 11, 2026 vào lúc 14:03 Frida Larsson <\nfrida@relay.example.org> đã viết:",
        "ሰሉ 20 ሕዳር 2026 ሰዓት 14:03 Frida <frida@relay.example.org> ጽሒፋ፦",
    ] {
        let old = "Hur mår du?\nRing.";
        for text in [format!("Bra!\n\n{line}\n\n> Hur mår du?\n>\n>> Ring."), format!("Bra!\n\n{line}\n\n{old}")] {
            leaves(Occasion::Answer, &text, "Bra!", &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn attributions_without_an_address_go_with_their_quote() {
    let mut wrong = String::new();
    for line in [
        "Den 2026-11-20 kl. 14:03, skrev Frida:",
        "Den 20/11/2026 kl. 14.03 skrev Frida:",
        "On 20/11/2026 14:03, Frida wrote:",
        "On 11/20/26 2:03 PM, Frida wrote:",
        "Am 20.11.26 um 14:03 schrieb Frida:",
        "Le 20/11/2026 à 14:03, Frida a écrit :",
        "On Thu, 20 Nov 2026, at 14:03, Frida wrote:",
        "Frida skrev den 2026-11-20 14:03:",
        "Den 2026-11-20 14:03, skrev frida:",
        "20. nov. 2026 kl. 14:03 skrev Frida:",
        "Frida kirjoitti 20.11.2026 klo 14.03:",
        "El 20/11/26 a las 14:03, Frida escribió:",
        "Il 20/11/2026 14:03, Frida ha scritto:",
        "Op 20-11-2026 om 14:03 schreef Frida:",
        "W dniu 20.11.2026 o 14:03, Frida pisze:",
        "20.11.2026 14:03, Frida пишет:",
        "Frida wrote on 20/11/2026 14:03:",
        "Frida skrev:",
        "Quoting Frida:",
    ] {
        let text = format!("Bra!\n\n{line}\n> Hur mår du?\n>\n>> Ring.");
        leaves(Occasion::Answer, &text, "Bra!", &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn header_blocks_of_answers() {
    for block in [
        "Från: Frida <frida@relay.example.org>\nSkickat: den 20 november 2026 14:03\nTill: Anna <a@example.net>\nKopia: B\nÄmne: Hej",
        "Från: Frida\nSkickat: torsdag 20 november 2026 14:03\nTill: Anna\nÄmne: Hej",
        "________________________________\nFrån: Frida <frida@relay.example.org>\nSkickat: torsdag 20 november 2026 14:03\nTill: a@example.net <a@example.net>\nÄmne: Hej",
        "*Från:* Frida <frida@relay.example.org>\n*Skickat:* den 20 november 2026 14:03\n*Till:* Anna\n*Ämne:* Hej",
        "**Från:** Frida\n**Datum:** torsdag, 20 november 2026 kl. 14:03\n**Till:** Anna\n**Ämne:** Hej",
        "-----Ursprungligt meddelande-----\nFrån: Frida <frida@relay.example.org> \nSkickat: den 20 november 2026 14:03\nTill: Anna\nÄmne: Hej",
        "-----Opprinnelig melding-----\nFra: Frida\nSendt: torsdag 20. november 2026 14:03\nTil: Anna\nEmne: Hei",
        "-----Oprindelig meddelelse-----\nFra: Frida\nSendt: 20. november 2026 14:03\nTil: Anna\nEmne: Hej",
        "-----Alkuperäinen viesti-----\nLähettäjä: Frida\nLähetetty: torstai 20. marraskuuta 2026 14.03\nVastaanottaja: Anna\nAihe: Hei",
        "Lähettäjä: Frida <frida@relay.example.org>\nPäiväys: torstai 20. marraskuuta 2026 klo 14.03\nVastaanottaja: Anna\nAihe: Hei",
        "From: Frida <frida@relay.example.org>\nDate: Thursday, 20 November 2026 at 14:03\nTo: Anna\nSubject: Hi",
        "Von: Frida\nGesendet: Donnerstag, 20. November 2026 14:03\nAn: Anna\nBetreff: Hallo",
        "Gesendet: Donnerstag, 20. November 2026 um 14:03 Uhr\nVon: \"Frida\" <frida@relay.example.org>\nAn: a@example.net\nBetreff: Hallo",
        "De : Frida\nEnvoyé : jeudi 20 novembre 2026 14:03\nÀ : Anna\nObjet : Bonjour",
        "-------- Originalmeddelande --------\nFrån: Frida <frida@relay.example.org> \nDatum: 2026-11-20 14:03 (GMT+01:00) \nTill: a@example.net \nÄmne: Hej ",
        "-------- Originalmeddelande --------\nFrån: Frida <frida@relay.example.org>\nDatum: 2026-11-20 14:03",
        "------- Original Message -------\nOn Thursday, November 20th, 2026 at 14:03, Frida <frida@relay.example.org> wrote:",
        "------ Original Message ------\nFrom: \"Frida\" <frida@relay.example.org>\nTo: \"Anna\" <a@example.net>\nSent: 20/11/2026 14:03:07\nSubject: Re: Hi",
        "----- Ursprungligt meddelande -----\nFrån: \"Frida\" <frida@relay.example.org>\nTill: \"Anna\" <a@example.net>\nSkickat: torsdag, 20 nov 2026 14:03:07\nÄmne: Hej",
        "Frå: Frida\nSendt: torsdag 20. november 2026 14:03\nTil: Anna\nKopi: Bo;\n Ane <ane@example.net>\nEmne: Hei",
        "Od: Frida <frida@relay.example.org>\nWysłano: czwartek, 20 listopada 2026 14:03\nDo: Anna\nTemat: Cześć",
        "De: Frida\nEnviado: jueves, 20 de noviembre de 2026 14:03\nPara: Anna\nAsunto: Hola",
        "Da: Frida\nInviato: giovedì 20 novembre 2026 14:03\nA: Anna\nOggetto: Ciao",
        "Van: Frida\nVerzonden: donderdag 20 november 2026 14:03\nAan: Anna\nOnderwerp: Hoi",
        "От: Frida <frida@relay.example.org>\nОтправлено: 20 ноября 2026 г. 14:03\nКому: Anna\nТема: Hej",
        "Від: Frida <frida@relay.example.org>\nНадіслано: 20 листопада 2026 р. 14:03\nКому: Anna\nТема: Hej",
        "Kimden: Frida <frida@relay.example.org>\nGönderildi: 20 Kasım 2026 Perşembe 14:03\nKime: Anna\nKonu: Hej",
        "من: Frida <frida@relay.example.org>\nتم الإرسال: الخميس، 20 نوفمبر 2026 14:03\nإلى: Anna\nالموضوع: Hej",
        "发件人: Frida <frida@relay.example.org>\n发送时间: 2026年11月20日 14:03\n收件人: Anna\n主题: Hej",
        "Från: Frida [mailto:frida@relay.example.org] \nSkickat: den 20 november 2026 14:03\nTill: 'Anna Karlsson'\nÄmne: SV: Ett ganska långt ämne som har brutits\n över två rader",
    ] {
        let text = format!("Bra!\n\n{block}\n\nHur mår du?\nRing Kalle.\n\nMvh\nFrida");
        assert_eq!(cut(&text, Occasion::Answer, "[fwd]").text.trim(), "Bra!", "{text}");
        let marked = format!("> {}", text.split('\n').skip(2).collect::<Vec<_>>().join("\n> "));
        assert_eq!(cut(&format!("Bra!\n\n{marked}"), Occasion::Answer, "[fwd]").text.trim(), "Bra!", "{marked}");
        let fresh = format!("Se här.\n\n{block}\n\nHur mår du?\nRing.");
        let kept = cut(&fresh, Occasion::Forward, "[fwd]").text;
        assert_eq!(super::super::tidy::tidy(&kept), "Se här.\n\n[fwd]\n\nHur mår du?\nRing.\n", "{fresh}");
    }
}

#[test]
fn forwarded_letters_stay_without_their_heads() {
    check(
        Occasion::Forward,
        &[
            "K Läs!\nF ---------- Vidarebefordrat meddelande ---------\nQ Från: Skolan <s@example.org>\nQ Date: tors 20 nov. 2026 kl 14:03\nQ Subject: Möte\nQ To: <a@example.net>\nQ \nK Mötet är på tisdag.\nQ \nQ Med vänlig hälsning".replace("Q Med", "K Med").as_str(),
            "K Läs!\nF Vidarebefordrat brev:\nQ \nQ > Från: Skolan <s@example.org>\nQ > Ämne: Möte\nQ > Datum: 20 november 2026 14:03:07 CET\nQ > Till: a@example.net\nQ >",
            "K Se her\nF Begin forwarded message:\nQ \nQ From: Skolen <s@example.org>\nQ Subject: Møte\nQ Date: 20 November 2026 at 14:03:07 CET\nQ To: a@example.net\nQ \nK Møtet er tirsdag.",
            "K Look\nF -------- Forwarded Message --------\nQ Subject: \tMeeting\nQ Date: \tThu, 20 Nov 2026 14:03:07 +0100\nQ From: \tSchool <s@example.org>\nQ To: \ta@example.net\nQ \nK The meeting is on Tuesday.\nK \nK > an old line\nK the end.",
            "F ----- Forwarded Message ----- From: School <s@example.org>To: a@example.net <a@example.net>Sent: Thursday, November 20, 2026 at 09:00:00 AM GMT+1Subject: Meeting\nK The meeting is on Tuesday.",
        ],
    );
    let apple = "Läs!\n\nVidarebefordrat brev:\n\n> Från: S <s@example.org>\n> Ämne: M\n> Datum: 20 november 2026\n> \n> Mötet är på tisdag.\n> Välkommen.\n";
    assert_eq!(cut(apple, Occasion::Forward, "[fwd]").text, "Läs!\n\n[fwd]\n\nMötet är på tisdag.\nVälkommen.\n\n");
}

#[test]
fn interleaved_answers_keep_what_they_answer() {
    check(
        Occasion::Answer,
        &[
            "Q Den tors 20 nov. 2026 kl 14:03 skrev Frida <f@example.org>:\nQ \nQ > Hej!\nQ > \nK > Sover du?\nK Nej.\nK > Äter du?\nK Ja.\nQ > Kram\nQ > Frida",
            "Q > 20 nov. 2026 kl. 14:03 skrev Frida <f@example.org>:\nQ > \nK > Sover du?\nK Nej.\nQ >> Den 19 nov. 2026 kl. 14:03 skrev Anna <a@example.net>:\nQ >> Hej\nQ > Kram",
            "K Hej!\nQ On 20/11/2026 14:03, Frida wrote:\nK > Do you sleep?\nQ > Love\nQ > Frida\nK No, I do not.\nQ > more\nK Kram\nK Vinter",
            "K Jag svarar på dina frågor nedan:\nQ Den 20 nov. 2026 kl 14:03 skrev Frida <f@example.org>:\nQ > Hej\nQ >\nK > Sover du?\nK Nej.\nQ > Kram",
            "K Nej.\nQ On 20/11/2026 14:03, Frida wrote:\nQ > Jag undrar om du har hunnit ringa till socialtjänsten som vi pratade om förra\nQ veckan\nQ > eller om du vill vänta.",
            "K Nej.\nQ On 20/11/2026 14:03, Frida wrote:\nQ > Do you sleep?\nQ -- \nQ Anna Karlsson\nQ 070-174 06 05",
        ],
    );
}

#[test]
fn words_of_the_writers_stay() {
    let letters = [
        "K Anna skrev:\nK Jag kommer.\nK Vad gör jag?",
        "K My mother wrote:\nK I am fine.",
        "K Han skrev så här:\nK > Jag hittar dig.\nK > Jag vet var du bor.\nK Vad ska jag göra?",
        "K Det stod From: och To: i brevet.\nK Konstigt.",
        "K Första\nK \nK -----\nK \nK Andra",
        "K Första\nK ________________\nK Andra delen.",
        "K Att göra:\nK - ringa\nK - sova\nK > 5 km promenad",
        "K Till: mamma\nK Från: mig\nK Grattis!",
        "K Datum: tisdag\nK Tid: kl 14:03\nK Plats: biblioteket\nK Kom!",
        "K Kram\nK Vinter\nK \nK PS. Mötet är på tisdag.",
        "K Mvh Vinter\nK \nK PS: Ring 1177 om det blir värre.\nK De har öppet dygnet runt.",
        "K Hej!\nQ -- \nQ Anna Karlsson\nQ 070-174 06 05\nQ \nK PS. Mötet är flyttat.",
        "K Rosor är röda\nK violer är blå\nK \nK Kram",
        "K Jag läste det i mejlet från Anna <a@example.net> den 20 nov. 2026 kl 14:03 där hon skrev:\nK Kom hem.",
        "K Så skrev hon den 20 november 2026 kl 14:03:\nK Kom hem.",
        "K Love\nK is all you need.",
        "K Tack\nK för allt du skrev i går. Det hjälpte.",
        "K Vi ses vid Storgatan 12.\nK \nK Vinter",
        "K Ring gärna:\nK \nK Bris\nK 116 111\nK www.bris.se",
        "K Kram\nK Frida\nK \nK Kvinnofridslinjen\nK 020-50 50 50",
        "K Kram\nK Frida\nK \nK https://www.1177.se/liv--halsa/",
        "K Kram\nK Vinter\nK \nK Vägen leder hem\nK Skolan är stängd",
        "K Del ett\nK \nK --\nK \nK Del två är kortare.\nK Slut.",
        "K Allt du skriver är konfidentiellt. Vi har tystnadsplikt och ingen obehörig kan läsa dina meddelanden.\nK \nK Kram\nK Frida",
        "K 2026-11-20 14:03 Kalle: var är du\nK 2026-11-20 14:05 Kalle: jag kommer\nK Jag är rädd.",
        "K Numren du bad om:\nK Kvinnofridslinjen 020-50 50 50\nK Jourhavande medmänniska 08-702 16 80\nK Vuxentelefonen 077-150 50 50",
    ];
    check(Occasion::Fresh, &letters);
    let answers: Vec<&str> = letters.iter().copied().filter(|letter| !letter.contains("K > ")).collect();
    check(Occasion::Answer, &answers);
}

#[test]
fn endings_go() {
    check(
        Occasion::Fresh,
        &[
            "K Hej!\nK Mvh Vinter\nQ \nQ Skickat från min iPhone",
            "K Hej!\nQ Virusfri. www.avast.com\nQ <https://www.avast.com/sig-email?utm=1>",
            "K Hej!\nK Kram\nK Vinter\nQ \nQ Denna e-post har kontrollerats efter virus av Avast antivirusprogram.\nQ www.avast.com",
            "K Hej!\nQ \nQ Tänk på miljön innan du skriver ut detta mejl.",
            "K Hello.\nK Best wishes\nQ Lucy Harrow\nQ Payroll Officer\nQ T: 0113 496 0123",
            "K Hej på dig.\nQ _______________________________________________\nQ Sang mailing list\nQ sang@lists.example.org\nQ https://lists.example.org/listinfo/sang",
            "K Hei!\nK Vennlig hilsen\nQ \nQ Kari Nordmann\nQ Rådgiver | Eksempel kommune\nQ Tlf: 912 34 567\nQ \nQ Denne e-posten kan inneholde konfidensiell informasjon. Dersom du ikke er rette mottaker, vennligst varsle avsender og slett meldingen med vedlegg.",
        ],
    );
}

/// How much is looked at for so many octets of text.
fn work_for(unit: &str, octets: usize, occasion: Occasion) -> usize {
    let text = unit.repeat(octets / unit.len());
    work::cost(|| drop(cut(&text, occasion, "[fwd]")))
}

#[test]
fn the_work_grows_as_the_text_does() {
    for unit in [
        ">\n",
        "> \n",
        ">",
        "wrote:\n",
        "Anna wrote:\n",
        "On 20/11/2026 14:03, Anna <a@b.se> wrote:\n",
        "-- \n",
        "--\n",
        "-----\n",
        "- \n",
        "\n",
        "Från: x\n",
        "Från: a@b.se\nSkickat: 2026-11-20 14:03\n",
        "Kopia: x\n",
        "Mvh\n",
        "Mvh\nAnna\n070-174 06 05\n\n",
        "-----Original Message-----\n",
        "> a\nb\n",
        "> Anna wrote:\n>> x\n",
        "Begin forwarded message:\n> a\n",
        "konfidentiell mottagare avsedd radera\n\n",
        "Den tors 20 nov.\n",
        ">>>>>>>> x\n> y\nz\n",
        "<a@b.se>: ",
        "a@b.se skrev: ",
        "Skickat från min iPhone\n",
        "[",
        "-- \n\nx\n\n",
        "Till:\n\n",
        "a:\n",
        "mvh ",
    ] {
        for occasion in [Occasion::Answer, Occasion::Fresh, Occasion::Forward, Occasion::Either] {
            let (small, large) = (work_for(unit, 6_000, occasion), work_for(unit, 24_000, occasion));
            assert!(large <= small * 5, "{unit:?} {occasion:?}: {small} then {large}");
            assert!(large <= 24_000 * 150, "{unit:?} {occasion:?}: {large}");
        }
    }
}

#[test]
fn no_text_is_too_strange() {
    let letters = "Hej!\n\nDen 20 nov. 2026 kl 14:03 skrev Frida <f@example.org>:\n> Å\n>> ä\n-- \nFrån: Ö <o@b.se>\nSkickat: 2026-11-20 14:03\nÄmne: x：\n\u{202f}—\nMvh\nAnna\n070-174 06 05";
    for (place, _) in letters.char_indices() {
        let _ = cut(&letters[..place], Occasion::Answer, "[fwd]");
        let _ = cut(&letters[place..], Occasion::Forward, "[fwd]");
        let turned: String = letters[place..].chars().chain(letters[..place].chars()).collect();
        let once = cut(&turned, Occasion::Fresh, "[fwd]");
        assert!(once.text.len() <= turned.len() + 8 * (1 + once.forwarded), "{turned}");
    }
}
