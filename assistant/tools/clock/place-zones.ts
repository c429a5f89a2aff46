/**
 * Places by time zone, in lower case and as people say them; "portland=Portland, Oregon" gives the name a
 * reply uses where the words alone would be unclear. Zones are IANA names.
 */
const PLACES_BY_ZONE: Readonly<Record<string, string>> = {
  'Europe/London':
    'london; edinburgh; glasgow; manchester; liverpool; birmingham=Birmingham, England; bristol; leeds; sheffield; cardiff; belfast; oxford; cambridge=Cambridge, England; york; brighton; newcastle; aberdeen; bath; leicester; nottingham; southampton; plymouth; inverness; england; scotland; wales; northern ireland; great britain=Great Britain; britain; united kingdom=the United Kingdom; uk=the United Kingdom',
  'Europe/Dublin': 'dublin; cork; galway; limerick; ireland',
  'Europe/Paris':
    'paris; lyon; marseille; nice; bordeaux; toulouse; lille; nantes; strasbourg; cannes; grenoble; france',
  'Europe/Berlin':
    'berlin; munich; hamburg; frankfurt; cologne; dresden; leipzig; stuttgart; dusseldorf; bremen; hanover; nuremberg; bonn; heidelberg; bavaria; germany',
  'Europe/Madrid': 'madrid; barcelona; valencia; seville; bilbao; malaga; granada; mallorca; ibiza; spain',
  'Atlantic/Canary': 'tenerife; canary islands=the Canary Islands; las palmas',
  'Europe/Rome':
    'rome; milan; florence; venice; naples; turin; palermo; bologna; genoa; verona; pisa; sicily; tuscany; italy',
  'Europe/Vatican': 'vatican=the Vatican; vatican city=Vatican City',
  'Europe/Vienna': 'vienna; salzburg; graz; innsbruck; austria',
  'Europe/Amsterdam':
    'amsterdam; rotterdam; the hague=The Hague; hague=The Hague; utrecht; eindhoven; netherlands=the Netherlands; holland',
  'Europe/Brussels': 'brussels; antwerp; ghent; bruges; belgium',
  'Europe/Luxembourg': 'luxembourg',
  'Europe/Zurich': 'zurich; geneva; basel; bern; lausanne; switzerland',
  'Europe/Monaco': 'monaco',
  'Europe/Malta': 'malta; valletta',
  'Europe/Lisbon': 'lisbon; porto; portugal',
  'Atlantic/Azores': 'azores=the Azores',
  'Europe/Prague': 'prague; brno; czech republic=the Czech Republic; czechia',
  'Europe/Bratislava': 'bratislava; slovakia',
  'Europe/Budapest': 'budapest; hungary',
  'Europe/Warsaw': 'warsaw; krakow; gdansk; wroclaw; poznan; poland',
  'Europe/Bucharest': 'bucharest; romania',
  'Europe/Sofia': 'sofia; bulgaria',
  'Europe/Athens': 'athens; thessaloniki; crete; greece',
  'Asia/Nicosia': 'cyprus; nicosia',
  'Europe/Istanbul': 'istanbul; ankara; izmir; antalya; turkey',
  'Europe/Belgrade': 'belgrade; serbia',
  'Europe/Zagreb': 'zagreb; dubrovnik; split; croatia',
  'Europe/Ljubljana': 'ljubljana; slovenia',
  'Europe/Sarajevo': 'sarajevo; bosnia',
  'Europe/Copenhagen': 'copenhagen; aarhus; denmark',
  'Europe/Stockholm': 'stockholm; gothenburg; malmo; sweden',
  'Europe/Oslo': 'oslo; bergen; trondheim; norway',
  'Europe/Helsinki': 'helsinki; tampere; finland',
  'Atlantic/Reykjavik': 'reykjavik; iceland',
  'Europe/Tallinn': 'tallinn; estonia',
  'Europe/Riga': 'riga; latvia',
  'Europe/Vilnius': 'vilnius; lithuania',
  'Europe/Moscow': 'moscow; saint petersburg',
  'Asia/Novosibirsk': 'novosibirsk',
  'Asia/Vladivostok': 'vladivostok',
  'Europe/Kyiv': 'kiev; kyiv; odessa; lviv; ukraine',
  'Europe/Minsk': 'minsk; belarus',
  'America/New_York':
    'new york; new york city; nyc=New York; brooklyn; manhattan; boston; miami; orlando; tampa; atlanta; philadelphia; washington=Washington, D.C.; washington d c=Washington, D.C.; washington dc=Washington, D.C.; baltimore; pittsburgh; cleveland; cincinnati; columbus=Columbus, Ohio; charlotte; buffalo; richmond=Richmond, Virginia; raleigh; cambridge massachusetts=Cambridge, Massachusetts; portland maine=Portland, Maine; hartford; new haven; newark; jacksonville; savannah; key west; ohio; pennsylvania; new jersey; massachusetts; connecticut; vermont; maine; new hampshire; rhode island; maryland; virginia; west virginia; georgia=Georgia in the United States; north carolina; south carolina; delaware; new york state',
  'America/Detroit': 'detroit; ann arbor; michigan',
  'America/Indiana/Indianapolis': 'indianapolis; indiana',
  'America/Kentucky/Louisville': 'louisville',
  'America/Chicago':
    'chicago; dallas; houston; austin; san antonio; new orleans; nashville; memphis; minneapolis; milwaukee; saint louis=Saint Louis; kansas city; oklahoma city; omaha; birmingham alabama=Birmingham, Alabama; little rock; tulsa; fort worth; madison; des moines; illinois; wisconsin; minnesota; iowa; missouri; arkansas; louisiana; mississippi; alabama; oklahoma',
  'America/Denver':
    'denver; colorado springs; salt lake city; albuquerque; santa fe; boulder; colorado; utah; wyoming; montana; new mexico',
  'America/Boise': 'boise',
  'America/Phoenix': 'phoenix; tucson; scottsdale; arizona',
  'America/Los_Angeles':
    'los angeles; l a=Los Angeles; la=Los Angeles; san francisco; san diego; seattle; portland=Portland, Oregon; las vegas; sacramento; oakland; palm springs; fresno; san jose=San Jose, California; palo alto; hollywood; reno; long beach; california; nevada; washington state',
  'America/Anchorage': 'anchorage; alaska',
  'Pacific/Honolulu': 'honolulu; hawaii; maui',
  'America/Puerto_Rico': 'puerto rico; san juan',
  'America/Toronto': 'toronto; montreal; ottawa; niagara falls; quebec; quebec city; ontario',
  'America/Winnipeg': 'winnipeg',
  'America/Regina': 'regina; saskatoon',
  'America/Edmonton': 'calgary; edmonton; banff',
  'America/Vancouver': 'vancouver; victoria; whistler; british columbia',
  'America/Moncton': 'saint john=Saint John, New Brunswick; moncton; new brunswick',
  'America/Halifax': 'halifax; nova scotia',
  'America/St_Johns': "newfoundland; saint john's",
  'America/Mexico_City': 'mexico city; guadalajara; acapulco',
  'America/Monterrey': 'monterrey',
  'America/Cancun': 'cancun',
  'America/Tijuana': 'tijuana',
  'America/Havana': 'havana; cuba',
  'America/Jamaica': 'kingston; jamaica',
  'America/Nassau': 'bahamas=the Bahamas; nassau',
  'America/Santo_Domingo': 'santo domingo; dominican republic=the Dominican Republic',
  'America/Port-au-Prince': 'haiti; port au prince',
  'America/Panama': 'panama city; panama',
  'America/Costa_Rica': 'costa rica; san jose costa rica=San José, Costa Rica',
  'America/Guatemala': 'guatemala; guatemala city',
  'America/El_Salvador': 'el salvador; san salvador',
  'America/Managua': 'managua; nicaragua',
  'America/Bogota': 'bogota; medellin; cali; cartagena; colombia',
  'America/Caracas': 'caracas; venezuela',
  'America/Lima': 'lima; cusco; peru',
  'America/Guayaquil': 'quito; guayaquil; ecuador',
  'America/La_Paz': 'la paz; bolivia',
  'America/Santiago': 'santiago=Santiago, Chile; valparaiso; chile',
  'America/Argentina/Buenos_Aires': 'buenos aires; rosario; argentina',
  'America/Argentina/Cordoba': 'cordoba=Córdoba, Argentina',
  'America/Montevideo': 'montevideo; uruguay',
  'America/Asuncion': 'asuncion; paraguay',
  'America/Sao_Paulo': 'sao paulo; rio de janeiro; rio=Rio de Janeiro; brasilia',
  'America/Manaus': 'manaus',
  'Africa/Cairo': 'cairo; alexandria=Alexandria, Egypt; giza; egypt',
  'Africa/Casablanca': 'casablanca; marrakesh; marrakech; rabat; morocco',
  'Africa/Tunis': 'tunis; tunisia',
  'Africa/Algiers': 'algiers; algeria',
  'Africa/Tripoli': 'tripoli; libya',
  'Africa/Lagos': 'lagos; abuja; nigeria',
  'Africa/Nairobi': 'nairobi; mombasa; kenya',
  'Africa/Accra': 'accra; ghana',
  'Africa/Abidjan': 'abidjan; ivory coast=Ivory Coast',
  'Africa/Dakar': 'dakar; senegal',
  'Africa/Addis_Ababa': 'addis ababa; ethiopia',
  'Africa/Khartoum': 'khartoum; sudan',
  'Africa/Kampala': 'kampala; uganda',
  'Africa/Kigali': 'kigali; rwanda',
  'Africa/Dar_es_Salaam': 'dar es salaam; tanzania; zanzibar',
  'Africa/Lusaka': 'lusaka; zambia',
  'Africa/Harare': 'harare; zimbabwe',
  'Africa/Luanda': 'luanda; angola',
  'Africa/Kinshasa': 'kinshasa',
  'Africa/Johannesburg': 'johannesburg; cape town; durban; pretoria; south africa',
  'Africa/Windhoek': 'windhoek; namibia',
  'Indian/Antananarivo': 'madagascar; antananarivo',
  'Indian/Mauritius': 'mauritius',
  'Asia/Dubai':
    'dubai; abu dhabi; united arab emirates=the United Arab Emirates; uae=the United Arab Emirates',
  'Asia/Muscat': 'muscat; oman',
  'Asia/Qatar': 'doha; qatar',
  'Asia/Bahrain': 'bahrain',
  'Asia/Kuwait': 'kuwait; kuwait city',
  'Asia/Riyadh': 'riyadh; jeddah; mecca; medina; saudi arabia',
  'Asia/Jerusalem': 'jerusalem; tel aviv; haifa; israel',
  'Asia/Amman': 'amman; jordan',
  'Asia/Beirut': 'beirut; lebanon',
  'Asia/Damascus': 'damascus; syria',
  'Asia/Baghdad': 'baghdad; iraq',
  'Asia/Tehran': 'tehran; iran',
  'Asia/Baku': 'baku; azerbaijan',
  'Asia/Tbilisi': 'tbilisi',
  'Asia/Yerevan': 'yerevan; armenia',
  'Asia/Kabul': 'kabul; afghanistan',
  'Asia/Karachi': 'karachi; lahore; islamabad; pakistan',
  'Asia/Tashkent': 'tashkent; uzbekistan; samarkand',
  'Asia/Almaty': 'almaty; astana; kazakhstan',
  'Asia/Kolkata':
    'delhi; new delhi; mumbai; bombay=Mumbai; bangalore; bengaluru; calcutta; kolkata; chennai; madras=Chennai; hyderabad; pune; ahmedabad; jaipur; goa; india',
  'Asia/Kathmandu': 'kathmandu; nepal',
  'Asia/Thimphu': 'bhutan',
  'Asia/Dhaka': 'dhaka; bangladesh',
  'Asia/Colombo': 'colombo; sri lanka',
  'Indian/Maldives': 'maldives=the Maldives',
  'Asia/Yangon': 'yangon; myanmar; burma',
  'Asia/Bangkok': 'bangkok; chiang mai; phuket; thailand',
  'Asia/Phnom_Penh': 'phnom penh; cambodia',
  'Asia/Vientiane': 'laos; vientiane',
  'Asia/Ho_Chi_Minh': 'saigon; ho chi minh city; hanoi; da nang; vietnam',
  'Asia/Kuala_Lumpur': 'kuala lumpur; penang; malaysia',
  'Asia/Singapore': 'singapore',
  'Asia/Jakarta': 'jakarta; bandung; java',
  'Asia/Makassar': 'bali; denpasar',
  'Asia/Manila': 'manila; cebu; philippines=the Philippines',
  'Asia/Hong_Kong': 'hong kong',
  'Asia/Macau': 'macau',
  'Asia/Taipei': 'taipei; taiwan',
  'Asia/Shanghai':
    "shanghai; beijing; shenzhen; guangzhou; chengdu; wuhan; xi'an=Xi'an; nanjing; hangzhou; chongqing; tianjin; china",
  'Asia/Ulaanbaatar': 'ulaanbaatar; mongolia',
  'Asia/Seoul': 'seoul; busan; incheon; korea=Korea; south korea',
  'Asia/Pyongyang': 'pyongyang; north korea',
  'Asia/Tokyo':
    'tokyo; osaka; kyoto; yokohama; nagoya; sapporo; hiroshima; fukuoka; nagasaki; okinawa; japan',
  'Australia/Sydney': 'sydney; canberra; newcastle australia=Newcastle, Australia',
  'Australia/Melbourne': 'melbourne',
  'Australia/Brisbane': 'brisbane; cairns; queensland; gold coast=the Gold Coast',
  'Australia/Adelaide': 'adelaide',
  'Australia/Darwin': 'darwin; alice springs',
  'Australia/Perth': 'perth',
  'Australia/Hobart': 'hobart; tasmania',
  'Pacific/Auckland': 'auckland; wellington; christchurch; queenstown; new zealand',
  'Pacific/Fiji': 'fiji',
  'Pacific/Tahiti': 'tahiti',
  'Pacific/Apia': 'samoa',
  'Pacific/Guam': 'guam',
  'Pacific/Port_Moresby': 'papua new guinea',
  'America/Nuuk': 'greenland; nuuk',
  'Antarctica/McMurdo': 'south pole=the South Pole',
  UTC: 'utc=UTC; g m t=UTC; gmt=UTC',
};

