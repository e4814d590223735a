//! English words that announce or make up contact details.

use super::{Marks, Table};

pub(super) const WORDS: Table = &[
    (
        Marks::PHONE,
        "call calls calling phone phones telephone tel mobile cell cellphone text texts txt sms landline reach ring \
         dial whatsapp signal viber ph hmu",
    ),
    (Marks::NUMBER, "number no num digits"),
    (
        Marks::REFERENCE,
        "grades marks scores results order orders invoice case ticket reference ref booking reservation confirmation parcel package tracking \
         consignment shipment customer member membership policy claim serial model version isbn issn sku item company \
         registered charity vat flight train seat code pin password otp passcode receipt docket dossier file report \
         incident crime application licence license imei ean account-ref job locker page line chapter psalm prescription \
         hospital patient student employee loan meter copyright bus route article",
    ),
    (Marks::IDENTITY, "ssn social ni nino insurance national identity id nationalid"),
    (
        Marks::ACCOUNT,
        "account acct acc accno iban sort sortcode card visa mastercard amex maestro debit credit bank bic swift routing \
         wallet bitcoin rent transfer",
    ),
    (Marks::CAR, "car cars van vehicle motorbike truck lorry drives driving parked golf ford"),
    (Marks::PLATE, "plate plates reg registration numberplate regplate vrm"),
    (
        Marks::HELPLINE,
        "helpline helplines hotline lifeline samaritans childline mind nhs shout papyrus refuge police emergency crisis \
         switchboard nspcc calm victimsupport cruse beat switchboards",
    ),
    (Marks::HOME, "live lives living address moved staying home flat apartment house reside"),
    (
        Marks::FILLER,
        "is on at my the it s m im i am me as to name username handle user nick nickname called under by via id account \
         profile just also too instead",
    ),
    (Marks::NAMED, "called named username handle nickname nick"),
    (Marks::WEAK_AT, "at ät hos på ved bei hjá on"),
    (Marks::DOT, "dot point period"),
    (Marks::STROKE, "underscore dash hyphen minus plus"),
    (
        Marks::MONEY,
        "usd eur gbp chf aud cad jpy pln dollars dollar pounds pound quid euros euro bucks million thousand grand \
         pence cents k",
    ),
    (
        Marks::UNIT,
        "percent people times hours hour minutes minute mins days day weeks week months month years year pages kilos \
         kilo grams metres meters miles kilometres degrees points litres pills tablets kids messages calls feet foot \
         am pm seconds pieces units students of",
    ),
    (Marks::MONTH, "january february march april may june july august september october november december"),
    (
        Marks::PLAIN,
        "i you he she we they them it the a an and or but that is was are were has have had can will not just so there \
         here when how what who yes no hi hello thanks hug all some any other much little always never again now then \
         also home out in more most write send from with without for of by up down over under after his her my your \
         account page see comes goes day night every me us him everyone anyone all together before someone nobody look looking looked work works working worked stay staying \
         private public because too active mostly really still only posts friends called",
    ),
    (
        Marks::STREET_AFTER,
        "street st road rd lane ln avenue ave av drive dr close court ct way crescent cres gardens gdns terrace place pl \
         square sq hill grove mews row boulevard blvd walk park parade green view rise circus wharf yard quay highway \
         hwy parkway pkwy drove wynd loop trail pike alley heights mount esplanade brae croft garth",
    ),
    (Marks::QUALIFIER, "north south east west upper lower old new great little saint"),
    (Marks::FLAT, "flat apt apartment unit suite room"),
    (Marks::FLOOR, "apt apartment flat suite unit floor ste"),
    (Marks::DOOR, "doorcode gatecode entrycode"),
    (Marks::MINE, "my mine me"),
    (Marks::VERSION, "version section chapter paragraph clause release v ver firmware build ios android"),
    (Marks::GROUP, "group page channel server organisation organization charity subreddit"),
    (Marks::AND, "and then"),
    (Marks::POSTCODE, "postcode postcodes zip zipcode postal"),
    (Marks::MAIL, "mail email e-mail mailbox address reach write"),
    (Marks::NICK, "friendcode username usernames handle nick nickname gamertag screenname psn"),
    (Marks::SEEK, "add search find follow look message dm"),
    (
        Marks::STATE,
        "private public locked gone deleted hacked blocked new old empty down broken fake open closed safe dead off \
         disabled suspended banned secret monitored friends people strangers pictures photos her him them full ready \
         fine okay good bad",
    ),
    (Marks::ACCOUNT, "barclays hsbc lloyds monzo natwest halifax santander nationwide revolut starling wise"),
    (
        Marks::CAR,
        "suv pickup minivan sedan hatchback estate taxi cab motorhome tesla toyota audi skoda opel nissan passat polo honda",
    ),
    (Marks::PLATE, "reg. numberplates registrations licenseplate rego"),
    (Marks::MEETING, "zoom meeting webex teams"),
    (Marks::CAR, "driveway garage carpark mirror bumper windscreen"),
    (Marks::PHONE, "bell buzz facetime voicemail"),
    (Marks::HOME, "round flat house place caravan cottage bungalow crash crashing lodging"),
    (Marks::FLAT, "plot caravan bungalow"),
    (Marks::PHONE, "answer pick"),
    (Marks::PLAIN, "nothing everything anything"),
    (Marks::SEEK, "added"),
];
