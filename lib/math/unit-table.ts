import * as q from './rational.ts';
import type { Rational } from './rational.ts';

/** What a unit measures, as powers of base dimensions, and how many of the base unit it is. */
export interface Unit {
  readonly factor: Rational;
  /** The part of the factor that is a number word such as "million". */
  readonly multiplier: Rational;
  readonly dimensions: ReadonlyMap<string, number>;
}

/** Dimension in powers of the base ones, then names with their size in the base unit of the SI; sizes are exact by definition (SI, international yard and pound). */
const TABLE: Readonly<Record<string, readonly (readonly [size: string, names: string])[]>> = {
  length: [
    ['1', 'm meter metre'],
    ['1/100', 'cm centimeter centimetre'],
    ['1/1000', 'mm millimeter millimetre'],
    ['1/1000000', 'μm um micron micrometer micrometre'],
    ['1/1000000000', 'nm nanometer nanometre'],
    ['1/10', 'dm decimeter decimetre'],
    ['1000', 'km kilometer kilometre'],
    ['127/5000', 'in inch inches'],
    ['381/1250', 'ft foot feet'],
    ['1143/1250', 'yd yard'],
    ['201168/125', 'mi mile'],
    ['1852', 'nmi'],
    ['1/1000000000000', 'pm picometer picometre'],
    ['1/10000000000', 'å angstrom ångström'],
    ['9460730472580800', 'ly lightyear'],
    ['149597870700', 'au'],
  ],
  mass: [
    ['1', 'kg kilogram kilo'],
    ['1/1000', 'g gram gramme'],
    ['1/1000000', 'mg milligram'],
    ['1000', 'ton tonne'],
    ['45359237/100000000', 'lb lbs pound'],
    ['45359237/1600000000', 'oz ounce'],
    ['317514659/50000000', 'stone'],
    ['1/1000000000', 'μg ug mcg microgram'],
  ],
  time: [
    ['1', 's sec second'],
    ['1/1000', 'ms millisecond'],
    ['60', 'min minute'],
    ['3600', 'h hr hour'],
    ['86400', 'day'],
    ['604800', 'week wk'],
    ['1209600', 'fortnight'],
    ['1/1000000', 'μs us microsecond'],
    ['1/1000000000', 'ns nanosecond'],
  ],
  month: [
    ['1', 'month'],
    ['12', 'year yr'],
    ['120', 'decade'],
    ['1200', 'century centuries'],
  ],
  'length^3': [
    ['1/1000', 'l liter litre'],
    ['1/1000000', 'ml milliliter millilitre'],
    ['1/100000', 'cl centiliter centilitre'],
  ],
  'length^2': [
    ['10000', 'ha hectare'],
    ['316160658/78125', 'acre'],
  ],
  // US liquid measure; a pint elsewhere is another one, and so compared with nothing else.
  gallon: [
    ['1', 'gal gallon'],
    ['1/4', 'qt quart'],
    ['1/8', 'pt pint'],
    ['1/16', 'cup'],
    ['1/256', 'tbsp tablespoon'],
    ['1/768', 'tsp teaspoon'],
  ],
  byte: [
    ['1', 'byte'],
    ['1000', 'kb kilobyte'],
    ['1000000', 'mb megabyte'],
    ['1000000000', 'gb gigabyte'],
    ['1000000000000', 'tb terabyte'],
    ['1/8', 'bit'],
  ],
  usd: [
    ['1', '$ dollar usd buck'],
    ['1/100', 'cent ¢'],
  ],
  eur: [['1', '€ euro eur']],
  gbp: [
    ['1', '£ gbp'],
    ['1/100', 'pence penny'],
  ],
  jpy: [['1', '¥ yen jpy yuan rmb cny']],
  inr: [['1', '₹ rupee inr rs']],
  celsius: [['1', 'c celsius']],
  fahrenheit: [['1', 'f fahrenheit']],
  kelvin: [['1', 'k kelvin']],
  'mass length^2 time^-2': [
    ['1', 'j joule'],
    ['801088317/5000000000000000000000000000', 'ev electronvolt'],
    ['1000', 'kj kilojoule'],
    ['3600000', 'kwh'],
    ['523/125', 'cal calorie'],
    ['4184', 'kcal'],
  ],
  'mass length^2 time^-3': [
    ['1', 'w watt'],
    ['1000', 'kw kilowatt'],
  ],
  'mass length time^-2': [['1', 'n newton']],
  'mass length^-1 time^-2': [
    ['1', 'pa pascal'],
    ['1000', 'kpa'],
    ['101325', 'atm'],
    ['100000', 'bar'],
    ['44482216152605/6451600000', 'psi'],
    ['20265/152', 'torr mmhg'],
  ],
  'time^-1': [
    ['1', 'hz hertz'],
    ['1000', 'khz kilohertz'],
    ['1000000', 'mhz megahertz'],
  ],
  'mass length^2 time^-3 current^-1': [
    ['1', 'v volt'],
    ['1/1000', 'mv millivolt'],
    ['1000', 'kv kilovolt'],
  ],
  current: [
    ['1', 'a ampere amp'],
    ['1/1000', 'ma milliampere'],
  ],
  'mass length^2 time^-3 current^-2': [
    ['1', 'ohm ω'],
    ['1000', 'kohm kω kiloohm'],
  ],
  'mass^-1 length^-2 time^4 current^2': [
    ['1', 'farad'],
    ['1/1000000', 'μf uf microfarad'],
    ['1/1000000000', 'nf nanofarad'],
    ['1/1000000000000', 'pf picofarad'],
  ],
  'mass length^2 time^-2 current^-2': [
    ['1', 'henry henries'],
    ['1/1000', 'mh millihenry'],
  ],
  'time current': [['1', 'coulomb']],
  'mass time^-2 current^-1': [['1', 'tesla']],
  'mass length^2 time^-2 current^-1': [['1', 'weber wb']],
  luminosity: [['1', 'lumen']],
  loudness: [['1', 'db decibel']],
  amount: [
    ['1', 'mol mole'],
    ['1/1000', 'mmol'],
  ],
  angle: [['1', 'rad radian']],
};

