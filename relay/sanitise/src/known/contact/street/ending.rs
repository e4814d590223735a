//! How streets end, and what is numbered and is no street.

use std::sync::LazyLock;

/// How streets end whatever comes before: with three letters in front these need no capital.
const STRONG: &str = "kadulta katua tielta polulta kujalta kujaa bulevardi bulevardilla esplanadi gatan gata vagen grand granden stigen allen alleen gate gaten veien vegen gade gaden vejen straede straedet \
    strasse stredet kadulta kujalta tielta polulle kujalle katu kadulla kadun kadulle polku polulla kuja kujalla kujan kujalle tiella gasse";

/// How streets end that begin with a capital.
const CAPITAL: &str = "draget vang vangen skraenten siden ageren hojen mosen bjerget lokken passage passagen promenade promenaden gyde gyden \
    slippen faret stubben jordet brinken kleiva hagen ringen sletta myra hogda hoyden braten berget knausen toppen neset \
    odden kaarelta rinteelta torilta rannalta portilla aukiolla maella maelta niemella puistossa piha pihalla mutka kulma \
    garden garde gard grund grunden bygget parkvag vag vei veg vej stig stien sti torg torget torv torvet tori torilla plan planen plads pladsen plass plassen \
    platz backen backe bakken bakke vaenget vaenge svingen haugen asen lia parken parkvej haven leden ringen \
    slingan kajen kaj kai brygga bryggan bryggen hojden holmen kroken slattet udden terrassen terrasse alle \
    allee boulevard boulevarden tie tien tielle kaari kaarella kaaren rinne rinteella raitti raitilla ranta \
    rannalla rannan penger vayla portti aukio laita weg str markt ufer damm allmenning almenning smuget smug \
    gangen tunet jordet kollen feltet engen dalen loftet lokka vollen moen marken skogen skoven maki niemi harju \
    saari laakso kallio pelto metsa hojden stranden stranda hamnen angen akern rundeln esplanaden torpet tomten kvarnen vreten lyckan gardet \
    kaeret svinget buen smau smauet lokken trakka trakket ekra hellinga brotet teigen notko niitty lehto lehdontie \
    puro kumpu vainio taival taipale puisto aho kaarelle kaaressa aukiolta aukiolle torilta torille raitin rinteelle mutkassa kierto valli \
    rannassa rannasta rantaan kujassa raitissa rinteessa maessa puistosta polussa portissa aukiossa laaksossa harjulla \
    niemessa penger penkereella vaylalla kalliolla pellolla metsassa taipaleella taipaleessa suontie laituri graben kamp twiete redder pfad stieg chaussee anger winkel wall brink lunden dammen hegnet toften krogen pladset brinken branten liden";

/// Words that are numbered and are no streets.
const NUMBERED: &str = "riksvag riksvagen lansvag lansvagen europavag europavagen motorvag motorvagen riksvei riksveg \
    fylkesvei fylkesveg europavei valtatie valtatien kantatie seututie moottoritie kehatie motorvej motorvejen rute \
    tidsplan handlingsplan behandlingsplan vardplan vaningsplan planen arbeidsplass arbejdsplads parkeringsplass \
    parkeringsplads sitteplass legeplads motorvei motorveien autobahn arbeitsplatz rum avdelning avdelningen avd hus kapitel linje buss bussen klass arskurs sal vaning plan grupp fas steg \
    niva typ del rom avdeling avsnitt hjemme stue afsnit afdeling trin trinn klasse gruppe fase type bind bok \
    room ward chapter part step level phase section group class grade platform gate unit page line bus route \
    zimmer haus seite station stock gleis huone osasto luku sivu vaihe ryhma luokka kerros bussi terminal spor \
    spar paragraf artikel vecka uge uke covid psalm salme iphone windows android galaxy playstation pro max \
    volvo hilfeplan stundenplan fahrplan essensplan lehrplan dienstplan wochenplan bauplan spielplan therapieplan \
    behandlungsplan veckoplan kursplan timplan hjalpplan ugeplan ukeplan laereplan fagplan vedplan treningsplan \
    traningsplan trainingsplan ernahrungsplan kostplan skoleplan malplan spielplatz parkplatz sitzplatz stellplatz lagerplatz stehplatz campingplatz zeltplatz bauplatz fensterplatz \
    listenplatz tabellenplatz bahnsteig burgersteig asunto lagenhet leilighet lejlighed wohnung absatz abschnitt anlage ziffer punkt stufe etage block teil band heft folge tor raum saal tisch regel frage \
    aufgabe schritt modul modell paragraph lektion uppgift oppgave opgave fråga sporsmal fraga steget bord plats sete \
    sate sade sida side kapittel kappale tehtava kysymys taso kurssi moduuli kanal kamera skap tour top den kl klokken klockan nr nummer numero box postboks";

/// Endings by their last letter.
struct Endings([Vec<&'static str>; 26]);

impl Endings {
    fn of(endings: &'static str) -> Self {
        let mut all = Self(std::array::from_fn(|_| Vec::new()));
        for end in endings.split(' ') {
            let last = end.bytes().next_back().unwrap_or(b'a');
            if let Some(of_letter) = all.0.get_mut(usize::from(last.wrapping_sub(b'a'))) {
                of_letter.push(end);
            }
        }
        all
    }

    fn fit(&self, word: &str, more: usize) -> bool {
        let last = word.bytes().next_back().unwrap_or_default();
        let of_letter = self.0.get(usize::from(last.wrapping_sub(b'a')));
        of_letter.is_some_and(|ends| ends.iter().any(|end| word.len() >= end.len() + more && word.ends_with(end)))
    }
}

/// Whether a folded word ends like a street whatever comes before.
pub(super) fn is_strong(word: &str, more: usize) -> bool {
    static ENDINGS: LazyLock<Endings> = LazyLock::new(|| Endings::of(STRONG));
    ENDINGS.fit(word, more)
}

/// Whether a folded word ends like a street if it has a capital.
pub(super) fn is_likely(word: &str) -> bool {
    CAPITALS.fit(word, 1)
}

/// Whether a folded word is one that a street has behind `Norra`, with nothing else in front.
pub(super) fn is_likely_alone(word: &str) -> bool {
    CAPITALS.fit(word, 0)
}

static CAPITALS: LazyLock<Endings> = LazyLock::new(|| Endings::of(CAPITAL));

/// How places in the open end: a street of Finland or Germany may be called nothing but such a place.
const NATURAL: [&str; 33] = [
    "maa", "maki", "niemi", "lahti", "laakso", "harju", "ranta", "pelto", "metsa", "saari", "koski", "suo", "niitty",
    "kallio", "lampi", "jarvi", "korpi", "notko", "marka", "haug", "haugen", "heim", "vika", "asen", "dalen", "hain",
    "hof", "tal", "berg", "feld", "busch", "wiese", "horst",
];

/// Whether a folded word of some length ends like a place in the open.
pub(super) fn is_natural(word: &str) -> bool {
    NATURAL.iter().any(|end| word.len() >= end.len() + 4 && word.ends_with(end)) && !word.ends_with("suomenmaa")
}

/// Whether a folded word is one that numbers follow in other ways.
pub(super) fn is_numbered(word: &str) -> bool {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let mut words: Vec<&str> = NUMBERED.split_whitespace().collect();
        words.sort_unstable();
        words
    });
    WORDS.binary_search(&word).is_ok()
}
