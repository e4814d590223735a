//! Swedish words that announce or make up contact details.

use super::{Marks, Table};

pub(super) const WORDS: Table = &[
    (
        Marks::PHONE,
        "ring ringa ringer ringde ringt telefon telefonen telefonnummer telefonnumret telefonnr tel mobil mobilen \
         mobilnr mobilnummer mobilnumret mobiltelefon sms sms:a smsa smsar messa messar sms-a swish swisha swishar \
         swishnummer nås lur luren hemtelefon hemnummer jobbnummer fast fasta slå signal signalera whatsapp \
         kontaktnummer tfn mob tele swishnumret nummerlapp",
    ),
    (Marks::NUMBER, "nummer numret nr nummret siffrorna siffror"),
    (
        Marks::REFERENCE,
        "betyg betygen betyget poäng resultat resultatet resultaten ordernummer ordernumret ordernr order ordern beställning beställningen beställningsnummer ärende ärendet \
         ärendenr ärendenummer ärendenumret diarienr diarienummer dnr målnummer mål målnr faktura fakturan fakturanr \
         fakturanummer ocr ocrnummer kund kundnr kundnummer kundnumret medlemsnummer medlemsnr bokning bokningen \
         bokningsnummer bokningsnr bokningskod referens referensen referensnummer ref paket paketet kolli kollinummer \
         kollinr försändelse spårning spårningsnummer sändning artikel artikelnr artikelnummer serienummer serienr \
         org orgnr orgnummer organisationsnummer organisationsnumret isbn issn version kod koden pinkod pin \
         engångskod lösenord lösenordet flyg flight flightnummer biljett biljetten biljettnummer försäkringsnummer \
         skadenummer skadenr anmälan anmälningsnummer remiss remissen recept avtal avtalsnummer kontraktsnummer \
         anställningsnummer journalnummer elevnummer kölapp könummer ean imei modell modellnummer protokoll dossier \
         ticket sida sid sidan linje linjenummer verifikationsnummer mätarställning mätarnummer lån lånenummer \
         lägenhetsnummer objektsnummer fastighetsbeteckning upplaga kvitto kvittonummer kassakvitto polisanmälan \
         avi avinummer retur returnummer",
    ),
    (
        Marks::IDENTITY,
        "personnummer personnumret personnr pnr pers persnr födelsenummer födelsenumret persnummer samordningsnummer samordningsnumret personbeteckning",
    ),
    (
        Marks::ACCOUNT,
        "konto kontot kontonummer kontonumret kontonr bankkonto bankkontot bankgiro bankgirot bg plusgiro plusgirot \
         pg postgiro clearing clearingnummer clearingnr bankkort bankkortet kortnummer kortnumret kreditkort \
         kreditkortet kontokort betalkort iban bic lönekonto sparkonto swift överför överföra överföring hyran insättning",
    ),
    (
        Marks::CAR,
        "bil bilen bilens bilar bilarna mc motorcykel motorcykeln moped mopeden husbil husbilen skåpbil skåpbilen \
         volvo saab golf parkerad parkerar släp släpet lastbil taxi kör körde",
    ),
    (
        Marks::PLATE,
        "regnr regnummer registreringsnummer registreringsnumret regnumret reg regskylt skylt skylten skyltar \
         registreringsskylt nummerskylt nummerskylten nummerplåt nummerplåten bilnummer",
    ),
    (
        Marks::HELPLINE,
        "hjälplinje hjälplinjen jourlinje jourlinjen stödlinje stödlinjen kvinnofridslinjen självmordslinjen \
         sjukvårdsupplysningen vårdguiden bris mind alkohollinjen anhöriglinjen föräldralinjen äldrelinjen \
         tjejjouren kvinnojouren mansjouren jouren larmnummer nödnummer nödnumret hjälptelefon giftinformation \
         giftinformationscentralen spes suicid jourhavande brottsofferjouren växeln växel kundtjänst polisen \
         polisens vårdcentralen vårdcentral socialjouren akuten",
    ),
    (
        Marks::HOME,
        "bor bodde bo adress adressen adressen gatuadress hemadress postadress flyttat flyttade flytta hemma lägenhet \
         lägenheten leveransadress besöksadress",
    ),
    (
        Marks::FILLER,
        "är på heter till min mitt mina det den har som i under via om sen nu namn namnet användarnamn användarnamnet \
         nick nicket kontot också hellre bara går finns jag där profil profilen alias kallas hos",
    ),
    (Marks::NAMED, "heter kallas namnet användarnamn användarnamnet nick nicket alias"),
    (Marks::AT, "snabela snabelat snabel ättecken"),
    (Marks::DOT, "punkt prick"),
    (Marks::STROKE, "understreck bindestreck streck minus"),
    (Marks::MONEY, "kr kronor kronors krona spänn sek mkr tkr miljoner miljon tusen tusenlappar lax öre"),
    (
        Marks::UNIT,
        "procent st stycken personer gånger timmar timme minuter minut dagar dag veckor vecka månader månad sidor \
         kilo gram mil meter kilometer grader poäng liter tabletter tablett dagarna gången våningar barn mail brev",
    ),
    (Marks::SHORT_UNIT, "min tim h m g l t kg mg km cm mm ml dl cl mg/ml"),
    (
        Marks::MONTH,
        "januari februari mars april maj juni juli augusti september oktober november december jan feb mar apr jun \
         jul aug sep sept okt nov dec",
    ),
    (
        Marks::PLAIN,
        "jag du han hon hen vi ni de dem det den en ett och eller men att som är var har hade kan ska inte bara sen så \
         där här när hur vad vem ju nog väl ja nej hej tack kram hela alla någon något annan andra mycket lite tiden \
         förut ibland alltid aldrig igen nu då också hemma ute inne mer mest roligt bra dåligt skriv skriva hör höra \
         skicka lägg till från med utan hos för om av in ut upp ner över under efter innan hans hennes min mitt din \
         mina dina konto kontot sida sidan ser sett finns fanns kommer går gick dag natt kväll morgon idag igår aktiv \
         hänger mest ingen inget ganska precis väldigt",
    ),
    (Marks::STREET, "gata gatan väg vägen gränd allé allén torg torget plan stig stigen gt vn backe backen"),
    (Marks::QUALIFIER, "norra södra östra västra övre nedre gamla nya stora lilla sankt sankta inre yttre"),
    (
        Marks::NO_STREET,
        "väg vägen gata gatan gränd torg torget plan planen stig stigen backe backen motorväg motorvägen riksväg \
         riksvägen länsväg länsvägen europaväg europavägen landsväg landsvägen skolväg skolvägen omväg omvägen \
         järnväg järnvägen våningsplan motorvägar halvväg tidsplan matplan spelplan fotbollsplan arbetsplan vårdplan \
         behandlingsplan handlingsplan genomförandeplan krisplan säkerhetsplan studieplan läroplan åtgärdsplan \
         stödplan aeroplan flygplan",
    ),
    (Marks::FLOOR, "tr trappor trappa lgh lägenhet våning vån uppgång port uppg nb bv plan"),
    (Marks::DOOR, "portkod portkoden dörrkod dörrkoden portkoderna"),
    (Marks::MINE, "min mitt mina mig"),
    (Marks::VERSION, "version avsnitt kapitel kap punkt paragraf stycke uppdatering"),
    (Marks::GROUP, "grupp gruppen sida sidan kanal kanalen organisation förening artikel serie podd forum"),
    (Marks::AND, "och sen sedan så"),
    (Marks::POSTCODE, "postnummer postnumret postnr postadress postnr"),
    (Marks::MAIL, "mejl mejla mejlen mail maila mailen mailadress mejladress epost epostadress adress adressen"),
    (
        Marks::NICK,
        "steamkod vänkoden användarnamn användarnamnet nick nicket alias gamertag gamertaggen gamertagg spelnamn vänkod spelarnamn",
    ),
    (Marks::SEEK, "lägg lägger adda addar sök söker följ hitta hittar hittas söka finns hittas skriv"),
    (
        Marks::STATE,
        "låst låsta privat privata öppen öppet borta borttagen borttaget raderad raderat hackad hackat kapad avstängd \
         avstängt nere ny nytt gammal gammalt tom full spärrad blockerad trasig igång klar säker osäker hemlig kass död \
         övervakad avslutad hemligt upptaget taget ledigt glömt vänner kompisar folk bilder foton henne honom dem",
    ),
    (
        Marks::ACCOUNT,
        "swedbank nordea handelsbanken länsförsäkringar sparbanken skandiabanken icabanken avanza seb klarna",
    ),
    (
        Marks::CAR,
        "elbil firmabil tjänstebil lastbilen kombi kombin cab taxin hyrbil hyrbilen släpvagn släpvagnen fordon fordonet",
    ),
    (Marks::PLATE, "registreringsnr bilskylt bilskylten plåten plåtarna bilnumret bilnr"),
    (Marks::MEETING, "mötesid mötes möte mötet"),
    (Marks::CAR, "parkering parkeringen garaget uppfarten backspegeln krockade"),
    (Marks::PHONE, "meddelande meddelandet samtal facetime facetajma"),
    (Marks::HOME, "huset hus stugan stuga villan kåken lyan"),
    (Marks::PLAIN, "mej mig"),
    (Marks::AND, "sist resten slutet"),
    (Marks::PHONE, "svarar svara"),
    (Marks::PLAIN, "ingenting någonting inget allt allting"),
    (Marks::SEEK, "addade addat"),
];
