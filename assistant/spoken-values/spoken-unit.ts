/** What a spoken unit is in the units of mathjs: `scale` of these make one of it. */
export interface KnownUnit {
  readonly mathName: string;
  readonly scale: number;
  /** For the reply: one and many. */
  readonly singular: string;
  readonly plural: string;
  readonly kind: UnitKind;
}
export type UnitKind =
  | 'length'
  | 'mass'
  | 'volume'
  | 'temperature'
  | 'speed'
  | 'time'
  | 'data'
  | 'area'
  | 'energy'
  | 'power'
  | 'pressure';

const CUP = 'cup';

/** kind | singular | plural | mathjs unit | scale | other spoken names */
const TABLE: readonly (readonly [UnitKind, string, string, string, number, string])[] = [
  ['length', 'millimeter', 'millimeters', 'mm', 1, 'mm millimetre millimetres'],
  ['length', 'centimeter', 'centimeters', 'cm', 1, 'cm centimetre centimetres'],
  ['length', 'meter', 'meters', 'm', 1, 'm metre metres'],
  ['length', 'kilometer', 'kilometers', 'km', 1, 'km kilometre kilometres'],
  ['length', 'inch', 'inches', 'inch', 1, 'in'],
  ['length', 'foot', 'feet', 'foot', 1, 'ft'],
  ['length', 'yard', 'yards', 'yard', 1, 'yd'],
  ['length', 'mile', 'miles', 'mile', 1, 'mi'],
  ['length', 'nautical mile', 'nautical miles', 'm', 1852, ''],
  ['length', 'light year', 'light years', 'm', 9_460_730_472_580_800, ''],
  ['mass', 'milligram', 'milligrams', 'mg', 1, 'mg'],
  ['mass', 'gram', 'grams', 'g', 1, 'g gramme grammes'],
  ['mass', 'kilogram', 'kilograms', 'kg', 1, 'kg kilo kilos'],
  ['mass', 'ounce', 'ounces', 'oz', 1, 'oz'],
  ['mass', 'pound', 'pounds', 'lbm', 1, 'lb lbs'],
  ['mass', 'stone', 'stone', 'stone', 1, 'stones'],
  ['mass', 'ton', 'tons', 'ton', 1, ''],
  ['mass', 'metric ton', 'metric tons', 'tonne', 1, 'tonne tonnes'],
  ['volume', 'milliliter', 'milliliters', 'ml', 1, 'ml millilitre millilitres'],
  ['volume', 'centiliter', 'centiliters', 'cl', 1, 'cl centilitre centilitres'],
  ['volume', 'liter', 'liters', 'l', 1, 'l litre litres'],
  ['volume', 'teaspoon', 'teaspoons', CUP, 1 / 48, 'tsp'],
  ['volume', 'tablespoon', 'tablespoons', CUP, 1 / 16, 'tbsp'],
  ['volume', 'fluid ounce', 'fluid ounces', CUP, 1 / 8, ''],
  ['volume', 'cup', 'cups', CUP, 1, ''],
  ['volume', 'pint', 'pints', 'pint', 1, ''],
  ['volume', 'quart', 'quarts', 'quart', 1, ''],
  ['volume', 'gallon', 'gallons', 'gallon', 1, ''],
  ['volume', 'cubic meter', 'cubic meters', 'm3', 1, ''],
  ['temperature', 'degree Celsius', 'degrees Celsius', 'degC', 1, 'celsius centigrade c °c'],
  ['temperature', 'degree Fahrenheit', 'degrees Fahrenheit', 'degF', 1, 'fahrenheit f °f'],
  ['temperature', 'kelvin', 'kelvin', 'K', 1, 'kelvins k'],
  ['speed', 'mile per hour', 'miles per hour', 'mile/hour', 1, 'mph'],
  ['speed', 'kilometer per hour', 'kilometers per hour', 'km/hour', 1, 'kph km/h'],
  ['speed', 'meter per second', 'meters per second', 'm/s', 1, 'm/s'],
  ['speed', 'knot', 'knots', 'km/hour', 1.852, ''],
  ['time', 'millisecond', 'milliseconds', 'ms', 1, ''],
  ['time', 'second', 'seconds', 's', 1, 'sec'],
  ['time', 'minute', 'minutes', 'minute', 1, 'min'],
  ['time', 'hour', 'hours', 'hour', 1, 'hr'],
  ['time', 'day', 'days', 'day', 1, ''],
  ['time', 'week', 'weeks', 'week', 1, ''],
  ['time', 'month', 'months', 'year', 1 / 12, ''],
  ['time', 'year', 'years', 'year', 1, ''],
  ['data', 'bit', 'bits', 'bit', 1, ''],
  ['data', 'byte', 'bytes', 'byte', 1, ''],
  ['data', 'kilobyte', 'kilobytes', 'kB', 1, 'kb'],
  ['data', 'megabyte', 'megabytes', 'MB', 1, 'mb'],
  ['data', 'gigabyte', 'gigabytes', 'GB', 1, 'gb'],
  ['data', 'terabyte', 'terabytes', 'TB', 1, 'tb'],
  ['area', 'square meter', 'square meters', 'm2', 1, ''],
  ['area', 'square foot', 'square feet', 'sqft', 1, ''],
  ['area', 'square kilometer', 'square kilometers', 'km^2', 1, ''],
  ['area', 'square mile', 'square miles', 'sqmi', 1, ''],
  ['area', 'acre', 'acres', 'acre', 1, ''],
  ['area', 'hectare', 'hectares', 'hectare', 1, ''],
  ['energy', 'joule', 'joules', 'J', 1, ''],
  ['energy', 'kilojoule', 'kilojoules', 'kJ', 1, ''],
  ['energy', 'calorie', 'calories', 'J', 4184, 'kilocalorie kilocalories kcal'],
  ['energy', 'kilowatt hour', 'kilowatt hours', 'J', 3_600_000, 'kwh'],
  ['power', 'watt', 'watts', 'W', 1, ''],
  ['power', 'kilowatt', 'kilowatts', 'kW', 1, ''],
  ['power', 'horsepower', 'horsepower', 'W', 745.699_872, ''],
  ['pressure', 'bar', 'bars', 'bar', 1, ''],
  ['pressure', 'pascal', 'pascals', 'Pa', 1, ''],
];