/** Countries and states with several zones: cities that stand for them, the largest first. */
const WIDE_PLACES: Readonly<Record<string, readonly string[]>> = {
  australia: ['sydney', 'perth'],
  canada: ['toronto', 'vancouver'],
  mexico: ['mexico city', 'tijuana'],
  brazil: ['sao paulo', 'manaus'],
  russia: ['moscow', 'vladivostok'],
  indonesia: ['jakarta', 'bali'],
  america: ['new york', 'los angeles'],
  'united states': ['new york', 'los angeles'],
  'united states of america': ['new york', 'los angeles'],
  usa: ['new york', 'los angeles'],
  'u s a': ['new york', 'los angeles'],
  'u s': ['new york', 'los angeles'],
  europe: ['london', 'berlin', 'athens'],
  texas: ['houston'],
  florida: ['miami'],
  kentucky: ['louisville'],
  tennessee: ['nashville'],
  kansas: ['kansas city'],
  nebraska: ['omaha'],
  idaho: ['boise'],
  oregon: ['portland'],
};

export interface PlaceZone {
  /** As a reply says it. */
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
}

const PLACES: ReadonlyMap<string, PlaceZone> = new Map(
  Object.entries(PLACES_BY_ZONE).flatMap(([timeZone, places]) =>
    places.split(';').map((entry): [string, PlaceZone] => {
      const [words, name] = entry.trim().split('=');
      return [words!, { name: name ?? inTitleCase(words!), timeZone }];
    }),
  ),
);

