import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadLocale, localeCodes } from '../../locales/load-locale.ts';
import { slug } from '../../locales/slug.ts';
import { generateRows } from '../../rows/generate-rows.ts';
import { parseTemplate } from '../../template/parse-template.ts';
import { planOf, type TestField } from '../testing/compiled.ts';
import legalForms from './data/legal-forms.json' with { type: 'json' };
import { legalFormIn, legalFormsIn, legalFormsOf } from './legal-forms.ts';
import lists from './lists.json' with { type: 'json' };

const TYPES = [
  'company',
  'legal_form',
  'industry',
  'company_domain',
  'company_website',
  'company_email',
  'country_code',
];
type Row = Readonly<Record<string, string>>;

const fieldsOf = (locale: string, group?: string): TestField[] =>
  [...TYPES, 'email'].map((type) => ({
    name: `${group ?? ''} ${type}`,
    type,
    options: { locale, ...(group === undefined ? {} : { group }) },
  }));
const rowsOf = async (fields: readonly TestField[], seed: string, count: number): Promise<Row[]> =>
  generateRows(await planOf(fields, seed), 0, count) as Row[];

async function expectAgreement(row: Row, locale: string, group = ''): Promise<void> {
  const of = (type: string): string => row[`${group} ${type}`] ?? '';
  const data = await loadLocale(locale);
  if (data === undefined) throw new Error(locale);
  const domain = of('company_domain');
  expect(domain).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.example$/);
  expect(of('company_website')).toBe(`https://www.${domain}/`);
  const [mailbox, at] = of('company_email').split('@');
  expect(at).toBe(domain);
  expect(of('email').startsWith(mailbox ?? '?')).toBe(true);
  // The first family name of the name is the first part of the domain.
  const names = data.person.last.filter((last) => of('company').includes(last));
  const slugs = names.map((name) => slug(name, data.language, data.person.romanised));
  expect(slugs.some((name) => domain.startsWith(name))).toBe(true);
  const separated = data.text.separator !== '';
  const forms = data.country === null ? legalFormsIn(of('country_code')) : legalFormsOf(data);
  expect(forms).toContain(of('legal_form'));
  const found = legalFormIn(of('company'), forms, separated);
  if (found !== undefined) expect(of('legal_form')).toBe(forms[found]);
  // What the name says of a trade is true.
  const { trades, suffixes } = data.company;
  const spoken = suffixes.filter((suffix) => Object.values(trades).some((words) => words?.includes(suffix)));
  const said = spoken.filter((suffix) => legalFormIn(of('company'), [suffix], separated) !== undefined);
  if (said.length === 1) expect(trades[of('industry')]).toContain(said[0]);
}

describe('the company of a row', () => {
  it.each(localeCodes())('agrees in name, legal form, trade, domain and addresses (%s)', async (locale) => {
    for (const row of await rowsOf(fieldsOf(locale), locale, 150)) await expectAgreement(row, locale);
  });

  it('agrees for any seed, each group within itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 8 }), fc.constantFrom(...localeCodes()), async (seed, locale) => {
        const rows = await rowsOf([...fieldsOf(locale, 'buyer'), ...fieldsOf(locale, 'seller')], seed, 20);
        for (const row of rows) {
          await expectAgreement(row, locale, 'buyer');
          await expectAgreement(row, locale, 'seller');
        }
        expect(rows.filter((row) => row['buyer company'] === row['seller company']).length).toBeLessThan(5);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps its domain in a unique address, which a number makes so', async () => {
    const fields: TestField[] = [
      { name: 'domain', type: 'company_domain' },
      { name: 'mail', type: 'company_email', options: { unique: true, mailbox: 'role' } },
      { name: 'own', type: 'company_domain', options: { unique: true, under: 'test' } },
    ];
    for (const row of await rowsOf(fields, 'unique', 200)) {
      const [label = ''] = row['domain']?.split('.') ?? [];
      expect(row['mail']).toMatch(new RegExp(`^[a-z]+[0-9]+@${label}[.]example$`));
      expect(row['own']).toMatch(new RegExp(`^${label}-[0-9]+[.]test$`));
    }
  });

  it('refuses a parent domain that is none', () => {
    const fields = [{ name: 'd', type: 'company_domain', options: { under: 'my shop' } }];
    const parsed = parseTemplate({ fields });
    expect(parsed.ok ? [] : parsed.diagnostics).toMatchObject([
      { code: 'invalid_option', pointer: '/fields/0/options/under' },
    ]);
  });
});

describe('the suffixes of companies', () => {
  const all = [...new Set([...Object.values(legalForms.ofCountry), ...Object.values(legalForms.ofLocale)].flat())];

  it.each(localeCodes())('have no legal form of another country (%s)', async (locale) => {
    const data = await loadLocale(locale);
    const own = data === undefined ? [] : legalFormsOf(data);
    const separated = data?.text.separator !== '';
    const foreign = data?.company.suffixes.filter((suffix) => {
      const found = all[legalFormIn(suffix, all, separated) ?? -1];
      // "& Co." is partners, not a form.
      return found !== undefined && suffix !== '& Co.' && legalFormIn(suffix, own, separated) === undefined;
    });
    expect(foreign).toEqual([]);
  });

  it.each(localeCodes())('leave every industry some, and name industries that there are (%s)', async (locale) => {
    const company = (await loadLocale(locale))?.company;
    const special = Object.values(company?.trades ?? {}).flat();
    expect(company?.suffixes.some((suffix) => !special.includes(suffix))).toBe(true);
    const industries = lists.industries.map(([name]) => name);
    for (const industry of Object.keys(company?.trades ?? {})) expect(industries).toContain(industry);
  });
});
