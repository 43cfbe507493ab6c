import { companyTaxIds } from '../../packages/engine/src/types/identity/company-tax-ids.ts';
import { licences } from '../../packages/engine/src/types/identity/drivers-license.ts';
import type { IdNumber } from '../../packages/engine/src/types/identity/id-number.ts';
import { nationalIds } from '../../packages/engine/src/types/identity/national-ids.ts';
import { passportNumbers } from '../../packages/engine/src/types/identity/passport-number.ts';
import { taxpayers } from '../../packages/engine/src/types/identity/taxpayers.ts';
import { vatIds } from '../../packages/engine/src/types/identity/vat-ids.ts';
import {
  type Check,
  COMPANY,
  LICENCE,
  NATIONAL,
  passportCheck,
  TAXPAYER,
  VAT,
} from '../../test/validity/identity-checks.ts';

/** Identifiers of one type, each with who checks its values. */
export interface IdentifierList {
  readonly type: string;
  readonly title: string;
  readonly about: string;
  readonly rules: readonly (IdNumber & { readonly checkedBy: string })[];
}

const inWords = (check: Check | undefined): string =>
  [check?.stdnum === undefined ? '' : `python-stdnum \`${check.stdnum}\``, check?.by ?? '']
    .filter(Boolean)
    .join('; ') || 'form only';

const checked = (rules: readonly IdNumber[], checks: (country: string) => Check | undefined): IdentifierList['rules'] =>
  rules
    .map((rule) => ({ ...rule, checkedBy: inWords(checks(rule.country)) }))
    .toSorted((a, b) => (a.country < b.country ? -1 : 1));

/** All identifiers that differ by country. */
export const identifierLists = (): readonly IdentifierList[] => [
  {
    type: 'national_id',
    title: 'National ids',
    about: 'Where a country has no national id, the tax or insurance number that stands for it.',
    rules: checked(nationalIds, (country) => NATIONAL[country]),
  },
  {
    type: 'tax_id',
    title: 'Tax numbers of persons',
    about: 'Only those that are not the national id; for the other countries `tax_id` gives the national id.',
    rules: checked(taxpayers, (country) => TAXPAYER[country]),
  },
  {
    type: 'tax_id',
    title: 'Tax numbers of firms',
    about:
      'Given with `"holder": "company"`. For countries without one of their own here it gives the number for value added tax.',
    rules: checked(companyTaxIds, (country) => COMPANY[country]),
  },
  {
    type: 'vat_id',
    title: 'Numbers for value added tax',
    about: 'With the prefix of the country where it has one; Greece writes EL.',
    rules: checked(vatIds, (country) => VAT[country]),
  },
  {
    type: 'passport_number',
    title: 'Passport numbers',
    about:
      'They have no check digit of their own; with `"mrz": true` they carry the one of the machine-readable zone (ICAO Doc 9303), filled up with `<`.',
    rules: checked(passportNumbers, passportCheck),
  },
  {
    type: 'drivers_license',
    title: 'Driving licences',
    about: 'The United States by state: `"state": "TX"`; the example is of California.',
    rules: checked(licences, (country) => LICENCE[country]),
  },
];
