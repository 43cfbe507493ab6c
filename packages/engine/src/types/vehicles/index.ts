import { add, type Int, lookup, mod, mul, pick } from '../../plan/program.ts';
import { Identifier } from '../checks/identifier.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { listType } from '../list-type.ts';
import { patternPieces } from '../pattern.ts';
import lists from './lists.json' with { type: 'json' };

const column = (index: number): readonly string[] => lists.models.map((model) => model[index] ?? '');
const makes = column(0);
const models = column(1);
const makers = column(2);
const kinds = column(3);
const plates: Readonly<Record<string, string>> = lists.plates;

/** Slots of the coherence group `vehicle`; numbers are part of the output's contract. */
const MODEL = 0;
const YEAR = 1;

const FIRST_YEAR = 2010;
/** Codes of model years from 2010 on (ISO 3779; 49 CFR 565.15, table VII). */
const YEAR_CODES = [...'ABCDEFGHJKLMNPRST'];
const yearIndex = ({ shared }: BuildContext): Int => shared('vehicle', YEAR, YEAR_CODES.length);

/** Letters of a VIN: no I, O and Q. */
const CHARACTERS = [...'ABCDEFGHJKLMNPRSTUVWXYZ0123456789'];
/** 49 CFR 565.15, tables III to V: what letters count, and weights by position; the check digit itself, position 9, none. */
const VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  [...'ABCDEFGH']
    .map((c, i) => [c, i + 1] as const)
    .concat(
      [...'JKLMN'].map((c, i) => [c, i + 1] as const),
      [
        ['P', 7],
        ['R', 9],
      ],
      [...'STUVWXYZ'].map((c, i) => [c, i + 2] as const),
      [...'0123456789'].map((c) => [c, Number(c)] as const),
    ),
);
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Vehicles: one make, model and year for a row. */
export const vehicleTypes: readonly FieldType[] = [
  defineType({
    key: 'vin',
    label: 'VIN',
    family: 'vehicles',
    summary: "Vehicle identification number of the row's make and model year, with its check digit.",
    aliases: ['vehicle_identification_number', 'chassis_number'],
    options: {},
    example: 'WVWZZZ1K5DW386752',
    build: (_, context) => {
      const id = new Identifier(context).oneOf(makers, context.shared('vehicle', MODEL, makers.length));
      id.letters(5, CHARACTERS);
      const check = id.later([...'0123456789X']);
      id.char(yearIndex(context), YEAR_CODES).letters(1, CHARACTERS).digits(6);
      check(
        mod(
          id.sum((char, position) => (VALUES[char] ?? 0) * (WEIGHTS[position] ?? 0)),
          11,
        ),
      );
      return { kind: 'string', body: id.pieces };
    },
  }),
  listType({
    key: 'vehicle_make',
    label: 'Make',
    family: 'vehicles',
    summary: "Make of the row's vehicle.",
    aliases: ['make', 'car_make', 'vehicle_manufacturer'],
    values: makes,
    of: ['vehicle', MODEL],
  }),
  listType({
    key: 'vehicle_model',
    label: 'Model',
    family: 'vehicles',
    summary: "Model of the row's vehicle.",
    aliases: ['car_model'],
    values: models,
    of: ['vehicle', MODEL],
  }),
  listType({
    key: 'vehicle_type',
    label: 'Kind of vehicle',
    family: 'vehicles',
    summary: "Car, SUV, van or pickup: that of the row's model.",
    aliases: ['body_type'],
    values: kinds,
    of: ['vehicle', MODEL],
  }),
  defineType({
    key: 'vehicle',
    label: 'Vehicle',
    family: 'vehicles',
    summary: "Make and model of the row's vehicle.",
    aliases: ['car'],
    options: {},
    example: 'Volkswagen Golf',
    build: (_, context) => ({
      kind: 'string',
      body: [pick(makesAndModels, context.shared('vehicle', MODEL, makesAndModels.length))],
    }),
  }),
  defineType({
    key: 'model_year',
    label: 'Model year',
    family: 'vehicles',
    summary: "Model year of the row's vehicle.",
    aliases: ['vehicle_year'],
    options: {},
    example: 2019,
    build: (_, context) => ({ kind: 'integer', body: [{ p: 'integer', value: add(yearIndex(context), FIRST_YEAR) }] }),
  }),
  defineType({
    key: 'license_plate',
    label: 'Number plate',
    family: 'vehicles',
    summary: 'A number plate in the form of a country.',
    aliases: ['licence_plate', 'number_plate', 'registration_number', 'vehicle_registration'],
    options: {
      country: {
        kind: 'one of',
        values: Object.keys(plates),
        summary: "Country of the plate; without it the locale's, or US.",
        aliases: ['countryCode', 'country_code'],
      },
    },
    example: 'KXR-4029',
    localised: true,
    sensitive: true,
    build: ({ country }, context) => {
      const home = context.lists.data.country ?? 'US';
      const pattern = plates[typeof country === 'string' ? country : home] ?? plates['US'] ?? '';
      return {
        kind: 'string',
        body: patternPieces(
          pattern.replaceAll(/MH|ZH|GP/g, (code) => code),
          context,
          '#NAB',
        ),
      };
    },
  }),
  listType({
    key: 'fuel_type',
    label: 'Fuel',
    family: 'vehicles',
    summary: 'What a vehicle runs on.',
    aliases: ['fuel'],
    values: lists.fuels,
    weights: lists.fuelWeights,
  }),
  listType({
    key: 'transmission',
    label: 'Transmission',
    family: 'vehicles',
    summary: 'Gearbox of a vehicle.',
    aliases: ['gearbox'],
    values: lists.transmissions,
    weights: lists.transmissionWeights,
  }),
  defineType({
    key: 'mileage_km',
    label: 'Mileage',
    family: 'vehicles',
    summary: "Kilometres driven: about 14,000 for each year of the row's vehicle.",
    aliases: ['mileage', 'odometer'],
    options: {},
    example: 84_210,
    build: (_, context) => {
      if (context.unique) return { kind: 'integer', body: [{ p: 'integer', value: context.choose(300_000) }] };
      const age = lookup(
        YEAR_CODES.map((_, i) => YEAR_CODES.length - i),
        yearIndex(context),
      );
      return { kind: 'integer', body: [{ p: 'integer', value: mul(age, add(context.draw(12_000), 8000)) }] };
    },
  }),
];

const makesAndModels = lists.models.map(([make = '', model = '']) => `${make} ${model}`);
