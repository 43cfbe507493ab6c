import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { type Responses, responsesOf } from './responses.ts';

const db = (name: string, query?: string, more: object = {}) => ({
  name,
  type: 'db_response',
  options: { connection: 'c', table: 't', ...(query === undefined ? {} : { query }), ...more },
});

function parsed(fields: readonly object[]) {
  const template = parseTemplate({ fields });
  if (!template.ok) throw new Error(JSON.stringify(template.diagnostics));
  return template.value;
}

async function rowsOf(fields: readonly object[], answer: readonly unknown[], from: number, to: number, seed = 's') {
  const template = parsed(fields);
  const responses: Responses = new Map(responsesOf(template).map(({ key }) => [key, answer]));
  const plan = await compileTemplate(template, { responses, seed });
  if (!plan.ok) throw new Error(plan.diagnostics.map(({ code }) => code).join());
  return generateRows(plan.value, from, to);
}

describe('what has to be fetched', () => {
  it('is fetched once for all fields that pick from the same rows, with the columns that they want', () => {
    const inner = { name: 'o', type: 'object', options: { fields: [db('x', 'c')] } };
    const requests = responsesOf(parsed([db('a', 'a'), db('b', 'b'), inner, db('other', 'a', { top: 5 })]));
    expect(requests.map(({ field, columns }) => ({ field, columns }))).toEqual([
      { field: 'a', columns: ['a', 'b', 'c'] },
      { field: 'other', columns: ['a'] },
    ]);
    expect(responsesOf(parsed([db('a', 'a'), db('whole')]))).toMatchObject([{ columns: undefined }]);
  });
});

describe('values that were fetched', () => {
  it('are of one record in a row, and the same in every range', async () => {
    const answer = Array.from({ length: 37 }, (_, i) => ({ id: i, name: `n${i}` }));
    const fields = [db('id', 'id'), db('name', 'name'), db('other', 'id', { schema: 's' })];
    const whole = await rowsOf(fields, answer, 0, 200);
    for (const { id, name } of whole) expect(name).toBe(`n${id}`);
    expect(whole.some(({ id, other }) => id !== other)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.nat(199), fc.nat(199), async (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        expect(await rowsOf(fields, answer, from, to)).toEqual(whole.slice(from, to));
      }),
      { numRuns: 20 },
    );
  });

  it('are null where a row has none, and where rows are not fetched now', async () => {
    expect(await rowsOf([db('v', 'a', { order: 'sequential' })], [{ a: 1 }, {}], 0, 2)).toEqual([
      { v: 1 },
      { v: null },
    ]);
    const plan = await compileTemplate(parsed([db('v', 'a')]), { responses: 'unknown' });
    expect(plan.ok && generateRows(plan.value, 0, 1)).toEqual([{ v: null }]);
  });

  it('are refused by the engine alone, which says who has them', async () => {
    const plan = await compileTemplate(parsed([db('v', 'a')]));
    expect(plan).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'needs_a_worker', pointer: '/fields/0/type', hint: expect.stringContaining('server') }],
    });
  });

  it.each([
    [[], 'response_empty'],
    [[{ b: 1 }], 'unknown_column'],
    [[{ a: 'x'.repeat(2 ** 20 + 1) }], 'response_too_large'],
  ])('are refused when they are not to be had', async (answer, code) => {
    await expect(rowsOf([db('v', 'a')], answer, 0, 1)).rejects.toThrow(code);
  });
});
