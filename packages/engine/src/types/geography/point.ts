import {
  add,
  constant,
  type DocumentPart,
  div,
  type Int,
  lookup,
  mul,
  type Piece,
  sub,
  text,
} from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType, type OptionSpec } from '../field-type.ts';
import { placeOf } from '../of-place.ts';
import { squaresOf, tilesOf } from './squares.ts';

/** Slots of the row's place: where in the square the row's point lies, so that latitude and longitude agree. */
const SLOTS = { latitude: 1, longitude: 2 } as const;
/** Steps across a square. Times the widest square, 0.26 degrees at the 76th parallel, this still fits in 32 bits. */
const STEPS = 8192;
/** Where latitudes and longitudes are counted from, so that no number is negative before the end. */
const ORIGINS = { latitude: 90, longitude: 180 } as const;
const MICRO = 6;

type Side = keyof typeof SLOTS;

/** A point's sides in units of the last decimal. */
type Point = Readonly<Record<Side, Int>>;

/** The point of the row's place, or for a unique field one that no other row has on the given sides. */
function pointOf(decimals: number, sides: readonly Side[], context: BuildContext): Point {
  const unit = 10 ** (MICRO - decimals);
  if (context.unique) return uniquePoint(decimals, sides, context);
  const side = (name: Side): Int => {
    const { starts, lengths } = edges(name, context);
    const place = placeOf(context);
    const step = context.member('place', SLOTS[name], STEPS);
    const value = add(lookup(starts, place), div(mul(lookup(lengths, place), step), STEPS));
    // Rounded to the nearest while it is positive, which truncation would not do below zero.
    const rounded = unit === 1 ? value : div(add(value, unit / 2), unit);
    return sub(rounded, ORIGINS[name] * 10 ** decimals);
  };
  return { latitude: side('latitude'), longitude: side('longitude') };
}

function uniquePoint(decimals: number, sides: readonly Side[], context: BuildContext): Point {
  const { lists } = context;
  const unit = 10 ** (MICRO - decimals);
  const tiles = lists.once(`tiles ${decimals} ${sides}`, () => tilesOf(squaresOf(lists), unit, sides));
  const tile = context.choose(tiles.south.length);
  const side = (name: Side, starts: readonly number[], count: number): Int =>
    sides.includes(name)
      ? sub(add(lookup(starts, tile), context.choose(count)), ORIGINS[name] * 10 ** decimals)
      : constant(0);
  return {
    latitude: side('latitude', tiles.south, tiles.high),
    longitude: side('longitude', tiles.west, tiles.wide),
  };
}

/** The lower edges and the lengths of a side of all squares. */
function edges(side: Side, { lists }: BuildContext): { starts: readonly number[]; lengths: readonly number[] } {
  return lists.once(`edges ${side}`, () => {
    const squares = squaresOf(lists);
    return side === 'latitude'
      ? { starts: squares.map(({ south }) => south), lengths: squares.map(({ height }) => height) }
      : { starts: squares.map(({ west }) => west), lengths: squares.map(({ width }) => width) };
  });
}

const decimalsOption: OptionSpec = {
  kind: 'integer',
  min: 0,
  max: MICRO,
  summary: 'Digits behind the point; the fifth is about a metre.',
  default: MICRO,
  aliases: ['precision'],
};

const sideType = (side: Side, label: string, example: number, aliases: readonly string[]): FieldType =>
  defineType({
    key: side,
    label,
    family: 'address',
    summary: `${label} of a point within 5 km of the centre of the row's city, in degrees.`,
    aliases,
    options: { decimals: decimalsOption },
    example,
    localised: true,
    build: (options, context) => {
      const decimals = options['decimals'] as number;
      const value = pointOf(decimals, [side], context)[side];
      return { kind: 'decimal', body: [{ p: 'fixed', value, decimals }] };
    },
  });

/** How a point is written in one text, of its two sides. */
const TEXTS: Readonly<Record<string, (latitude: PointNumber, longitude: PointNumber) => Piece[]>> = {
  'lat,lng': (latitude, longitude) => [latitude, text(','), longitude],
  'lng,lat': (latitude, longitude) => [longitude, text(','), latitude],
  wkt: (latitude, longitude) => [text('POINT('), longitude, text(' '), latitude, text(')')],
  geo_uri: (latitude, longitude) => [text('geo:'), latitude, text(','), longitude],
};

/** How it is written as JSON. */
const DOCUMENTS: Readonly<Record<string, (latitude: PointNumber, longitude: PointNumber) => DocumentPart[]>> = {
  object: (latitude, longitude) => ['{', json('latitude'), ':', latitude, ',', json('longitude'), ':', longitude, '}'],
  geojson: (latitude, longitude) => [
    ...(['{', json('type'), ':', json('Point'), ','] as const),
    ...([json('coordinates'), ':', '[', longitude, ',', latitude, ']', '}'] as const),
  ],
};

type PointNumber = Extract<Piece, { p: 'fixed' }>;
const json = (value: string): DocumentPart => ({ p: 'json', value });

/** The row's point, a place on land in the city and its country. */
export const pointTypes: readonly FieldType[] = [
  sideType('latitude', 'Latitude', 51.922461, ['lat']),
  sideType('longitude', 'Longitude', 4.479213, ['lng', 'lon', 'long']),
  defineType({
    key: 'coordinates',
    label: 'Coordinates',
    family: 'address',
    summary: "The row's point, `latitude` and `longitude` in one value.",
    aliases: ['lat_lng', 'geo_point', 'gps', 'geolocation'],
    options: {
      format: {
        kind: 'one of',
        values: [...Object.keys(TEXTS), ...Object.keys(DOCUMENTS)],
        summary:
          'A text, or { latitude, longitude }, or the Point of RFC 7946; wkt is POINT(longitude latitude), geo_uri RFC 5870.',
        default: 'lat,lng',
      },
      decimals: decimalsOption,
    },
    example: '51.922461,4.479213',
    localised: true,
    build: (options, context) => {
      const decimals = options['decimals'] as number;
      const { latitude, longitude } = pointOf(decimals, ['latitude', 'longitude'], context);
      const [lat, lng] = [latitude, longitude].map((value): PointNumber => ({ p: 'fixed', value, decimals })) as [
        PointNumber,
        PointNumber,
      ];
      const format = options['format'] as string;
      const [asText, asDocument] = [TEXTS[format], DOCUMENTS[format]];
      if (asText !== undefined) return { kind: 'string', body: asText(lat, lng) };
      if (asDocument !== undefined) return { kind: 'document', parts: asDocument(lat, lng) };
      throw new Error('the format was checked against the list');
    },
  }),
];
