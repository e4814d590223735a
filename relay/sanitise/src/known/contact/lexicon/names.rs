//! Names that are the same in every language: platforms, providers, domains, makes of car, larger towns.

use super::{Marks, Table};

/// Platforms whose names are inflected.
pub(super) const PLATFORMS: &str = "instagram insta snapchat snap snäp snäpp facebook messenger tiktok discord telegram \
    whatsapp linkedin twitter twitch reddit youtube skype steam roblox fortnite spotify \
    bluesky mastodon gmail googlemail hotmail outlook yahoo icloud protonmail minecraft valorant xbox jodel bereal";

/// Makes of car, which are inflected as well.
pub(super) const MAKES: &str = "audi bmw volvo saab toyota skoda kia mazda opel peugeot renault tesla nissan hyundai \
    citroen fiat mercedes mersu porsche lexus suzuki mitsubishi subaru dacia jeep passat octavia corolla yaris fabia \
    kuga volkswagen sprinter ducato golf";
pub(super) const MAKE_ENDINGS: &str = "en n lla ssa sta lta ta illa issa s";

/// How Finnish and the Scandinavian languages inflect them.
pub(super) const ENDINGS: &str = "issä istä iä ia iin ää illä illa ssä stä ista istä i issa ssa ista sta iin in n ni ini en et ens s namn namnet navn navnet konto kontot \
    kontoen profil profilen tili tilini nimi nimeni name";

