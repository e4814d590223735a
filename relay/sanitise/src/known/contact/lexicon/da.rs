//! Danish words that announce or make up contact details.

use super::{Marks, Table};

pub(super) const WORDS: Table = &[
    (
        Marks::PHONE,
        "ring ringe ringer ringede telefon telefonen telefonnummer telefonnummeret tlf tlfnr mobil mobilen mobilnr \
         mobilnummer mobilnummeret mobiltelefon sms smse sms'e smser besked fang fange fanges kontakt kontakte \
         fastnet fastnettet hjemmenummer arbejdsnummer mobilepay mobilepaye mobilpay træffes direkte whatsapp signal \
         kontaktnummer",
    ),
    (Marks::NUMBER, "nummer nummeret numre nr"),
    (
        Marks::REFERENCE,
        "karakterer karaktererne karakter resultater ordre ordren ordrenr ordrenummer ordrenummeret bestilling bestillingen bestillingsnummer sag sagen sagsnr \
         sagsnummer sagsnummeret journalnr journalnummer faktura fakturaen fakturanr fakturanummer kunde kundenr \
         kundenummer kundenummeret medlemsnr medlemsnummer booking bookingnr bookingnummer reservation \
         reservationsnummer reference referencen referencenummer pakke pakken pakkenr pakkenummer forsendelse \
         sporing sporingsnummer varenr varenummer serienr serienummer cvr cvrnr cvrnummer se-nummer ean eannummer \
         isbn kode koden pinkode engangskode adgangskode billet billetnummer policenummer policenr skadesnummer \
         henvisning recept aftale aftalenr aftalenummer medarbejdernummer elevnummer studienummer modelnummer \
         sygesikring matrikel matrikelnr protokol side linje kvittering løbenummer målernummer lån lånenummer retssag \
         anmeldelse betalingsid",
    ),
    (Marks::IDENTITY, "cpr cprnr cprnummer cprnummeret personnummer personnummeret personnumre"),
    (
        Marks::ACCOUNT,
        "konto kontoen kontonr kontonummer kontonummeret bankkonto bankkontoen regnr registreringsnr kort kortnummer \
         kortnr kortet dankort dankortet hævekort kreditkort betalingskort iban reg lønkonto nemkonto giro gironr overfør overføre huslejen indbetal registreringsnummer",
    ),
    (
        Marks::CAR,
        "bil bilen bilens biler motorcykel knallert varevogn varevognen kører kørte golf parkeret trailer scooter taxa taxaen taxi taxien",
    ),
    (
        Marks::PLATE,
        "nummerplade nummerpladen nummerplader plade pladen plader registreringsnummer registreringsnummeret regnr \
         indregistreringsnummer reg",
    ),
    (
        Marks::HELPLINE,
        "livslinien livslinjen hjælpelinje hjælpelinjen krisetelefon rådgivningslinje børnetelefonen hotline hotlinen \
         lægevagt lægevagten akuttelefonen skadestuen giftlinjen mødrehjælpen sind vagttelefon nødnummer alarmcentralen \
         telefonrådgivning kvindelinien ungdomstelefonen headspace politiet politi kommunen vagtcentralen",
    ),
    (Marks::HOME, "bor boede bo adresse adressen flyttet flytter hjemadresse lejlighed lejligheden forbi gaden"),
    (
        Marks::FILLER,
        "er på hedder til min mit mine det den har som i under via om nu navn navnet brugernavn brugernavnet nick også \
         hellere bare går findes jeg der profil kaldes",
    ),
    (Marks::NAMED, "hedder kaldes brugernavn brugernavnet navnet"),
    (Marks::AT, "snabela snabel krølle krøllea krøllen"),
    (Marks::DOT, "punktum prik punkt"),
    (Marks::STROKE, "understreg bindestreg streg underscore minus"),
    (Marks::MONEY, "kr kroner krone dkk mio mia millioner million tusind tusinde øre"),
    (
        Marks::UNIT,
        "procent stk personer gange timer time minutter minut dage dag uger uge måneder måned sider kilo gram \
         meter kilometer grader point liter tabletter tablet piller opkald beskeder børn",
    ),
    (Marks::MONTH, "januar februar marts april maj juni juli august september oktober november december"),
    (
        Marks::PLAIN,
        "jeg du han hun vi i de dem det den en et og eller men at som er var har havde kan skal ikke bare så der her \
         når hvor hvad hvem jo nok vel ja nej hej tak kram hele alle nogen noget anden andre meget lidt tiden før \
         altid aldrig igen nu da også hjemme ude inde mere mest skriv skrive send sende fra med uden hos for om af ind \
         ud op ned over under efter hans hendes min mit din konto kontoen side ser findes kommer går gik dag nat aften",
    ),
    (Marks::STREET, "gade vej allé alle plads torv stræde boulevard kaj park vænge sti"),
    (
        Marks::QUALIFIER,
        "gl gammel gamle ny nørre sønder øster vester store lille sankt sct skt nordre søndre østre vestre",
    ),
    (
        Marks::NO_STREET,
        "vej vejen gade gaden plads pladsen torv torvet plan planen sti stien bakke bakken motorvej motorvejen landevej \
         landevejen omvej omvejen arbejdsplads skolevej legeplads parkeringsplads campingplads sandkasse tidsplan \
         behandlingsplan handlingsplan handleplan ståplads opsving niveau",
    ),
    (Marks::FLOOR, "tv th mf sal st stuen kld dør lejl etage"),
    (Marks::DOOR, "dørkode dørkoden portkode portkoden opgangskode"),
    (Marks::MINE, "mit min mine mig"),
    (Marks::VERSION, "version afsnit kapitel punkt paragraf stk"),
    (Marks::GROUP, "gruppe gruppen side siden kanal kanalen forening"),
    (Marks::AND, "og så"),
    (Marks::POSTCODE, "postnummer postnummeret postnr"),
    (Marks::MAIL, "mail maile mailen mailadresse email emailen mailer skriv"),
    (
        Marks::NICK,
        "venskode venskoden vennekode brugernavn brugernavnet nick gamertag gamertagget gamertaggen spillernavnet spillernavn kaldenavn",
    ),
    (Marks::SEEK, "tilføj tilføje add adde søg søge følg følge find finde findes finder søger tilføjer"),
    (
        Marks::STATE,
        "låst privat åben væk slettet hacket lukket nede ny nyt gammel tom fuld spærret blokeret sikker hemmelig død \
         overvåget venner folk billeder hende ham dem",
    ),
    (Marks::ACCOUNT, "nykredit jyskebank lunar sydbank arbejdernes"),
    (Marks::CAR, "elbil firmabil lastbil lastbilen vogn vognen stationcar køretøj køretøjet påhængsvogn hyrevogn"),
    (Marks::PLATE, "nummerpladerne indregistreringsnr regnummer"),
    (Marks::CAR, "parkering parkeringspladsen garagen indkørslen bakspejlet"),
    (Marks::PHONE, "opkald facetime"),
    (Marks::HOME, "huset hus sommerhus sommerhuset villaen kolonihaven hytten"),
    (Marks::AND, "resten sidst"),
    (Marks::PHONE, "svarer"),
    (Marks::NUMBER, "cifrene cifre tallene"),
    (Marks::PLAIN, "ingenting intet alt"),
    (Marks::SEEK, "tilføjede addede"),
    (Marks::ACCOUNT, "kto ktonr"),
    (Marks::ACCOUNT, "betal betale betaler indbetaling"),
    (Marks::QUALIFIER, "ndr sdr nrd gml vstr østr"),
];