/** Words that multiply the number before them. */
const MULTIPLIERS: Readonly<Record<string, string>> = {
  hundred: '100',
  thousand: '1000',
  million: '1000000',
  billion: '1000000000',
  trillion: '1000000000000',
  dozen: '12',
};

/** Speeds written as one word. */
const COMPOUNDS: Readonly<Record<string, string>> = {
  mph: 'mi/h',
  kph: 'km/h',
  kmh: 'km/h',
  kmph: 'km/h',
  sqft: 'ft^2',
  sqm: 'm^2',
};

/** Prefixes whose case counts, and the units of which they are written as one symbol: mV and MV. */
const PREFIXES: Readonly<Record<string, readonly [name: string, size: string]>> = {
  p: ['pico', '1/1000000000000'],
  n: ['nano', '1/1000000000'],
  u: ['micro', '1/1000000'],
  μ: ['micro', '1/1000000'],
  m: ['milli', '1/1000'],
  k: ['kilo', '1000'],
  M: ['mega', '1000000'],
  G: ['giga', '1000000000'],
  T: ['tera', '1000000000000'],
};
const PREFIXED: Readonly<Record<string, string>> = {
  W: 'watt',
  Hz: 'hertz',
  Pa: 'pascal',
  J: 'joule',
  V: 'volt',
  A: 'ampere',
  N: 'newton',
  eV: 'electronvolt',
};
const PREFIXED_SYMBOL = /(?<![A-Za-z])([pnuμmkMGT])(eV|Hz|Pa|[WJVAN])(?![A-Za-z])/gu;

const PLAIN_UNITS: ReadonlyMap<string, Unit> = new Map([
  ...Object.entries(TABLE).flatMap(([dimension, entries]) =>
    entries.flatMap(([size, names]) =>
      names
        .split(' ')
        .map((name): [string, Unit] => [
          name,
          { factor: fraction(size), multiplier: q.ONE, dimensions: dimensionOf(dimension) },
        ]),
    ),
  ),
  ...Object.entries(MULTIPLIERS).map(([name, size]): [string, Unit] => [
    name,
    { factor: fraction(size), multiplier: fraction(size), dimensions: new Map() },
  ]),
]);

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...PLAIN_UNITS,
  ...Object.values(PREFIXED).flatMap((name) => {
    const unit = PLAIN_UNITS.get(name);
    return unit === undefined
      ? []
      : Object.values(PREFIXES).map(([prefix, size]): [string, Unit] => [
          `${prefix}${name}`,
          { ...unit, factor: q.multiply(unit.factor, fraction(size)) },
        ]);
  }),
]);

