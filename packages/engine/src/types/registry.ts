import { nearest, normalise } from '../text/nearest.ts';
import { addressTypes } from './address.ts';
import { businessTypes } from './business.ts';
import { calendarNameTypes } from './calendar-names.ts';
import { contactTypes } from './contact.ts';
import { creditCardType } from './credit-card.ts';
import { FAMILIES, type FieldType, type OptionSpec } from './field-type.ts';
import { ibanType } from './iban.ts';
import { internetTypes } from './internet.ts';
import { numberTypes } from './number.ts';
import { personTypes } from './person.ts';
import { regexType } from './regex.ts';
import { structureTypes } from './structure.ts';
import { temporalTypes } from './temporal.ts';
import { textTypes } from './text.ts';

const declared: readonly FieldType[] = [
  ...structureTypes,
  ...numberTypes,
  ...temporalTypes,
  ...calendarNameTypes,
  ...personTypes,
  ...contactTypes,
  ...addressTypes,
  ...internetTypes,
  ibanType,
  creditCardType,
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
  sensitive: { kind: 'boolean', summary: 'Whether the value is treated as personal data.' },
};

/** All types, by family in the order of the catalogue. */
export const allTypes: readonly FieldType[] = FAMILIES.flatMap((family) =>
  declared.filter((type) => type.family === family),
);
