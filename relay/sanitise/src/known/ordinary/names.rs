//! Names that are ordinary words as well, folded and sorted, by the language in which they are words.

/// Swedish.
pub(super) const SWEDISH: &str = "\
    aker al alg ang angel april as ask asp august bill bjork bjorn blad blom bo borg bro bror dag dagg dahl dal dan \
    dina eir ek eke eken eld eng engel even fager falk falt farm fjall flink flod folk folke fors frej frejd fri \
    frid frisk frost fura gass glad gran gren grim grip gro grundel gry gull hagel hagg hall hans hard hav hed heder \
    hell helle hjort holm host hugg humla inga iris is jarn jord jul juli juni kall kark klang klar klara klint klok \
    knut krans kron kroon kung kvist lage lager lang larka lava lax lejon lilja lin lind linde liv ljung ljus lo lod \
    lof lov love lund lust lyck lykke maj malm mane mard marin mark max mild mo modig mork munk my myr nas natt nojd \
    nord norr olja orn orre ost osten palm par parla per pil pilgrim piper rad rak ram rask regn ren ring ro rolig \
    ronn ros rosa rosen rot rubin rund rusk saga sall sand sanna sigg sjo skarp skog skold skott sky snall soder sol \
    solen sommar sparv spets spjut sporre stahl stal stam stark sten stig stjarna stolt storm strand strid strom \
    sund svala svan svard syren tage tall tapper tjader torn torp traff trast trygg tuva ulv ung ur vag vallmo var \
    varn vast vide vik viker vild ville vind vinter viola vira viva yr";

/// Danish and Norwegian.
pub(super) const DANISH_NORWEGIAN: &str = "\
    aas aere anker april as asen ask aske asker august baek baever bager bakke bakken balle bang bank barn basse \
    bekk bent berg birk birke bjerg bjerre bjork bjorn bla blad bo bog bogh bonde bred brink bro bror brun bruse \
    bruun busk by byg dag dahl dal dalen dam dige due dyr dyring eli elm elv eng enge engel even fager falk fisk \
    fisker fjeld fjell folke foss fosse fossen frank fri frie frisch frisk fro from frost fryd fugl gaard gade gard \
    glad glede gram gran grav greger gren greve grim gro gron gry gull haab hald hall hap hare haug hauge haugen hav \
    havn hede hegn helle hest hjort hjul hoeg hoj holk holm holt horn hoy hus hvid hyld iris jaeger jern jo jul juli \
    juni just juul kaas kaer kam kamp kant kat katt kilde kirke kjaer klint klok klokker knap knud kok kokk konge \
    kongen korn kors krog krone kruse kure kusk kvist laerke laks land lang lange let leth lie lien lilja lilje \
    lille liv loft love lund lunde lunden lykke lyng made mai maj mark max may mild mo modig moe moen moller mose \
    munk mur myhr mynte myr myra naes nes ness nor nord nyborg nygard odde oren orn ost ostby oster otte palm pil \
    pind plads plass pors port post praest prest prins prip raev ramm rand rask ravn rev rich ridder riis rik ring \
    ringen ris ro rod roe roed rolig ros rosa rose rosen rud ruud saeter saga sand sande sander sang sejr seter sjo \
    skaar skar skau skjold skog skou skov skram skytte smed snedker snill so soby soe sol solberg solli solvang \
    sommer sort spang spar spurv staer staerk stage stav stavn steen stein sten sterk sti stien stig stor storm \
    storo strand stub sund sunde sundet svan svane svend sverd tand tang tangen tine toft torn torp torv trae trane \
    tro tryg tved ulv ung unge vaar vad vang vangen var vest vester vig vik viken vinter viola vis vise vold volden \
    wolf";

/// English.
pub(super) const ENGLISH: &str = "\
    abbey abbot ace alley amber angel apple april archer art ash aspen aster august autumn baker ball banks barber \
    bay beach bean bear beau bee bell belle berry best bill birch bird bishop bliss blossom blue bond bonnie booth \
    bow bowl boy brandy brave breeze briar bridge bridges bright brook brooks brown buck bud bull burns bush butcher \
    butler butter candy cane carpenter case cash castle chance charity chase chip church clay cliff close cloud \
    clover coal coast colt combs comfort concord cook coral cotton counts court crane creek cross crow cruise \
    crystal cuff curry dale dash dawn day deer delight destiny dixie dolly dove downs drake draw drew duke dusk \
    dusty earl early earnest east easter eden elder elm ember england ever fair faith fall falls farmer fawn fay \
    fern field fields finch fish fisher flint flower forest fox france frank free freed freedom freeman friend frost \
    gale gardener garland gay gem gene gentle gift ginger glass glen glory gold golden good grace grand grant grave \
    graves gray green grey grove guest guy hale hall ham hand happy hardy harm harmony harp hart harvest haven hawk \
    hays hazel head heart heath heather heaven hedge henna herb hero hill hills holder holly home honey honor honour \
    hood hook hooper hope horn house hunt hunter hyde iris iron isle ivory ivy jet jewel job joy judge june justice \
    keen kind king kings knight lake lamb lance land lane lark laurel lavender law leaf liberty lilly lily linden \
    lion little lock london long lord lore love loved lovely luck lucky lux lyric mace major man manly march mark \
    marks marsh marshal marshall mast master max may meadow mercy merit merry mid mild mile miles mill miller mills \
    mint mist misty moon moor more morning moss mount myrtle neat noble noon norm north oak oaks ocean olive opal \
    page paige palm paris park parks parson parsons pat patience patty pax peace peach peak pearl penny pepper \
    peppers petal petty piece pierce pike pine piper place pleasant pole pond pool pope porter post potter pound \
    power powers precious pretty price pride prince princess prior prudence pure quick quill rain rainbow ran randy \
    ranger raven reason red reed rich rick ridge ring rip river rivers rock rocky rod roman rook rose rosy rowan \
    royal ruby rush russet rust rusty sable sage sailor saint salt sandy savage sawyer scarlet scout sea seal season \
    self serenity shade shell shepherd shore short silver singer sky skye slate small smart smith snow sole song \
    south sparks spear spring star stark steel steele stern stone stones storm story street strong sue sugar summer \
    summers sunny sunshine swan sweet swift teal temple tender thorn thyme tide tiger tiller timber tip town towns \
    treasure tree trinity trip true truth tuck turner unity vale valley valour van verity vest victory viola violet \
    walker wall walls ward ware waters wave way weaver wells west wheel wheeler whit white wild wilder will willing \
    willow wills win wind winner winter winters wise wish wolf wood woods word words worth wren wright yard york \
    young younger youngs zeal";

