import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { TestField } from '../types/testing/compiled.ts';
import type { NegativeOptions } from './negative-options.ts';
import { parseNegative } from './parse-negative.ts';

describe('what is asked of wrong rows', () => {
  it('is nothing for right rows', () => {
    for (const mode of [undefined, null, 'right'])
      expect(parseNegative(mode, undefined)).toEqual({ ok: true, value: undefined });
  });

  it('is all rows and a column of labels unless said otherwise', () => {
    const value = { mode: 'negative', share: 100, labelColumn: '_violation' };
    expect(parseNegative('negative', undefined)).toEqual({ ok: true, value });
    expect(parseNegative('negative', { label: 'column' })).toEqual({ ok: true, value });
    const given = { share: 12.5, rules: ['type', 'unique'], fields: ['a'], label: { column: 'why' } };
    expect(parseNegative('boundary', given)).toEqual({
      ok: true,
      value: { mode: 'boundary', share: 12.5, rules: ['type', 'unique'], fields: ['a'], labelColumn: 'why' },
    });
    expect(parseNegative('negative', { label: 'none' })).toMatchObject({ value: { labelColumn: null } });
  });

  it.each([
    ['negatve', undefined, 'invalid_mode', '/mode', /did you mean negative/],
    [7, undefined, 'invalid_mode', '/mode', /boundary/],
    ['negative', [], 'invalid_negative', '/negative', /share/],
    ['negative', { shares: 1 }, 'invalid_negative', '/negative/shares', /`share`/],
    ['negative', { 'a/b': 1 }, 'invalid_negative', '/negative/a~1b', /share/],
    ['negative', { share: 0 }, 'invalid_negative', '/negative/share', /percent/],
    ['negative', { share: Number.NaN }, 'invalid_negative', '/negative/share', /percent/],
    ['negative', { share: 101 }, 'invalid_negative', '/negative/share', /percent/],
    ['negative', { rules: [] }, 'invalid_negative', '/negative/rules', /leave it out/],
    ['negative', { rules: 'type' }, 'invalid_negative', '/negative/rules', /leave it out/],
    ['negative', { rules: ['type', 'lenght'] }, 'unknown_rule', '/negative/rules/1', /did you mean length/],
    ['negative', { fields: [1] }, 'invalid_negative', '/negative/fields', /leave it out/],
    ['negative', { label: 'off' }, 'invalid_negative', '/negative/label', /_violation/],
    ['negative', { label: { column: '' } }, 'invalid_negative', '/negative/label', /_violation/],
    ['negative', { label: { column: 'a\nb' } }, 'invalid_negative', '/negative/label', /_violation/],
    ['right', { share: 50 }, 'invalid_negative', '/negative', /"mode"/],
    [undefined, { rules: ['type'] }, 'invalid_negative', '/negative', /"mode"/],
  ])('is refused: %j %j', (mode, given, code, pointer, hint) => {
    const parsed = parseNegative(mode, given);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.diagnostics).toHaveLength(1);
    expect(parsed.diagnostics[0]).toMatchObject({ code, pointer, hint: expect.stringMatching(hint) });
  });

  it('is told of with everything that is wrong at once', () => {
    const parsed = parseNegative('no', { share: 'x', rules: ['x'], fields: 1, label: 1 });
    expect(parsed.ok ? [] : parsed.diagnostics.map(({ pointer }) => pointer)).toEqual([
      '/mode',
      '/negative/share',
      '/negative/rules/0',
      '/negative/fields',
      '/negative/label',
    ]);
  });
});

describe('what cannot be had of a template', () => {
  const problems = async (fields: readonly TestField[], negative: NegativeOptions) => {
    const parsed = parseTemplate({ fields });
    if (!parsed.ok) throw new Error('the template is fine');
    const compiled = await compileTemplate(parsed.value, { negative });
    return compiled.ok ? [] : compiled.diagnostics;
  };
  const fields: TestField[] = [
    { name: 'age', type: 'number' },
    { name: 'address', type: 'template', options: { array: true, fields: [{ name: 'city', type: 'city' }] } },
  ];

  it.each([
    [fields, { mode: 'negative', fields: ['adress.city'] }, 'unknown_field', '/negative/fields/0', /`address.city`/],
    [fields, { mode: 'negative', rules: ['checksum'] }, 'nothing_to_break', '/negative/rules', /required, type/],
    [fields, { mode: 'negative', labelColumn: 'age' }, 'duplicate_name', '/negative/label', /another name/],
    [[{ name: 'n', type: 'null' }], { mode: 'negative' }, 'nothing_to_break', '/mode', /other fields/],
    [[{ name: 'b', type: 'boolean' }], { mode: 'boundary' }, 'nothing_to_break', '/mode', /`min` and `max`/],
  ] as const)('is refused: %j %j', async (template, options, code, pointer, hint) => {
    expect(await problems(template, options as NegativeOptions)).toMatchObject([
      { code, pointer, hint: expect.stringMatching(hint) },
    ]);
  });

  it('takes the name of a list with or without its brackets', async () => {
    expect(await problems(fields, { mode: 'negative', fields: ['address[].city', 'address.city'] })).toEqual([]);
  });
});
