import { nearest, normalise } from '../text/nearest.ts';
import { addressTypes } from './address.ts';
import { businessTypes } from './business/index.ts';
import { calendarTypes } from './calendar/index.ts';
import { colourTypes } from './colours/index.ts';
import { commerceTypes } from './commerce/index.ts';
import { contactTypes } from './contact.ts';
import { FAMILIES, type FieldType, type OptionSpec } from './field-type.ts';
import { financeTypes } from './finance/index.ts';
import { geographyTypes } from './geography/index.ts';
import { healthTypes } from './health/index.ts';
import { identityTypes } from './identity/index.ts';
import { internetTypes } from './internet.ts';
import { numberTypes } from './number.ts';
import { personTypes } from './person/index.ts';
import { regexType } from './regex.ts';
import { sapTypes } from './sap/index.ts';
import { scienceTypes } from './science/index.ts';
import { structureTypes } from './structure/index.ts';
import { technicalTypes } from './technical/index.ts';
import { textTypes } from './text/index.ts';
import { vehicleTypes } from './vehicles/index.ts';
import { WEIGHTINGS } from './weighting.ts';

const declared: readonly FieldType[] = [
  ...structureTypes,
  ...numberTypes,
  ...personTypes,
  ...contactTypes,
  ...addressTypes,
  ...geographyTypes,
  ...internetTypes,
  ...financeTypes,
  ...calendarTypes,
  ...commerceTypes,
  ...sapTypes,
  ...vehicleTypes,
  ...healthTypes,
  ...scienceTypes,
  ...technicalTypes,
  ...colourTypes,
  ...identityTypes,
  ...businessTypes,
  ...textTypes,
  regexType,
];

const byName = new Map<string, FieldType>();
for (const type of declared) {
  for (const name of [type.key, ...(type.aliases ?? [])]) {
    const known = byName.get(normalise(name));
    if (known !== undefined && known !== type) throw new Error(`both ${known.key} and ${type.key} answer to ${name}`);
    byName.set(normalise(name), type);
  }
}

/** The type of a name or alias; case, blanks, hyphens and underscores do not count. */
export const findType = (name: string): FieldType | undefined => byName.get(normalise(name));

/** The key of the type most like a mistyped name. */
export function nearestType(name: string): string | undefined {
  const names = declared.flatMap((type) => [type.key, ...(type.aliases ?? [])]);
  const found = nearest(name, names);
  return found === undefined ? undefined : findType(found)?.key;
}

/** Options that every type has. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  null_percentage: {
    kind: 'number',
    min: 0,
    max: 100,
    summary: 'Share of rows, in percent, in which the value is null.',
    aliases: ['blankPercentage', 'blank_percentage'],
  },
  unique: { kind: 'boolean', summary: 'No two rows have the same value.' },
  locale: { kind: 'string', maxLength: 20, summary: 'Language and country of the values, such as de_DE.' },
  group: {
    kind: 'string',
    minLength: 1,
    maxLength: 60,
    summary: 'Fields of one group describe one person, place or thing; another group of the row another one.',
  },
  weighting: {
    kind: 'one of',
    values: WEIGHTINGS,
    summary:
      'How often persons and places come: all alike (uniform), or names as often as people bear them and places by the people who live there (population), where public figures tell.',
  },
  sensitive: { kind: 'boolean', summary: 'Whether the value is treated as personal data.' },
};

/** All types, by family in the order of the catalogue. */
export const allTypes: readonly FieldType[] = FAMILIES.flatMap((family) =>
  declared.filter((type) => type.family === family),
);