/// Finnish.
pub(super) const FINNISH: &str = "\
    aalto aamu aari aarni aarre ahde aho ahven aika aimo aino aita aiti akka alho ankka armas armi aro arpi arvo \
    auli aura aurinko auvo ele elo ensio era haapa hagi halko halla hallava halme harju harmaa hauki heikko heimo \
    heina helmi hely henki hete hiekka hilja hilla hirvi honka huhta huhti huovi hurme huuhka huurre hyry ihana ilma \
    ilo impi into isku ita jaa jalava jalo jarvi joki joulu jousi joutsen jyva kaari kaarna kaino kajo kallio \
    kanerva kangas kannas kanto karhi karhu kari karppi kaste kataja kaunis kauris keidas keiju kelo kero kesa keto \
    kettu kevat kide kielo kiuru kivi koi koivu korpi koski kotka koto kuisma kukka kulta kurki kuu kuura kuusi kyla \
    laakso lahja lahti laine lammi lampi lapio lauha laulu lehti lehto leimu leivo lempi lento liekki lilja linna \
    lintu lohi loimu louhi lumi lumo luoto lyyti maa mainio maki manner mansikka manty marja matka meri mesi metsa \
    metso neito neva niemi niitty nummi nuppu oiva oja oksa oma onni orava ori orvokki otava otso paasky paiva paivi \
    paju palo parta pato peippo pelto pera perho piha pihla pihlaja pilvi pinja pohja poika puisto puro puu pyry \
    raikas raita raivo ranta rauha rauma rauta reipas repo riita rinne runo ruska ruusu saaga saari saarni sade \
    salama salmi salo sampo sani sarastus satu savi savo seppa sini sirke sirkka sisko sisu sointu sorsa sulo sumu \
    suo suoma susi suvi syksy tahti tahto taika taimi taisto tammi tarina tarmo taru tenho terho terttu tieto tikka \
    toivo tuike tuisku tuomi tuuli tytto tyyne tyyni uljas unelma uni unto urho usko usva utu uusi vaara valo valta \
    valto vanamo varjo varma varpu veikko veini veli vesa vesi vieno vihta viima vilja vilkas virta virva visa voima \
    vuokko vuori yla";

/// German, French, Spanish, Arabic; and small words a name folds to.
pub(super) const OTHER: &str = "\
    age aimee al amal amour an ange are art bach bard barn bauer baum beau becker belle berg best bill blanc blanche \
    blanco blum bon braun bravo broder bruder can clair claire cruz dawn de delgado dem den der dieu don du ed ei \
    else en engel ernst faith far fleur flor fort france frei frey fri frohlich fuchs god goda gode gott grace grand \
    grant gross gud guds guerre gut hahn hakan han hans hase he hei hej her herz himmel hirsch hof hoffnung hon hope \
    hun imam iman islam ja jo joie joly joy june jung juste kai kaiser kind king klara klein koch konig kraft krieg \
    kun lang licht lieb liebe line lone long lova love lowe luna lune luz mai maier malak man mans mar marche mark \
    max may me meer men mer mika mina mohr mor moreno morgen mut mutter neu neuf neumann new nieves niin no noir \
    noire noor nour nu odd oli olive olla on pal par pat paz per petit petite pierre prince reich reine rey rich \
    richter rico ritter roche roi rose rot roth rouge rousse roux rune salam sanna sauer schafer scharf schatz \
    schmied schneider schon schwarz se see ser sin sitten sol soledad soleil sommer son sonen sonne stein stern \
    stolz sturm summer suss syster tag tal tanne te tone treu ty vad var vater vem vi ville violette vogel vogt vor \
    wagner wald weiss will winter wolf wunder young zimmer zorn";

/// Months, seasons and days, which some languages write with a capital.
pub(super) const CALENDAR: &str = "\
    aout apr april aug august augusti autumn avril december easter efterar fall feb februar februari february forar \
    fredag friday host jan januar januari january juillet juin jul juli july jun june juni lordag mai maj mandag mar \
    march mars may monday november october oktober onsdag pask saturday sept september sommar sommaren sommer \
    sommeren sondag spring summer sunday thursday tirsdag tisdag torsdag tuesday var vinter vinteren wednesday \
    winter";
