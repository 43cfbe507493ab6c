import { describe, expect, it } from 'vitest';
import { loadLocale } from '../../locales/load-locale.ts';
import { generateRows } from '../../rows/generate-rows.ts';
import { planOf, type TestField } from '../testing/compiled.ts';

const ROWS = 500;

/** What an identifier tells: day of birth as YYYY-MM-DD, and whether the person is a man. */
interface Told {
  readonly born: string;
  readonly male?: boolean;
}

const n = (text: string | undefined): number => Number(text);
const day = (year: number, month: number, date: number): string =>
  new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
const odd = (text: string | undefined): boolean => n(text) % 2 === 1;
/** Years from 40 on are of the twentieth century. */
const full = (yy: string | undefined): number => n(yy) + (n(yy) < 40 ? 2000 : 1900);
const plusDays = (start: number, days: number): string =>
  new Date(start + days * 86_400_000).toISOString().slice(0, 10);

/** How each number is read, written from the rules and apart from the code that makes it. */
const READERS: Readonly<Record<string, (id: string) => Told>> = {
  AT: (id) => ({ born: day(full(id.slice(9, 11)), n(id.slice(7, 9)), n(id.slice(5, 7))) }),
  BE: (id) => ({ born: day(full(id.slice(0, 2)), n(id.slice(3, 5)), n(id.slice(6, 8))), male: odd(id[11]) }),
  BG: (id) => ({ born: day(full(id.slice(0, 2)), n(id.slice(2, 4)) % 40, n(id.slice(4, 6))), male: !odd(id[8]) }),
  CN: (id) => ({ born: day(n(id.slice(6, 10)), n(id.slice(10, 12)), n(id.slice(12, 14))), male: odd(id[16]) }),
  CZ: (id) => ({ born: day(full(id.slice(0, 2)), n(id.slice(2, 4)) % 50, n(id.slice(4, 6))), male: n(id[2]) < 5 }),
  DK: (id) => ({ born: day(full(id.slice(4, 6)), n(id.slice(2, 4)), n(id.slice(0, 2))), male: odd(id[10]) }),
  EE: (id) => ({
    born: day(n(id.slice(1, 3)) + (n(id[0]) < 5 ? 1900 : 2000), n(id.slice(3, 5)), n(id.slice(5, 7))),
    male: odd(id[0]),
  }),
  FI: (id) => ({
    born: day(n(id.slice(4, 6)) + (id[6] === 'A' ? 2000 : 1900), n(id.slice(2, 4)), n(id.slice(0, 2))),
    male: odd(id[9]),
  }),
  HU: (id) => ({
    born: day(n(id.slice(2, 4)) + (n(id[0]) < 3 ? 1900 : 2000), n(id.slice(4, 6)), n(id.slice(6, 8))),
    male: odd(id[0]),
  }),
  ID: (id) => ({ born: day(full(id.slice(10, 12)), n(id.slice(8, 10)), n(id.slice(6, 8)) % 40), male: n(id[6]) < 4 }),
  IT: (id) => ({
    born: day(full(id.slice(6, 8)), 'ABCDEHLMPRST'.indexOf(id.charAt(8)) + 1, n(id.slice(9, 11)) % 40),
    male: n(id[9]) < 4,
  }),
  KR: (id) => ({
    born: day(n(id.slice(0, 2)) + (n(id[7]) < 3 ? 1900 : 2000), n(id.slice(2, 4)), n(id.slice(4, 6))),
    male: odd(id[7]),
  }),
  LU: (id) => ({ born: day(n(id.slice(0, 4)), n(id.slice(4, 6)), n(id.slice(6, 8))) }),
  MX: (id) => ({
    born: day(n(id.slice(4, 6)) + (/\d/.test(id.charAt(16)) ? 1900 : 2000), n(id.slice(6, 8)), n(id.slice(8, 10))),
    male: id[10] === 'H',
  }),
  NO: (id) => ({
    born: day(n(id.slice(4, 6)) + (n(id[6]) < 5 ? 1900 : 2000), n(id.slice(2, 4)), n(id.slice(0, 2))),
    male: odd(id[8]),
  }),
  PL: (id) => ({ born: day(full(id.slice(0, 2)), n(id.slice(2, 4)) % 20, n(id.slice(4, 6))), male: odd(id[9]) }),
  RO: (id) => ({ born: day(full(id.slice(1, 3)), n(id.slice(3, 5)), n(id.slice(5, 7))), male: odd(id[0]) }),
  RS: (id) => ({
    born: day(n(id.slice(4, 7)) + (id[4] === '9' ? 1000 : 2000), n(id.slice(2, 4)), n(id.slice(0, 2))),
    male: n(id[9]) < 5,
  }),
  SE: (id) => ({ born: day(n(id.slice(0, 4)), n(id.slice(4, 6)), n(id.slice(6, 8))), male: odd(id[11]) }),
  UA: (id) => ({ born: plusDays(Date.UTC(1899, 11, 31), n(id.slice(0, 5))), male: odd(id[8]) }),
  ZA: (id) => ({ born: day(full(id.slice(0, 2)), n(id.slice(2, 4)), n(id.slice(4, 6))), male: n(id[6]) > 4 }),
};