/** How many names are known. */
export const placeCount = PLACES.size + Object.keys(WIDE_PLACES).length;

/** The zones of a place as said or written; several for a country that has several; empty when unknown. */
export function findPlaceZones(place: string): readonly PlaceZone[] {
  const words = tidyPlace(place);
  const single = PLACES.get(words) ?? PLACES.get(words.replace(/^the /, '')) ?? withRegion(place);
  if (single) return [single];
  const wide = WIDE_PLACES[words.replace(/^the /, '')];
  if (wide) return wide.map((city) => PLACES.get(city)!);
  return ianaZone(place);
}

/** "Paris, France" and "Boston, Massachusetts": the whole, then the part before the comma. */
function withRegion(place: string): PlaceZone | undefined {
  const [city, region] = place.split(',').map(tidyPlace);
  if (!city || !region) return undefined;
  return PLACES.get(`${city} ${region}`) ?? PLACES.get(city);
}

function ianaZone(place: string): readonly PlaceZone[] {
  if (!/^[A-Za-z_]+\/[A-Za-z_/+-]+$/.test(place.trim())) return [];
  try {
    const timeZone = new Intl.DateTimeFormat('en-US', { timeZone: place.trim() }).resolvedOptions().timeZone;
    return [{ name: timeZone.split('/').at(-1)!.replaceAll('_', ' '), timeZone }];
  } catch {
    return [];
  }
}

function tidyPlace(place: string): string {
  return place
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z' ]+/g, ' ')
    .replace(/\bst\b/g, 'saint')
    .trim()
    .replace(/\s+/g, ' ');
}

function inTitleCase(words: string): string {
  return words.replace(
    /(^|[\s-])(?!(?:de|of|au|es)\b)([a-z])/g,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
