//! Norwegian words, of both written languages, that announce or make up contact details.

use super::{Marks, Table};

pub(super) const WORDS: Table = &[
    (
        Marks::PHONE,
        "ring ringe ringer ringte ringje telefon telefonen telefonnummer telefonnummeret telefonnr tlf mobil mobilen \
         mobilnr mobilnummer mobilnummeret mobiltelefon sms melding tekstmelding nås fasttelefon hjemmenummer \
         hustelefon kontakt vipps vippse vippser vippsa vippsnummer whatsapp signal jobbtelefon treffes \
         kontaktnummer tlfnr heime hjemme",
    ),
    (Marks::NUMBER, "nummer nummeret nr nummera"),
    (
        Marks::REFERENCE,
        "karakterer karakterene karakterar resultat poengsum ordre ordren ordrenr ordrenummer ordrenummeret bestilling bestillinga bestillingen bestillingsnummer sak saken \
         saka saksnr saksnummer saksnummeret journalnummer journalnr faktura fakturaen fakturanr fakturanummer kunde \
         kundenr kundenummer kundenummeret medlemsnr medlemsnummer bestillingsreferanse referanse referansen \
         referansenummer kid kidnummer pakke pakken pakka pakkenr pakkenummer sending sendinga sendingen \
         sendingsnummer sporingsnummer sporing varenummer varenr serienummer org orgnr orgnummer \
         organisasjonsnummer organisasjonsnummeret isbn kode koden engangskode pinkode passord passordet billett \
         billetten billettnummer polisenummer skadenummer henvisning resept avtale avtalenummer ansattnummer \
         elevnummer studentnummer modellnummer gnr bnr protokoll side linje kvittering målernummer lån lånenummer \
         anmeldelse vedtak søknad bookingnummer reservasjon reservasjonsnummer",
    ),
    (
        Marks::IDENTITY,
        "fødselsnummer fødselsnummeret fødselsnr fødselsnumeret fnr personnummer personnummeret dnummer dnr \
         d-nummer fødselsog",
    ),
    (
        Marks::ACCOUNT,
        "konto kontoen kontoa kontonr kontonummer kontonummeret kontonumra bankkonto bankkontoen kortnummer kortnr \
         kortet bankkort bankkortet kredittkort visakort iban lønnskonto sparekonto overfør overføre husleia husleien leia",
    ),
    (
        Marks::CAR,
        "bil bilen bilens biler motorsykkel motorsykkelen moped varebil varebilen kjører køyrer kjørte golf parkert henger drosje drosjen drosja taxi taxien",
    ),
    (
        Marks::PLATE,
        "skilt skiltet skilter skilta nummerskilt nummerskiltet registreringsnummer registreringsnummeret \
         kjennemerke regnr regnummer regnummeret bilskilt bilskiltet bilnummer bilnummeret",
    ),
    (
        Marks::HELPLINE,
        "hjelpetelefon hjelpetelefonen krisetelefon krisetelefonen kirkens legevakt legevakta legevakten \
         alarmtelefonen røyketelefonen nødnummer nødtelefon barnevernvakta barnevernvakten giftinformasjonen \
         dixi krisesenter krisesenteret mentalhelse rustelefonen ungdomstelefonen sentralbordet politiet nav \
         vo-linjen volinjen foreldresupport",
    ),
    (
        Marks::HOME,
        "bor bur budde bodde bo adresse adressa adressen flytta flyttet flytter leilighet leiligheten innom heimeadresse hjemmeadresse",
    ),
    (
        Marks::FILLER,
        "er på heter heiter til min mi mitt mine det den har som i under via om nå no navn navnet namn namnet \
         brukernavn brukernavnet brukarnamn nick også heller bare går finnes jeg eg der profil kalles",
    ),
    (Marks::NAMED, "heter heiter kalles brukernavn brukernavnet brukarnamn brukarnamnet navnet namnet"),
    (Marks::AT, "krøllalfa alfakrøll krøllalfaen krøll alfa krøllalpha"),
    (Marks::DOT, "punktum punkt prikk"),
    (Marks::STROKE, "understrek bindestrek strek understreking minus"),
    (Marks::MONEY, "kr kroner krone nok mill millioner million tusen øre"),
    (
        Marks::UNIT,
        "prosent stk personer ganger gonger timer timar time minutter minutt dager dagar dag uker veker uke månader \
         måneder måned sider kilo gram meter kilometer grader poeng liter tabletter tablett folk",
    ),
    (Marks::MONTH, "januar februar mars april mai juni juli august september oktober november desember"),
    (
        Marks::PLAIN,
        "jeg eg du han hun ho vi dere dykk de dei dem det den en ei ein et eit og eller men at å som er var har hadde \
         kan skal ikke ikkje bare så der her når hvor kvar hva kva hvem kven jo nok vel ja nei hei takk klem hele alle \
         noen nokon noe noko annen andre mye litt tiden tida før alltid aldri igjen nå no da då også hjemme heime ute \
         inne mer mest skriv skrive send sende fra frå med uten utan hos for om av inn ut opp ned over under etter \
         hans hennes min mi mitt din konto kontoen side ser finnes kommer går gikk dag natt kveld",
    ),
    (
        Marks::STREET,
        "gate gata gaten vei veien veg vegen plass plassen torg torv allé alle bakke brygge kai terrasse svingen vn",
    ),
    (Marks::QUALIFIER, "nordre søndre østre vestre øvre nedre gamle store lille nye ny sankt st"),
    (
        Marks::NO_STREET,
        "vei veien veg vegen gate gata gaten plass plassen torg plan planen sti stien bakke bakken motorvei motorveien \
         riksvei riksveg fylkesvei fylkesveg europavei landevei landeveien omvei omveien arbeidsplass skolevei \
         lekeplass parkeringsplass campingplass sitteplass tidsplan behandlingsplan handlingsplan kriseplan",
    ),
    (Marks::FLOOR, "leil leilighet etg etasje oppgang oppg bnr"),
    (Marks::DOOR, "dørkode dørkoden portkode portkoden inngangskode"),
    (Marks::MINE, "mitt mi min mine meg"),
    (Marks::VERSION, "versjon avsnitt kapittel punkt paragraf ledd"),
    (Marks::GROUP, "gruppe gruppa gruppen side sida siden kanal kanalen forening"),
    (Marks::AND, "og så"),
    (Marks::POSTCODE, "postnummer postnummeret postnr"),
    (Marks::MAIL, "mail maile mailen epost eposten epostadresse mailadresse skriv"),
    (
        Marks::NICK,
        "vennekode vennekoden brukernavn brukernavnet brukarnamn brukarnamnet nick gamertag gamertaggen gamertagen spillnavn spelnamn kallenavn",
    ),
    (Marks::SEEK, "legg legge adde add søk søke følg følge finn finne finnes finst finner søker"),
    (
        Marks::STATE,
        "låst privat åpen open borte vekke sletta slettet hacka hacket stengt nede ny nytt gammel tom full sperra sperret \
         blokkert sikker hemmelig død overvåket venner vener folk bilder henne ham dem",
    ),
    (Marks::ACCOUNT, "dnb sparebanken sparebank sbanken handelsbanken"),
    (Marks::CAR, "elbil firmabil lastebil lastebilen vogn vogna kjøretøy kjøretøyet tilhenger stasjonsvogn leiebil"),
    (Marks::PLATE, "skiltnummer skiltnummeret skiltene registreringsnr kjennemerket skiltnr"),
    (Marks::CAR, "parkering parkeringsplassen garasjen innkjørselen oppkjørselen speilet bakspeilet"),
    (
        Marks::PHONE,
        "beskjed beskjeden melding meldinga meldingen mobiln mobila telefona ringja ringjer ringde ringt tlfn ringa slå",
    ),
    (Marks::HOME, "innom hus huset hytta hytten bur budde heime heimeadresse adressa leilegheita flytta"),
    (Marks::PLAIN, "meg mei"),
    (Marks::AND, "resten sist"),
    (Marks::PHONE, "svarer svarar"),
    (Marks::NUMBER, "sifrene sifra siffer tallene tala"),
    (Marks::PLAIN, "ingenting alt"),
    (Marks::SEEK, "addet adda"),
    (Marks::ACCOUNT, "betal betale betaler innbetaling overføring"),
];
