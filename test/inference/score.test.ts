import { describe, expect, it } from 'vitest';
import { generateValues } from './generate-values.ts';
import type { LabelledTable } from './read-tables.ts';
import { missLines, report } from './report.ts';
import { score } from './score.ts';
import { summarise } from './summary.ts';

const table: LabelledTable = {
  source: 'somewhere/project',
  table: 'member',
  domainHint: 'club',
  locale: 'fr_FR',
  columns: [
    { name: 'courriel', label: 'email', alt: null },
    { name: 'tel', label: 'phone', alt: 'integer_count' },
    { name: 'nom', label: 'last_name', alt: null },
  ],
};

const field = (name: string, type: string) => ({
  name,
  type,
  options: {},
  confidence: 1,
  reason: 'test',
  source: 'rule' as const,
  description: 'test',
  alternatives: [],
});

const generated = {
  inference: {
    fields: [field('courriel', 'email'), field('tel', 'number'), field('nom', 'words')],
    locale: 'fr_FR',
    entity: undefined,
    notes: [],
  },
  rows: Array.from({ length: 30 }, (_, i) => ({ courriel: `a${i}@example.org`, tel: i, nom: 'lorem ipsum' })),
};

describe('score', () => {
  it('tells right from right by the alternative from wrong', () => {
    const verdicts = score(table, generated).map(({ column, strict, either }) => [column, strict, either]);
    expect(verdicts).toEqual([
      ['courriel', true, true],
      ['tel', false, true],
      ['nom', false, false],
    ]);
  });

  it('goes by values, not by the names of types', () => {
    const renamed = { ...generated, inference: { ...generated.inference, fields: [field('courriel', 'words')] } };
    expect(score(table, renamed)[0]).toMatchObject({ type: 'words', strict: true });
  });

  it('counts every column of a table without rows as wrong, and says why', () => {
    const verdicts = score(table, { inference: undefined, fault: 'unknown_type at /fields/0: no' });
    expect(verdicts.some(({ either }) => either)).toBe(false);
    expect(missLines(verdicts)[0]).toContain('unknown_type at /fields/0: no');
    expect(summarise([verdicts])).toMatchObject({ tables: 1, failedTables: 1, columns: 3, strictOrAlt: 0 });
  });
});

describe('summarise', () => {
  const summary = summarise([score(table, generated), score({ ...table, locale: 'en_GB' }, generated)]);

  it('adds up by label and by language', () => {
    expect(summary).toMatchObject({ tables: 2, failedTables: 0, columns: 6, strict: 2, strictOrAlt: 4 });
    expect(summary.byLabel['phone']).toEqual({ columns: 2, strict: 0, strictOrAlt: 2 });
    expect(summary.byLanguage).toEqual({
      en: { columns: 3, strict: 1, strictOrAlt: 2 },
      fr: { columns: 3, strict: 1, strictOrAlt: 2 },
    });
  });

  it('says what was taken for what', () => {
    expect(summary.confusions).toEqual([{ label: 'last_name', type: 'words', columns: 2 }]);
    expect(report(summary, 12.34)).toMatch(/last_name -> words +2.*66\.7 %.*12\.3 µs per field/s);
  });
});

describe('generateValues', () => {
  it('gives the same thirty rows each time, with a value for every column', async () => {
    const [first, second] = [await generateValues(table), await generateValues(table)];
    expect(first).toEqual(second);
    expect('rows' in first && first.rows).toHaveLength(30);
    expect('rows' in first && Object.keys(first.rows[0] ?? {})).toEqual(['courriel', 'tel', 'nom']);
  });

  it('says why a table gives no rows', async () => {
    expect(await generateValues({ ...table, columns: [...table.columns, ...table.columns] })).toMatchObject({
      fault: expect.stringMatching(/courriel/),
    });
  });
});
