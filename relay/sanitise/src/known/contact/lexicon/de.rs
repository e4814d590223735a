//! German and French words that announce or make up contact details.

use super::{Marks, Table};

pub(super) const WORDS: Table = &[
    (
        Marks::PHONE,
        "ruf rufe rufen anrufen anruf telefon telefonnummer handy handynummer mobil mobilnummer festnetz festnetznummer \
         erreichst erreichen erreichbar schreib sms tel rufnummer whatsapp signal appelle appelez appeler téléphone \
         portable fixe joindre",
    ),
    (Marks::NUMBER, "nummer nr numéro num"),
    (
        Marks::REFERENCE,
        "noten zensuren ergebnisse bestellung bestellnummer bestellnr auftrag auftragsnummer aktenzeichen az rechnung rechnungsnummer kunde \
         kundennummer mitgliedsnummer buchung buchungsnummer buchungscode paket paketnummer sendung sendungsnummer \
         artikel artikelnummer seriennummer steuernummer vorgang vorgangsnummer fall fallnummer kennwort code passwort \
         ticket flug zug matrikelnummer versicherungsnummer schaden schadennummer seite zeile commande facture dossier \
         référence colis réservation siret siren",
    ),
    (
        Marks::IDENTITY,
        "personennummer sozialversicherungsnummer steuerid steueridentifikationsnummer rentenversicherungsnummer \
         ausweisnummer identitätsnummer identifikationsnummer steuernr \
         versichertennummer krankenversichertennummer",
    ),
    (
        Marks::ACCOUNT,
        "konto kontonummer bankverbindung iban blz bankleitzahl karte kreditkarte kartennummer girokonto compte carte rib",
    ),
    (Marks::CAR, "auto autos wagen fährt motorrad voiture parkt golf"),
    (Marks::PLATE, "kennzeichen autokennzeichen nummernschild schild schilds plaque immatriculation immatriculée"),
    (
        Marks::HELPLINE,
        "telefonseelsorge seelsorge hilfetelefon krisentelefon notruf nummergegenkummer krisendienst polizei \
         giftnotruf elterntelefon",
    ),
    (Marks::HOME, "wohne wohnen wohnt adresse anschrift umgezogen habite adresse"),
    (
        Marks::FILLER,
        "ist auf heiße heisse bin ich mein meine unter als name benutzername der die das zu bei nutzername suis sur mon \
         est c",
    ),
    (Marks::NAMED, "heiße heisse benutzername nutzername nennt pseudo"),
    (Marks::AT, "klammeraffe arobase arrobase klammeraffen"),
    (Marks::DOT, "punkt point"),
    (Marks::STROKE, "unterstrich bindestrich tiret strich minus"),
    (Marks::MONEY, "euro euros franken millionen mio tausend cent"),
    (
        Marks::UNIT,
        "prozent stück personen mal stunden stunde minuten minute tage tag wochen woche monate monat jahre jahr seiten \
         kilo gramm meter kilometer grad punkte liter tabletten uhr menschen leute kinder heures ans jours fois mois \
         personnes",
    ),
    (
        Marks::MONTH,
        "januar jänner februar märz april mai juni juli august september oktober november dezember janvier février mars \
         avril mai juin juillet août septembre octobre novembre décembre",
    ),
    (
        Marks::PLAIN,
        "ich du er sie wir ihr es der die das ein eine und oder aber dass ist war sind hat haben kann soll nicht nur so \
         da hier wenn wie was wer ja nein hallo danke alle jemand andere viel wenig immer nie wieder jetzt dann auch zu \
         hause mehr schreib schick von mit ohne bei für um ab jeden tag früher geschrieben",
    ),
    (Marks::STREET, "straße strasse str weg platz allee gasse ring ufer markt damm"),
    (Marks::STREET_FIRST, "rue avenue boulevard place chemin impasse allée quai passage cours bd"),
    (Marks::QUALIFIER, "alte alter neue neuer große kleine obere untere sankt am im an"),
    (
        Marks::NO_STREET,
        "weg platz straße strasse gasse markt ring arbeitsplatz spielplatz parkplatz sitzplatz umweg ausweg",
    ),
    (Marks::FLOOR, "whg wohnung stock etage"),
    (Marks::DOOR, "türcode digicode"),
    (Marks::MINE, "mein meine mich mon ma moi"),
    (Marks::VERSION, "abschnitt kapitel absatz"),
    (Marks::AND, "und dann et"),
    (Marks::POSTCODE, "postleitzahl plz"),
    (Marks::GROUP, "gruppe seite kanal verein"),
    (Marks::MAIL, "mail mailadresse email courriel adresse"),
    (Marks::NICK, "freundescode benutzername nutzername nick pseudo gamertag gamertags spielername spitzname"),
    (Marks::SEEK, "such suche find finde folge adde schreib findest"),
    (
        Marks::STATE,
        "privat öffentlich gesperrt gelöscht gehackt weg neu alt leer voll kaputt geheim sicher offen zu freunde leute \
         bilder",
    ),
    (Marks::ACCOUNT, "sparkasse volksbank postbank commerzbank comdirect"),
    (Marks::CAR, "pkw lkw transporter anhänger fahrzeug"),
    (Marks::MAIL, "schreib schreibt schick mail maile"),
    (Marks::PHONE, "klingel klingeln anklingeln durchklingeln mailbox facetime"),
    (Marks::HOME, "haus wohnung hütte zuhause daheim bude"),
    (Marks::FILLER, "heiß heiss nenn"),
    (Marks::NAMED, "heiß heiss"),
    (Marks::ACCOUNT, "kontonr kontonummern bankverbindungen"),
    (Marks::PLAIN, "mich mir"),
    (Marks::AND, "rest schluss"),
    (Marks::NUMBER, "ziffern"),
    (Marks::PLAIN, "nichts alles etwas niemand"),
    (Marks::SEEK, "geaddet addete hinzugefügt"),
    (Marks::NAMED, "nenn nenne"),
];
