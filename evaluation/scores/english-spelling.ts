/**
 * British spellings and the American ones that stand for them, by what differs. Inflected forms follow from the stems:
 * an entry is a stem, the list gives the endings.
 */
const families: readonly (readonly [stems: string, british: string, american: string, endings: string])[] = [
  [
    'arb arm behavi col demean endeav enam fav flav harb hon hum lab neighb od parl ranc rig rum sav splend succ tum val vap vig clam cand',
    'our',
    'or',
    ' s ed ing ers er able ably ful less ist ite ites hood ly al ation ism',
  ],
  [
    'agon amort antagon apolog author brutal capital central character civil colon commercial critic crystall custom dramat econom emphas equal fantas final formal fert general global harmon hospital ideal immun improv individual industrial internal italic jeopard legal legitim liberal local maxim mechan memor minim mobil modern monopol moral national neutral normal organ patron penal personal polar popular priorit privat public rational real recogn revolution satir scrutin sensit social special stabil standard steril subsid summar symbol sympath synchron terror theor trivial urban util vandal verbal victim visual western',
    'is',
    'iz',
    'e ed es er ers ing ation ations able',
  ],
  ['anal paral catal electrol', 'ys', 'yz', 'e ed es ing er ers'],
  [
    'cancel counsel dial duel enamel equal fuel grovel jewel label level marshal marvel model panel pedal quarrel rival shovel signal spiral total towel travel tunnel unravel yodel',
    'l',
    '',
    'ed ing er ers or ors',
  ],
  ['cent fib goit lit lust meag somb spect theat calib', 're', 'er', ' s'],
  ['def off pret lic', 'ence', 'ense', ' s'],
  ['catal dial monol prol anal epil', 'ogue', 'og', ' s'],
  ['met kilomet centimet millimet', 're', 'er', ' s'],
];
const single: Readonly<Record<string, string>> = {
  aeroplane: 'airplane',
  aeroplanes: 'airplanes',
  ageing: 'aging',
  aluminium: 'aluminum',
  analogue: 'analog',
  anaemia: 'anemia',
  anaesthetic: 'anesthetic',
  archaeology: 'archeology',
  axe: 'ax',
  cancelation: 'cancellation',
  cheque: 'check',
  cheques: 'checks',
  chilli: 'chili',
  cosy: 'cozy',
  dialled: 'dialed',
  diarrhoea: 'diarrhea',
  draught: 'draft',
  draughts: 'drafts',
  encyclopaedia: 'encyclopedia',
  enrol: 'enroll',
  foetus: 'fetus',
  fulfil: 'fulfill',
  fulfils: 'fulfills',
  fulfilment: 'fulfillment',
  gaol: 'jail',
  grey: 'gray',
  greys: 'grays',
  instalment: 'installment',
  jewellery: 'jewelry',
  judgement: 'judgment',
  judgements: 'judgments',
  kerb: 'curb',
  manoeuvre: 'maneuver',
  manoeuvres: 'maneuvers',
  marvellous: 'marvelous',
  mould: 'mold',
  moulded: 'molded',
  moustache: 'mustache',
  orthopaedic: 'orthopedic',
  paediatric: 'pediatric',
  plough: 'plow',
  ploughed: 'plowed',
  practise: 'practice',
  practised: 'practiced',
  practising: 'practicing',
  programme: 'program',
  programmes: 'programs',
  pyjamas: 'pajamas',
  sceptic: 'skeptic',
  sceptical: 'skeptical',
  skilful: 'skillful',
  storey: 'story',
  storeys: 'stories',
  sulphur: 'sulfur',
  tyre: 'tire',
  tyres: 'tires',
  wilful: 'willful',
  woollen: 'woolen',
};

const american: ReadonlyMap<string, string> = new Map([
  ...Object.entries(single),
  ...families.flatMap(([stems, from, to, endings]) =>
    stems
      .split(' ')
      .flatMap((stem) =>
        endings
          .split(' ')
          .map((ending): [string, string] => [`${stem}${from}${ending}`, `${stem}${to}${ending}`]),
      ),
  ),
]);

/** Every word in its American spelling. */
export function americanSpelling(text: string): string {
  return text
    .split(' ')
    .map((word) => american.get(word) ?? word)
    .join(' ');
}
