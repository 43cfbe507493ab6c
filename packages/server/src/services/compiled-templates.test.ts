import { generateRows } from '@datamaker/engine';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileDocument } from './compiled-templates.ts';

const NONE = { nested: new Map<string, unknown>(), resources: new Map<string, readonly unknown[]>() };
let documents = 0;
/** A document that is like no other. */
const fresh = (fields: readonly unknown[] = [{ name: 'id', type: 'uuid' }]) => ({
  name: `customers ${++documents}`,
  fields,
});

async function planOf(...given: Parameters<typeof compileDocument>) {
  const compiled = await compileDocument(...given);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return compiled.plan;
}

describe('a compiled template', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is used again for the same content with another seed, and gives the rows of that seed', async () => {
    const document = fresh();
    const first = await planOf(document, NONE, { seed: 'a' });
    const second = await planOf(structuredClone(document), NONE, { seed: 'b' });
    expect(second.fields).toBe(first.fields);
    const other = await planOf(fresh(), NONE, { seed: 'b' });
    expect(generateRows(second, 0, 3)).toEqual(generateRows(other, 0, 3));
    expect(generateRows(second, 0, 3)).not.toEqual(generateRows(first, 0, 3));
  });

  it('has a seed of its own each time that none is given', async () => {
    const document = fresh();
    const seeds = await Promise.all([1, 2, 3].map(async () => (await planOf(document, NONE, {})).seed));
    expect(new Set(seeds).size).toBe(3);
  });

  it('is compiled once for requests that come at once', async () => {
    const document = fresh();
    const plans = await Promise.all([1, 2, 3, 4].map((seed) => planOf(document, NONE, { seed: String(seed) })));
    expect(new Set(plans.map(({ fields }) => fields)).size).toBe(1);
    expect(plans.map(({ seed }) => seed)).toEqual(['1', '2', '3', '4']);
  });

  it('is another one when a template that it nests has changed, or rows are wrong on purpose', async () => {
    const document = fresh([{ name: 'inner', type: 'template', options: { template_id: 'tmpl_inner' } }]);
    const nesting = (type: string) => ({
      ...NONE,
      nested: new Map([['tmpl_inner', { name: 'inner', fields: [{ name: 'x', type }] }]]),
    });
    const [before, after] = [await planOf(document, nesting('uuid'), {}), await planOf(document, nesting('city'), {})];
    expect(after.fields).not.toBe(before.fields);
    const wrong = fresh();
    const right = await planOf(wrong, NONE, {});
    expect((await planOf(wrong, NONE, { negative: { mode: 'negative' } })).negative).toBeDefined();
    expect((await planOf(wrong, NONE, {})).fields).toBe(right.fields);
  });

  it('is refused for more rows than it can give, though it was made for fewer', async () => {
    const document = fresh([{ name: 'id', type: 'number', options: { min: 1, max: 10, unique: true } }]);
    await planOf(document, NONE, { rows: 10 });
    for (let i = 0; i < 2; i++) {
      const refused = await compileDocument(document, NONE, { rows: 11 });
      expect(refused).toMatchObject({ ok: false, parsed: true, diagnostics: [{ code: 'unique_exhausted' }] });
    }
    expect((await compileDocument(document, NONE, { rows: 10 })).ok).toBe(true);
  });

  it('is compiled anew when "now" has become another day', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-03-01T12:00:00Z'), toFake: ['Date'] });
    const document = fresh([{ name: 'born', type: 'age' }]);
    const first = await planOf(document, NONE, {});
    expect((await planOf(document, NONE, {})).fields).toBe(first.fields);
    vi.setSystemTime(Date.parse('2026-03-02T00:00:00Z'));
    expect((await planOf(document, NONE, {})).fields).not.toBe(first.fields);
  });

  it('is compiled for the "now" that is asked for', async () => {
    const document = fresh([{ name: 'at', type: 'datetime', options: { min: 'now', max: 'now' } }]);
    const rowOf = async (now?: number) =>
      generateRows(await planOf(document, NONE, { seed: 's', ...(now === undefined ? {} : { now }) }), 0, 1)[0];
    await rowOf();
    expect(await rowOf(Date.parse('2001-02-03T04:05:06Z'))).toEqual({
      at: expect.stringContaining('2001-02-03T04:05:06'),
    });
    expect(await rowOf()).not.toEqual({ at: expect.stringContaining('2001') });
  });

  it('takes the rows that it picks from as they are now', async () => {
    const document = fresh([{ name: 'v', type: 'sample', options: { from: 'pens' } }]);
    const rowOf = async (value: string) =>
      generateRows(
        await planOf(document, { ...NONE, resources: new Map([['pens', [value]]]) }, { seed: 's' }),
        0,
        1,
      )[0];
    expect(await rowOf('blue')).toEqual({ v: 'blue' });
    expect(await rowOf('red')).toEqual({ v: 'red' });
    expect(await compileDocument(document, NONE, {})).toMatchObject({ ok: false, parsed: false });
  });

  it('says what is wrong each time', async () => {
    const document = fresh([{ name: 'id', type: 'nonsense' }]);
    for (let i = 0; i < 2; i++) {
      expect(await compileDocument(document, NONE, {})).toMatchObject({ ok: false, parsed: false });
    }
  });
});
