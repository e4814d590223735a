//! Words that no name list, display name or local part means as a name, folded and sorted.

/// Swedish, Danish, Norwegian, English, Finnish: of people, offices and greetings, and what mailboxes are called after.
pub(super) const WORDS: &str = "\
    abuse account accounts admin adress adresse advisor aeble aidit aiti alene alert alerts alla alle allt allting \
    alone and angel angry anonym anonymous anonyymi answer apa ape apple arbeid arbejde arbete arbetet arg asia \
    asiakas aska assistant assistent att aurinko author autumn avdelning avdelningen baby baer banan banana bank bar \
    barn barnen barnet bear bebis beredskap berg berry best bestilling bestyrelse billing bird bjerg bjorn bla black \
    blad blatt blomma blommor blomst blomster blue board bokning bokningen bolag bolaget booking borta borte boss \
    bostad boy brev brevbro brevet broken bror brown brukare brun bunny butik butterfly by bygg byra byran cake \
    candy captain cat center central centralen centre centret centrum ceo chat chatten cheers chef cherry citron \
    club co coach coffee company consulting contact cookie cool coordinator counselling counsellor crazy crisis \
    crystal customer dad daemon dag dagen daglig dance dancer dans dansa danse dark darkness data dead dear death \
    demon den der deres design det devil diamant diamond dig din dina director direktor dit djavul doctor dod dog \
    doktor dom donotreply dotter dr drage dragon drake dream dreamer dreams drift drom drommar drommare drums du \
    earth efterar egen eget ego ekonomi ekonomiavdelningen elama eld elev elv email emailen en engel engelen enheden \
    enhet enheten ensam eple epost ett fader fagel faith faktura familie familien familj familjen family fan far \
    father fighter fire firma fish fisk fjall fjaril fjell flicka flickan flod flower flowers fly flyga flyve folk \
    fond fonden for forar forbund forbundet forening foreningen forest formand forsamling forskola fotboll foto fox \
    fra fraga frage fraktion fran fred free freedom fri friend friends frihed frihet fritid frivillig frivilliga \
    frivillige frk froken from fru fugl gal galen game gamer gaming gammal gammel garden general ghost girl gitarr \
    glad gmail god goda godis gold gomd good gra graes gras grass gray green gress grey gron gronn grupp gruppe \
    gruppen gud guest guitar gul guld gull gutt hab hage haj hallo halsning halsningar han handel handlaggare hans \
    hap happiness happy hare hast hav have havet haxa he heart heaven hei hej heks hela hello help helpdesk helpline \
    helt hem hemlig hemlighet hemma hemmelig hemmet hennes her hero herr herre hest hi hidden hilsen himlen himmel \
    hjaelp hjalp hjalpen hjalplinje hjalpsokande hjalte hjarta hjelp hjelpen hjelpetelefon hjerte hon honey honning \
    honung hope hopp horse hospital host hostmaster hotel hotell hotline hotmail house hov hr hun hund hunter hus \
    huset hvem hvid hvit ice icloud ikke ild ilo in info information ingen inte international invoice is isa it jag \
    jagare jeg job jobb jord jordbaer jorden jordgubbe jour jouren julegave julen kaereste kaerlighed kaerlighet \
    kaffe kage kaka kake kampe kanin kansli kanslia kansliet kapten kar kara karlek karleken katt katten kesa keskus \
    kevat kiitos kind king kirke kirken kirkko kissa kitten kitty kjaerlighet klass klinik kliniken klinikka \
    klinikken klub klubb klubben knust koira kommun kommune kommunen kommuner konge kontakt konto kontor kontoret \
    koordinator kors korsbar korset koti koulu krigare kriisi kris krise krisecenter krisesenter kristall krystall \
    kund kunde kunder kundtjanst kung kunta kurator kuu kvinde kvinder kvinna kvinne kvinner kvinnohus kvinnojour \
    kvinnojouren kvinnor kyrka kyrkan lady laege laerer lag laget lakare lake land lapset lapsi larare larling lasku \
    leaf ledare leder ledsen leg lege legevakt lei lejon lek lemon leva leve life light lightning lila lilla lille \
    linje linjen lion little liv live livet ljus lobe lonely lope lord lost lot lov love lycka lykke lyn lys magi \
    magic mail mailen mailer mama mami mamma man manager mand mane manen mann marketing mastare master mat med \
    meddelande media medlem medlemmer mega melding melon mensen meri mester metsa miehet mies mig min mina mine mit \
    mitt mobil mobile moder mom mommy monday monkey monster moon mor morfar mork mormor mother mottagning \
    mottagningen mountain mouse mum mus museum music musik mvh my mye nagon nainen naiset name namn nat national \
    nationell natt nattuggla navn nett network new news newsletter night nimi ninja no nobody nord nordic noreply \
    norge norsk not nothing notification notifications notifikation number nummer nuoret nuori nurse nya nye \
    nyhedsbrev nyhetsbrev ocean och office og okand old one online onni or orange order orders ordet ordforande \
    ordre org organisation oss our outlook owl own oy panda papa pappa para parent parents parla party pasta pastor \
    peace peach pearl people perhe perheet perle person personal phone piano pink pirat pirate pizza plan play \
    player plum plus poika pojke pojken pony post posten postmaster potatis potato potet press prest prince princess \
    prins prinsessa prinsesse privat private project projekt prosjekt psychologist psykiater psykiatri psykolog \
    psykologi puh puhelin puppy purple queen question rabbit rad radet radgivare radgiver radgivning radgivningen \
    radio rain rainbow rakkaus ratta rav reader reception receptionen receptionist recipients red regards region \
    regionen regnbage regnbue rehab reply rev ring river robot rock rockstar rod roda rode ros rosa rose roser rosor \
    rum run sad sag sager sagsbehandler sais saker saksbehandler sales samordnare sang school sea secret seeker \
    sekretaer sekreterare seksjon senter senteret service services shadow shark she shop silver sin sincerely sine \
    sing singer singing sint sit sitt sjo sjukhus sjukhuset sjukskoterska sjunga skjult skog skogen skola skolan \
    skole skolen skolor skov skugga sky skyer skygge slik sma sne sno snow so social sociala socialsekreterare \
    socialt socionom socker sod sol sola solen solv someone sommar sommer sommerfugl son song sort sosionom soster \
    sot spam spel spil spill spogelse spoke sporgsmal sporsmal sport spring springa spurv stad staff star stars \
    stein sten stift stiftelse stiftelsen stjarna stjarnor stone stor stora store storm strawberry student students \
    studie stuff styreleder styrelse styret sugar sukker summer sun sunny sunshine suomi super support svar svart \
    svensk svenska sverige sweet sydan syksy synge system syster tack tahti tak takk talvi te tea team tech teknik \
    telefon telefonen telia terapeut terapi terveisin test thank thanks the their therapist therapy thing three \
    thunder tid tider tiger til till tired tjanst tjej tjejen tjejjour tjeneste to tokig torden trad tradgard trae \
    traet trasig tre tree trist tro troll trollkarl trolls trott trumma tuki tukipuhelin tuuli tva two tytto uggla \
    ugle ukendt ukjent ulv undisclosed ung unga ungdom ungdommer ungdoms ungdomsmottagning ungdomsmottagningen unge \
    universitet universitetet university unknown utan vag vakt vaktmester vampire van vand vann vanner vantrum \
    vapaaehtoinen var varaus vard vardcentral vardcentralen varden varg varm vart vatten vd ven venn vennene venner \
    verden verksamhet vi vid video vind vinter vit voksen volunteer volunteers vuxen warrior water web webb \
    webmaster website weekend welcome white who wife wind winter witch without wizard wolf woman women work world \
    yahoo year yellow yhdistys you young your youth ystava ystavallisin ystavat zombie";