const BY_NAME: ReadonlyMap<string, KnownUnit> = new Map(
  TABLE.flatMap(([kind, singular, plural, mathName, scale, others]) => {
    const unit: KnownUnit = { kind, singular, plural, mathName, scale };
    const names = [singular, plural, ...others.split(' ')].filter(Boolean);
    return names.map((name): [string, KnownUnit] => [name.toLowerCase(), unit]);
  }),
);
const CURRENCIES =
  /^(us |american |british )?(dollars?|euros?|yen|francs?|pounds sterling|rupees?|yuan|cents?|pesos?)$/;

/** "degrees fahrenheit", "miles an hour", "kilos". Undefined when it is no unit known here. */
export function parseSpokenUnit(phrase: string): KnownUnit | undefined {
  const words = phrase.trim().toLowerCase().replace(/\s+/g, ' ');
  const tidy = words.replace(/ an hour$/, ' per hour').replace(/ a second$/, ' per second');
  return BY_NAME.get(tidy) ?? BY_NAME.get(tidy.replace(/^degrees? /, ''));
}

/** Exchange rates change every day, so money is not converted; `other` helps to tell pounds from pounds. */
export function isMoney(phrase: string, other: string): boolean {
  const words = phrase.trim().toLowerCase();
  return CURRENCIES.test(words) || (/^pounds?$/.test(words) && CURRENCIES.test(other.trim().toLowerCase()));
}
