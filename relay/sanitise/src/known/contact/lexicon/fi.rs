//! Finnish words that announce or make up contact details.

use super::{Marks, Table};

pub(super) const WORDS: Table = &[
    (
        Marks::PHONE,
        "soita soittaa soitan soittele puhelin puhelimeni puhelinnumero puhelinnumeroni puhelinnumeroon puh gsm \
         numeroon numerosta numeroni kännykkä kännykkäni kännykkänumero matkapuhelin lankapuhelin tekstaa tekstari \
         tekstiviesti viesti viestiä kännyyn mobiili whatsapp whatsappi whatsapissa signal signalissa tavoittaa \
         mobilepay mobilepayta siirto",
    ),
    (Marks::NUMBER, "numero nro numerot numeroa"),
    (
        Marks::REFERENCE,
        "arvosanat arvosanani arvosana pisteet tulokset tilaus tilausnumero tilausnumeroni tilauksen tilauksesta asia asianumero asianumeroni asiakasnumero \
         asiakasnumeroni diaarinumero lasku laskun laskunumero viite viitenumero viitenumeroni varaus varausnumero \
         varaustunnus paketti paketin pakettinumero lähetys lähetystunnus seuranta seurantakoodi seurantanumero \
         jäsennumero tuotenumero sarjanumero y-tunnus tunnus ytunnus isbn koodi koodin pin pinkoodi salasana lippu \
         lento lentonumero vakuutusnumero vahinkonumero lähete resepti sopimus sopimusnumero opiskelijanumero sivu \
         linja kuitti kuitin lainan sopimuksen varauksen lähetyksen viitteen asian vakuutuksen hakemuksen käyttöpaikka lainanumero versio rikosilmoitus",
    ),
    (
        Marks::IDENTITY,
        "henkilötunnus henkilötunnukseni henkilötunnuksen henkilötunnusta hetu hetuni hetun hetua sotu sotuni \
         sosiaaliturvatunnus sosiaaliturvatunnukseni syntymäaika henkilönumero",
    ),
    (
        Marks::ACCOUNT,
        "tili tilini tilille tilinumero tilinumeroni tilinumeron iban pankkitili pankkikortti kortti kortin kortinumero \
         kortinnumero luottokortti luottokortin",
    ),
    (Marks::CAR, "auto autoni auton autolla autossa moottoripyörä mopo pakettiauto ajaa ajoi golf golfia pysäköity"),
    (
        Marks::PLATE,
        "rekisterinumero rekisterinumeroni rekisterinumeron rekkari rekkarinumero rekisteri rekisterikilpi kilpi kilvessä rekisteritunnus",
    ),
    (
        Marks::HELPLINE,
        "kriisipuhelin kriisipuhelimen kriisipuhelimeen nollalinja naistenlinja naisten linja auttava päivystys \
         päivystykseen päivystyksen päivystysapu hätänumero hätänumeroon rikosuhripäivystys sekasin mieli \
         lastenpuhelin kriisikeskus palvelunumero neuvontapuhelin poliisi myrkytystietokeskus",
    ),
    (
        Marks::HOME,
        "asun asuu asumme osoite osoitteeni osoitteessa osoitteeseen kotiosoite kotiosoitteeni muutin muutimme \
         muutettiin tule koti kotini postiosoite",
    ),
    (
        Marks::FILLER,
        "on mun minun mä olen nimellä nimi nimimerkki nimimerkillä käyttäjänimi käyttäjätunnus siellä löydyn löytyy \
         löydät tunnus se ja nimeltä mut minut",
    ),
    (Marks::NAMED, "nimellä nimimerkki nimimerkillä käyttäjänimi käyttäjätunnus nimeltä"),
    (Marks::AT, "miukumauku miuku kissanhäntä ättmerkki ättämerkki miukumau"),
    (Marks::DOT, "piste"),
    (Marks::STROKE, "alaviiva viiva väliviiva tavuviiva yhdysviiva"),
    (Marks::WEAK_AT, "ät ättä ätmerkki"),
    (Marks::MONEY, "e eur euroa euro euron egee eeroa tonnia miljoonaa miljoona tuhatta senttiä"),
    (
        Marks::UNIT,
        "prosenttia kpl kappaletta henkilöä ihmistä kertaa tuntia tunti minuuttia minuutti päivää päivä viikkoa \
         kuukautta vuotta vuosi sivua kiloa grammaa metriä kilometriä astetta pistettä litraa tablettia lasta",
    ),
    (
        Marks::MONTH,
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta \
         marraskuuta joulukuuta",
    ),
    (
        Marks::PLAIN,
        "minä mä sinä sä hän me te he se ne ja tai mutta että joka on oli ovat olla voi ei en et emme vain niin siellä \
         täällä kun miten mitä kuka kyllä moi hei kiitos kaikki joku jotain muu paljon vähän aina koskaan taas nyt \
         sitten myös kotona enemmän kirjoita lähetä päivä yö ilta tänään joka minua minut minulle minusta meitä apua",
    ),
    (Marks::QUALIFIER, "pohjoinen eteläinen itäinen läntinen vanha uusi iso pieni ylä ala"),
    (Marks::STREET, "tie katu polku kuja bulevardi esplanadi"),
    (
        Marks::NO_STREET,
        "tie tiellä tien katu kadulla polku valtatie valtatien moottoritie kantatie maantie maantiellä seututie kehätie \
         rautatie jalkakäytävä työpaikka koulutie paikka aukio tori ranta puisto kaari",
    ),
    (Marks::FLOOR, "as asunto rappu porras krs kerros bost"),
    (Marks::DOOR, "ovikoodi ovikoodin ovikoodimme alaoven"),
    (Marks::MINE, "minun mun numeroni"),
    (Marks::VERSION, "versio luku kohta pykälä momentti"),
    (Marks::GROUP, "ryhmä sivu kanava yhdistys ryhmän"),
    (Marks::AND, "ja sitten"),
    (Marks::POSTCODE, "postinumero postinumeroni postinumeromme"),
    (Marks::MAIL, "sähköposti sähköpostini meili meilini sposti maili mailini osoite osoitteeseen meilaa"),
    (
        Marks::NICK,
        "kaverikoodi kaverikoodini käyttäjänimi käyttäjänimeni käyttäjätunnus käyttäjätunnukseni nimimerkki nimimerkkini nikki nikkini gamertag gamertagi gamertagini pelinimi nimimerkkinä",
    ),
    (Marks::PLATFORM, "signalissa signalista signaliin bändissä"),
    (Marks::SEEK, "lisää etsi hae seuraa löydät lisätkää"),
    (
        Marks::STATE,
        "yksityinen lukittu poistettu hakkeroitu suljettu uusi vanha tyhjä täynnä turvallinen salainen avoin poissa \
         kavereita kuvia ihmisiä",
    ),
    (Marks::ACCOUNT, "osuuspankki osuuspankissa aktia danskebank säästöpankki ålandsbanken"),
    (Marks::CAR, "autonsa autoa autot autossaan taksi taksin paku pakun rekka rekan volvo farmari"),
    (Marks::PLATE, "rekkarit kilpi kilvet rekisterinumeronsa kilvessä rekkarissa kilvissä"),
    (Marks::MAIL, "kirjoita laita meilaa lähetä sähköpostia postia"),
    (Marks::PHONE, "puhelut soittele soita soittaisit facetime"),
    (Marks::HOME, "talo talomme talossa mökki mökkimme mökillä kämppä kämppäni majailen asuvat asutaan kylään"),
    (Marks::FILLER, "oon olenkin olin"),
    (Marks::NAMED, "oon"),
    (Marks::PLAIN, "mut mua mulle"),
    (Marks::AND, "loput lopuksi"),
    (Marks::PHONE, "vastaan"),
    (Marks::PLAIN, "mikään mitään kaikkea"),
    (Marks::SEEK, "lisäsin"),
    (Marks::STREET, "kadulla kadulle kadulta tiellä tielle tieltä polulla polulle kujalla kujalle"),
];