function fraction(text: string): Rational {
  const [top = '1', bottom = '1'] = text.split('/');
  return q.rational(BigInt(top), BigInt(bottom));
}

function dimensionOf(text: string): ReadonlyMap<string, number> {
  return new Map(
    text.split(' ').map((part): [string, number] => {
      const [name = part, power = '1'] = part.split('^');
      return [name, Number(power)];
    }),
  );
}

const MAX_UNIT = 60;

/**
 * The unit that a text names: `cm`, `square metres`, `km per hour`, `m/s^2`, `million dollars`. Null when any part of it
 * is unknown, so that words such as "apples" or "ways" are no unit.
 */
export function readUnit(text: string): Unit | null {
  if (text.length > MAX_UNIT) return null;
  const plain = /^[a-z]+$/u.test(text) ? UNITS.get(text) : undefined;
  if (plain !== undefined && !Object.hasOwn(COMPOUNDS, text)) return plain;
  const parts = unitWords(text);
  let unit: Unit | null = null;
  let sign = 1;
  let raised = 1;
  for (const part of parts) {
    if (part === '/' || part === 'per') sign = -1;
    else if (part === 'square' || part === 'sq') raised = 2;
    else if (part === 'cubic' || part === 'cu') raised = 3;
    else {
      const match = /^([^\d^-]+)\^?(-?\d)?$/u.exec(part);
      const found = match?.[1] === undefined ? null : named(match[1]);
      if (found === null) return null;
      const power = sign * raised * Number(match?.[2] ?? 1);
      unit = unit === null ? raisedTo(found, power) : times(unit, raisedTo(found, power));
      raised = 1;
    }
  }
  return unit;
}

function unitWords(text: string): string[] {
  const plain = text
    .replace(
      PREFIXED_SYMBOL,
      (_all, prefix: string, unit: string) =>
        `${PREFIXES[prefix]?.[0] ?? prefix}${PREFIXED[unit] ?? unit}`,
    )
    .replace(/\\(?:text(?:rm|bf)?|mathrm|rm|[,;! ])|[{}~]|\([^()]*\)/gu, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(
      /\bof\b|\bdeg(?:rees?)?\b(?= ?\.? ?(?:[cfk]\b|celsius|fahrenheit|kelvin))|[.,()]/gu,
      ' ',
    )
    .replace(/\s+/gu, ' ')
    .replace(/ ?\^ ?/gu, '^')
    .replace(/ (squared|cubed)\b/gu, (_all, power: string) => (power === 'squared' ? '^2' : '^3'))
    .replace(/[a-z]+/gu, (word) =>
      Object.hasOwn(COMPOUNDS, word) ? (COMPOUNDS[word] ?? word) : word,
    )
    .replace(/\//gu, ' / ');
  return plain.split(/[ ·*]|-(?!\d)/u).filter((part) => part !== '');
}

function named(name: string): Unit | null {
  return (
    UNITS.get(name) ??
    (name.length > 2 && name.endsWith('s') ? UNITS.get(name.slice(0, -1)) : null) ??
    null
  );
}

function raisedTo(unit: Unit, exponent: number): Unit {
  const factor = q.power(unit.factor, BigInt(exponent)) ?? q.ONE;
  return {
    factor,
    multiplier: exponent === 1 ? unit.multiplier : q.ONE,
    dimensions: new Map([...unit.dimensions].map(([name, power]) => [name, power * exponent])),
  };
}

function times(a: Unit, b: Unit): Unit {
  const dimensions = new Map(a.dimensions);
  for (const [name, power] of b.dimensions) {
    const sum = (dimensions.get(name) ?? 0) + power;
    if (sum === 0) dimensions.delete(name);
    else dimensions.set(name, sum);
  }
  return {
    factor: q.multiply(a.factor, b.factor),
    multiplier: q.multiply(a.multiplier, b.multiplier),
    dimensions,
  };
}

export function isSameDimension(a: Unit, b: Unit): boolean {
  return (
    a.dimensions.size === b.dimensions.size &&
    [...a.dimensions].every(([name, power]) => b.dimensions.get(name) === power)
  );
}