const fields = (options: object = {}): TestField[] => [
  { name: 'first_name', type: 'first_name' },
  ...Object.keys(READERS).map((country) => ({
    name: country,
    type: 'national_id',
    options: { country, ...options },
  })),
];

/** Names that both lists have are women's, as they are for the other fields of a person. */
const femaleNames = async (): Promise<ReadonlySet<unknown>> => new Set((await loadLocale('en'))?.person.female);

describe('national ids of one row', () => {
  it('tell one birth day and the sex of the first name', async () => {
    const female = await femaleNames();
    const days = new Set<string>();
    for (const row of generateRows(await planOf(fields()), 0, ROWS)) {
      const told = Object.entries(READERS).map(([country, read]) => [country, read(row[country] as string)] as const);
      const [, first] = told[0] ?? ['', { born: '' }];
      for (const [country, { born, male }] of told) {
        expect(born, `${country} ${row[country]}`).toBe(first.born);
        if (male !== undefined) expect(male, `${country} ${row[country]}`).toBe(!female.has(row['first_name']));
      }
      days.add(first.born);
    }
    expect(days.size).toBeGreaterThan(ROWS * 0.9);
  });

  it('keep the sex when they are unique', async () => {
    const female = await femaleNames();
    for (const row of generateRows(await planOf(fields({ unique: true })), 0, ROWS)) {
      for (const [country, read] of Object.entries(READERS)) {
        const { born, male } = read(row[country] as string);
        expect(born >= '1940' && born < '2007', `${country} ${row[country]}`).toBe(true);
        if (male !== undefined) expect(male, `${country} ${row[country]}`).toBe(!female.has(row['first_name']));
      }
    }
  });

  it('tell the year or month of birth where they tell no day', async () => {
    const plan = await planOf([
      { name: 'cn', type: 'national_id', options: { country: 'CN' } },
      { name: 'fr', type: 'national_id', options: { country: 'FR' } },
      { name: 'ae', type: 'national_id', options: { country: 'AE' } },
      { name: 'hu', type: 'tax_id', options: { country: 'HU' } },
    ]);
    for (const row of generateRows(plan, 0, ROWS)) {
      const [cn, fr, ae, hu] = [row['cn'], row['fr'], row['ae'], row['hu']] as [string, string, string, string];
      expect(fr.slice(2, 7).replace(' ', '')).toBe(cn.slice(8, 12));
      expect(ae.slice(4, 8)).toBe(cn.slice(6, 10));
      expect(plusDays(Date.UTC(1867, 0, 1), n(hu.slice(1, 6))).replaceAll('-', '')).toBe(cn.slice(6, 14));
    }
  });

  it('end in the last four digits that another field shows', async () => {
    const plan = await planOf([
      { name: 'ssn', type: 'ssn' },
      { name: 'four', type: 'ssnLastFour' },
    ]);
    for (const row of generateRows(plan, 0, ROWS)) expect((row['ssn'] as string).slice(-4)).toBe(row['four']);
  });
});

describe('a group of its own', () => {
  it('describes another person', async () => {
    const options = { country: 'CN', group: 'partner' };
    const plan = await planOf([
      { name: 'own', type: 'national_id', options: { country: 'CN' } },
      { name: 'partner', type: 'national_id', options },
    ]);
    const rows = generateRows(plan, 0, 200);
    const same = rows.filter((row) => (row['own'] as string).slice(6, 14) === (row['partner'] as string).slice(6, 14));
    expect(same.length).toBeLessThan(3);
  });
});