pub(super) const WORDS: Table = &[
    (
        Marks::PLATFORM,
        "instagram insta ig instan instaen instagramet instagramin instassa instagramissa instani instaan instagramiin \
         snapchat snap snapen snapchatten snäp snäppi snäpissä snäppää snäppäile snäppään snäppiin snapissa snapchatissa snappi snapin snäppini snappini \
         snapchattini facebook face fb fejjan facebooken facebookissa facessa messenger messengeren messengerissä \
         tiktok tiktokissa tiktoken discord discorden discordissa dc discordini kik kikin telegram telegrammet \
         telegramissa signal whatsapp whatsappen whatsapissa linkedin linkedinissä twitter twitterissä twitch reddit \
         redditissä youtube youtuben skype skypen steam steamen threads mastodon bluesky tinder bumble pinterest vk \
         wickr threema session viber line wechat jodel yolo bereal roblox fortnite xbox psn playstation spotify \
         tumblr onlyfans omegle venmo paypal cashapp revolut nintendo switch playstation psn battlenet snappa snappe snapp dm zelle chess epic epicgames vinted depop etsy ebay tradera lichess duolingo strava \
         soundcloud wattpad deviantart letterboxd yubo wizz lemon8 grindr badoo happn hinge feeld element matrix chesscom \
         kikki snapchatin tiktokin instagrammen x",
    ),
    (
        Marks::PROVIDER,
        "gmail googlemail hotmail outlook yahoo icloud live msn protonmail proton telia comhem bredband spray tele2 \
         bahnhof jubii mailbox online frisurf broadpark luukku suomi24 kolumbus gmx web freenet aol mail fastmail \
         tutanota tuta hey pm me",
    ),
    (
        Marks::TOP,
        "com org net se no dk fi de uk co eu nu io me info fr nl is ax be at ch us edu gov biz app dev online invalid \
         example test xyz site it es pl email life live blog gg tv",
    ),
    (
        Marks::MAKER,
        "ice ece ire tgv bmw kia sek nok dkk eur usd gbp vw ibm asus ptsd adhd kbt dbt ssri sms dvd cd usb tv pc iso din psalm ps \
         kl klo nr mr ms st sp fk af bup vuxen nav lss sol lvu lvm rum sal hus kap art fig tab bok del vol jan feb mar \
         apr jun jul aug sep okt oct nov dec dec ca max min about over just vid ved til til kun men med den det der for \
         fra och the and has had til omk ikl ring linje buss bus bil car van line room page side sid",
    ),
    (
        Marks::DEVICE,
        "iphone ipad macbook imac mac mbp mba ipod laptop pc dator desktop galaxy pixel huawei android ps5 air \
         watch thinkpad phone telefon mobil printer nas router",
    ),
    (
        Marks::TOWN,
        "stockholm sthlm göteborg gothenburg malmö uppsala västerås örebro linköping helsingborg jönköping norrköping lund \
         umeå gävle borås södertälje eskilstuna halmstad växjö karlstad sundsvall östersund trollhättan luleå kalmar \
         falun skellefteå kristianstad karlskrona skövde uddevalla varberg nyköping borlänge kiruna visby solna \
         sundbyberg nacka täby huddinge lidingö järfälla sollentuna haninge botkyrka tumba mölndal kungsbacka landskrona \
         trelleborg ystad motala sandviken örnsköldsvik härnösand storuman arvidsjaur sala enköping strängnäs oskarshamn \
         københavn copenhagen aarhus århus odense aalborg ålborg esbjerg randers kolding horsens vejle roskilde herning \
         silkeborg næstved frederiksberg viborg køge holstebro taastrup slagelse hillerød helsingør sønderborg svendborg \
         hjørring frederikshavn nørresundby ringsted haderslev skive fredericia nyborg valby brønshøj kongens hellerup \
         gentofte ballerup glostrup hvidovre rødovre albertslund rønne thisted nakskov nykøbing tønder aabenraa grenaa \
         oslo bergen trondheim stavanger drammen fredrikstad kristiansand sandnes tromsø sarpsborg skien ålesund \
         sandefjord haugesund tønsberg moss bodø arendal hamar ytrebygda larvik halden lillehammer molde harstad gjøvik \
         kongsberg narvik førde sogndal alta kirkenes elverum steinkjer namsos levanger horten askim ski asker \
         sandvika lillestrøm jessheim kristiansund mo mosjøen hammerfest vadsø voss florø leirvik egersund mandal \
         helsinki helsingfors espoo esbo tampere tammerfors vantaa vanda oulu uleåborg turku åbo jyväskylä lahti kuopio \
         pori kouvola joensuu lappeenranta hämeenlinna vaasa seinäjoki rovaniemi mikkeli kotka salo porvoo kokkola \
         hyvinkää lohja järvenpää rauma kajaani kerava savonlinna nokia ylöjärvi kangasala raisio imatra mariehamn \
         berlin hamburg münchen köln frankfurt stuttgart düsseldorf leipzig dortmund essen bremen dresden hannover \
         nürnberg wien zürich paris lyon marseille toulouse nice nantes strasbourg bordeaux lille rennes london \
         reykjavík tórshavn nuuk bonn kiel lübeck rostock",
    ),
    (
        Marks::TOWN,
        "alingsås arboga askersund bollnäs boden falkenberg falköping filipstad flen gällivare hagfors haparanda hedemora \
         hudiksvall hultsfred huskvarna höganäs karlshamn karlskoga katrineholm kramfors kristinehamn kumla köping laholm \
         lerum lidköping lindesberg ljungby ludvika lycksele lysekil malmköping mariestad mjölby munkedal nybro nynäshamn \
         nässjö oskarström osby oxelösund piteå ronneby sigtuna simrishamn skara sollefteå strömstad sunne säffle sölvesborg \
         tidaholm tierp timrå tranås trosa ulricehamn vetlanda vimmerby vänersborg värnamo västervik åmål ängelholm åtvidaberg \
         skagen hirtshals brønderslev hadsund hobro løgstør nibe lemvig struer ringkøbing varde ribe grindsted billund bramming \
         vejen brande ikast odder ebeltoft skanderborg hammel bjerringbro middelfart assens faaborg rudkøbing korsør sorø \
         vordingborg maribo sakskøbing præstø faxe haslev solrød greve frederikssund frederiksværk helsinge birkerød hørsholm \
         farum lyngby herlev brøndby stege svaneke \
         stadlandet volda ørsta ulsteinvik stryn nordfjordeid måløy odda stord leirvik bømlo kopervik bryne sauda flekkefjord \
         farsund lyngdal grimstad risør kragerø notodden rjukan hønefoss gran raufoss brumunddal otta røros oppdal orkanger \
         stjørdal verdal brønnøysund sandnessjøen fauske svolvær sortland andenes finnsnes lakselv karasjok kautokeino honningsvåg \
         kongsvinger eidsvoll nesodden drøbak holmestrand horten stavern sunndalsøra åndalsnes kristiansund vennesla \
         ivalo inari sodankylä kemijärvi kittilä tornio kemi raahe kuusamo suomussalmi iisalmi nurmes lieksa kitee varkaus \
         pieksämäki heinola hollola orimattila riihimäki forssa huittinen kankaanpää parkano ikaalinen virrat äänekoski \
         saarijärvi viitasaari pietarsaari uusikaarlepyy kauhajoki kurikka lapua alavus närpiö kristiinankaupunki uusikaupunki \
         naantali paimio loimaa hanko tammisaari karjaa kirkkonummi nurmijärvi tuusula sipoo mäntsälä loviisa hamina valkeakoski \
         sassnitz stralsund greifswald wismar schwerin neubrandenburg cottbus potsdam magdeburg halle erfurt weimar jena gera \
         chemnitz zwickau plauen bautzen görlitz passau regensburg ingolstadt augsburg kempten lindau konstanz freiburg \
         karlsruhe mannheim heidelberg heilbronn ulm würzburg bamberg bayreuth kassel göttingen hildesheim braunschweig wolfsburg \
         oldenburg emden wilhelmshaven cuxhaven flensburg husum neumünster lüneburg celle osnabrück bielefeld paderborn siegen \
         koblenz trier mainz wiesbaden darmstadt saarbrücken kaiserslautern aachen krefeld wuppertal solingen bochum duisburg \
         oberhausen gelsenkirchen salzburg innsbruck linz graz klagenfurt basel luzern winterthur",
    ),
    (Marks::NICK, "user bruger brukar bruker nutzer användare"),
    (Marks::PROVIDER, "t-online posteo"),
    (Marks::PLATFORM, "gmx posteo t-online luukku"),
];
