//! Names of places, folded and sorted: a person or an office may be called after one, and everybody may name it.

/// Towns, districts and regions of the Nordic countries and Britain; large towns and countries elsewhere.
pub(super) const PLACES: &str = "\
    aabenraa aalborg aanekoski aarhus aberdeen abo accra addis adelaide aero afghanistan africa afrika agder \
    ahvenanmaa akersberga akershus alabama aland alaska alavus albertslund alborg alesund alger alingsas allerod \
    almhult alta alvsbyn amager amal america amerika amman amsterdam andenes andover ange angelholm angered \
    angermanland ankara antwerpen arboga are arendal argentina arhus arizona arjeplog arkansas arsta arvidsjaur \
    arvika as asia asien asker askersund askim askoy asmara assens aten athen athens atlanta auckland australia \
    australien austria avesta ayr baerum bagdad baghdad baku ballerup baltikum baltimore bangkok bangor barcelona \
    barnet barnsley basel basildon basingstoke bastad bath bedfordshire beijing beirut belfast belgien belgium \
    bengtsfors beograd bergen bergsjon berkshire berlin bern billund birkerod birmingham bjorneborg blackburn \
    blackpool blekinge boden bodo bogense bohuslan bollnas bolton bomlo boras bordeaux borga borlange bornholm \
    boston botkyrka bournemouth bradford brasil brazil bremen brevik brighton brisbane bristol britain brixton \
    bromley bromma brondby bronderslev bronnoysund brussels bruxelles bryn bryne buckinghamshire bucuresti budapest \
    burlov burnley buskerud cairo calgary california cambridge cambridgeshire camden canada canterbury cardiff \
    carlisle chelmsford cheshire chester chicago chile china christianshavn cincinnati cleveland colchester cologne \
    colorado connecticut copenhagen corby cork cornwall coventry crawley croydon cumbria dakar dakota dalarna dallas \
    dalsland damascus damaskus danmark darlington degerfors delaware delhi denmark denver derby derbyshire detroit \
    devon dhaka djursland dombas doncaster dorset dover dragor drammen dresden drobak dublin dundee durham \
    dusseldorf ealing eastbourne ebeltoft edinburgh egersund egypt egypten ekenas eksjo elverum emmaboda enfield \
    england enkoping enontekio enskede eritrea esbjerg esbo eskilstuna eslov espoo essex estland estonia ethiopia \
    etiopien europa europe exeter faaborg faeroerne fagersta falkenberg falkirk falkoping falster falun fano farsta \
    farsund farum fauske fife filippinerna filipstad finland finnmark finnsnes firenze flekkefjord flensburg florida \
    forde forssa france frankfurt frankrike fredericia frederiksberg frederikshavn frederikssund fredrikstad frogner \
    frolunda froya funen fyn gallivare galway gamla gastrikland gateshead gavle gaza gdansk geilo geneva gent \
    gentofte germany gislaved gjovik gladsaxe glasgow glostrup gloucester gloucestershire gol gotaland goteborg \
    gotland grankulla graz greece greenland greenwich grekland grenaa greve grimsby grimstad grindsted gronland \
    grorud grunerlokka guernsey guildford haag haapajarvi hackney haderslev hadsten hagersten hakaniemi halden \
    halifax halland hallsberg halmstad halsingland hamar hamburg hame hameenlinna hamina hammel hammerfest hampshire \
    hango haninge hanko hannover hanoi haparanda harjedalen harlow harnosand harrogate harrow harstad hartlepool \
    haslev hassleholm hastings haugesund haukipudas hawaii hebrides hedemora hedmark heinola hellas helsingborg \
    helsingfors helsingor helsinki hemsedal hereford herefordshire herning hertfordshire hervanta highlands hillerod \
    himmerland hisingen hitra hjorring hobro hoganas holbaek holland holmlia holstebro holte honefoss hongkong \
    honningsvag hoor horby horsens horsholm horten houston huddersfield huddinge hudiksvall hull husby hvidovre \
    hyllie hylte hyvinkaa iceland iisalmi ikast illinois imatra india indiana indien inkoo innlandet inverness iowa \
    ipswich irak iran iraq ireland ishoj island islanti islington israel istanbul itakeskus italia italien italy \
    ivalo jakarta jakobstad jamsa jamtland japan jarfalla jarvenpaa jersey jerusalem jessheim joensuu jokkmokk \
    jonkoping jordanien jutland jylland jyvaskyla kaarina kabul kainuu kairo kajaani kalix kallio kalmar kalundborg \
    kamppi kanada kangasala kansas karachi karasjok karelen karis karjaa karjala karleby karlshamn karlskoga \
    karlskrona karlstad karmoy katrineholm kauhajoki kaunas kauniainen kautokeino kavlinge kemi kempele kent \
    kentucky kerava kerteminde kervo kettering keynes khartoum kiel kiev kilmarnock kina kirkenes kirkkonummi kiruna \
    kista kittila kobenhavn koge kokkola kolari kolbotn kolding kolkata koln kongsberg kongsvinger kontula koping \
    kotka kouvola kragero krakow kramfors kristiansand kristianstad kristiansund kristinehamn krokom kumla kungalv \
    kungsbacka kungsholmen kuopio kurikka kuusamo kyiv kymi kyrkslatt laeso lagos laholm lahore lahti lahtis \
    lancashire lancaster landskrona langeland lapland lappeenranta lappi lappland lapua larvik latvia laukaa lebanon \
    leeds leicester leicestershire leipzig leirvik leknes leksand lempaala lemvig leppavaara lerum lettland levanger \
    libanon lidingo lidkoping lille lillehammer lillestrom limerick limhamn lincoln lincolnshire lindesberg \
    linkoping lisbon lissabon litauen lithuania liverpool ljubljana ljungby ljusdal lofoten lohja loimaa lojo \
    lolland lomma london lorenskog louisiana loviisa lovisa lubeck ludvika lulea lund luton lviv lycksele lyngby \
    lyngdal lyon lysekil maarianhamina madrid maidstone maine majorstuen malaga malaren malmo manchester mandal \
    manila maribo mariehamn mariestad marocko marseille marsta maryland massachusetts medelpad melbourne mellerud \
    memphis mexico miami michigan middelfart middlesbrough mikkeli milan milano minnesota minsk mississippi missouri \
    mo mogadishu molde molndal mon montana montreal mora more morocco mors moscow mosjoen moskva moss motala mumbai \
    munchen munich munkedal muonio myyrmaki naantali nacka nadendal naestved nairobi nakskov namsos nantes napoli \
    narke narvik nashville nassjo nebraska nederlanderna nesodden nevada newcastle newport nexo nice nokia norden \
    nordland nordnorge noreg norfolk norge norrbotten norrebro norrkoping norrland norrtalje northampton \
    northumberland norway norwich notodden nottingham nottinghamshire nurmijarvi nurnberg nuuk nyborg nybro nykobing \
    nykoping nyland odda odder odense odessa odsherred ohio oklahoma oland oldham olofstrom oppdal oppland orebro \
    oregon oresund orimattila orkanger orkney orlando ornskoldsvik orust os osaka oskarshamn oslo osterbotten \
    osterbro ostergotland ostermalm osterrike ostersund ostfold ostrig otaniemi otta ottawa otterup oulainen oulu \
    oxford oxfordshire paisley pajala palestina palestine paris partille pasila pennsylvania perth peterborough \
    philadelphia phoenix pietarsaari pirkkala pitea pittsburgh plymouth pohjanmaa pohjola poland polen poole pori \
    porsgrunn portland porto portsmouth portugal porvoo prague praha preston puola raahe raasepori rabat ragunda \
    raholt raisio randaberg randers rattvik rauma raumo reading ribe richmond riga riihimaki ringe ringkobing \
    ringsted rinkeby risor rjukan rodby rodovre rogaland roma rome romerike romsdal ronne ronneby roros rorvik \
    rosengard roskilde rostock rotherham rotterdam rovaniemi rugby russia russland ry ryssland saeby saffle sala \
    salisbury salo salzburg samso sandefjord sandnes sandnessjoen sandvika sandviken sarajevo sarpsborg sastamala \
    satakunta sater savo savonlinna savukoski scandinavia scarborough schweiz scotland scunthorpe seattle seinajoki \
    seoul sevilla shanghai sheffield shetland shrewsbury shropshire sibbo sigtuna siljan silkeborg simrishamn \
    singapore sipoo siuntio sjaelland skagen skanderborg skandinavien skane skara skarholmen skelleftea ski skien \
    skive skjern skovde slagelse slough slussen smaland sodankyla soderhamn sodermalm sodermanland sodertalje \
    sogndal sola solleftea sollentuna solna solvesborg somalia somerset sonderborg sorlandet sormland soro sorsele \
    sortland sotenas southampton southend spain spania spanien stafford staffordshire stavanger steinkjer \
    stenungsund stevenage stirling stjordal stockholm stockport stoke stokmarknes stord storuman stovner strasbourg \
    stratford strommen stromstad struer stuttgart sudan suffolk sundbyberg sunderland sundsvall suomi surrey sussex \
    svalbard svealand svedala svendborg sverige svolvaer swansea sweden swindon switzerland sydney syria syrien \
    taastrup taby tallinn tammerfors tammisaari tampa tampere tanum tapiola tarnby tartu taunton tavastehus tbilisi \
    teheran tehran telemark telford tennessee tensta texas thailand thisted thy tikkurila timra tjorn tokyo tonder \
    tonsberg toolo torino tornea tornio toronto torquay toulouse tranas traskanda trelleborg triangeln trollhattan \
    troms tromso trondelag trondheim tumba tunis turkey turkiet turku tuusula tyreso tyrkia tyskland uddevalla \
    ukraina ukraine uleaborg ulster umea uppland upplands uppsala usa utah utrecht utsjoki uusikaupunki uusimaa \
    vaasa vadso vaerlose valby valencia valkeakoski vallensbaek vallentuna vallingby vancouver vanern vanersborg \
    vanlose vantaa varberg varde vardo varkaus varmland varnamo vasa vasastan vasteras vasterbotten vastergotland \
    vastervik vastmanland vattern vaxjo vejle vellinge venaja vendsyssel venezia verdal vermont vestby vesteralen \
    vesterbro vestfold vestland vestlandet vetlanda viborg vienna vietnam vihti viken vilhelmina villmanstrand \
    vilnius vimmerby viro virum visby vordingborg voss wakefield wales walthamstow warrington warsaw warszawa \
    warwickshire washington waterford watford wellington weymouth whitby wien wigan wiltshire wimbledon winchester \
    windsor wisconsin woking wolverhampton worcester worcestershire wrexham yeovil ylivieska yllas ylojarvi york \
    yorkshire ystad ytrebygda zagreb zealand zurich";
