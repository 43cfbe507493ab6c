import { Identifier } from '../checks/identifier.ts';
import { defineType, type FieldType, type OptionProblem, type Options } from '../field-type.ts';
import { es } from './countries/es.ts';
import { fi } from './countries/fi.ts';
import { se } from './countries/se.ts';
import { sg } from './countries/sg.ts';
import table from './data/licences.json' with { type: 'json' };
import states from './data/us-licences.json' with { type: 'json' };
import type { IdNumber } from './id-number.ts';
import { countryOption, separators } from './id-type.ts';
import { brLicence } from './licences/br.ts';
import { deLicence } from './licences/de.ts';
import { gbLicence } from './licences/gb.ts';
import { inLicence } from './licences/in.ts';
import { jpLicence } from './licences/jp.ts';

const ofState = ({ state, pattern, example }: (typeof states)[number]): IdNumber => ({
  country: 'US',
  name: `Driver’s license number (${state})`,
  source: 'Department of motor vehicles of the state',
  example,
  build: (id) => {
    id.pattern(pattern);
  },
});

/** By state of the United States. */
export const usLicences: ReadonlyMap<string, IdNumber> = new Map(states.map((entry) => [entry.state, ofState(entry)]));

const DEFAULT_STATE = 'CA';
const california = usLicences.get(DEFAULT_STATE) as IdNumber;

/** Licence numbers by country; that of California for the United States. */
export const licences: readonly IdNumber[] = [
  ...table.map(
    ({ country, name, source, pattern, example }): IdNumber => ({
      country,
      name,
      source,
      example,
      build: (id) => {
        id.pattern(pattern);
      },
    }),
  ),
  brLicence,
  deLicence,
  { ...es, name: 'Número del permiso de conducción (the DNI)' },
  { ...fi, name: 'Ajokortin numero (the henkilötunnus)' },
  gbLicence,
  inLicence,
  jpLicence,
  { ...se, name: 'Referensnummer (the personnummer)' },
  { ...sg, name: 'Driving licence number (the NRIC)' },
  california,
].toSorted((a, b) => (a.country < b.country ? -1 : 1));

const byCountry = new Map(licences.map((rule) => [rule.country, rule]));

function check({ country, state }: Options): OptionProblem[] {
  if (state === undefined || country === undefined || country === 'US') return [];
  return [
    { option: 'state', message: `${country} has no states here`, hint: 'leave out `state`, or ask for country US' },
  ];
}

/** Numbers of driving licences. */
export const driversLicense: FieldType = defineType({
  key: 'drivers_license',
  label: "Driver's license",
  family: 'identity',
  summary: 'The number of a driving licence, in the form its country or state uses.',
  aliases: [
    'driversLicense',
    'driver_license',
    'driving_licence',
    'drivers_licence',
    'driver_license_number',
    'driver_id',
  ],
  options: {
    country: countryOption([...byCountry.keys()], 'US'),
    state: {
      kind: 'one of',
      values: [...usLicences.keys()],
      summary: `State of the United States; without it ${DEFAULT_STATE}.`,
      aliases: ['region'],
    },
    separators,
  },
  example: california.example,
  localised: true,
  sensitive: true,
  check,
  build: ({ country, state, separators: written }, context) => {
    const home = context.lists.data.country ?? '';
    const code = typeof country === 'string' ? country : typeof state === 'string' ? 'US' : home;
    const rule = (code === 'US' ? usLicences.get(String(state)) : byCountry.get(code)) ?? california;
    const id = new Identifier(context, written !== false);
    rule.build(id, context, false);
    return { kind: 'string', body: id.pieces };
  },
});
