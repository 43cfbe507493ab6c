import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import type { Diagnostic } from './diagnostic.ts';
import { parseCount, parseSeed } from './parse-parameters.ts';
import { parseTemplate } from './parse-template.ts';
import { parseTemplateText } from './parse-text.ts';

const field = (type: string, options?: object, name = 'v') => ({
  name,
  type,
  ...(options === undefined ? {} : { options }),
});
const of = (...fields: unknown[]) => ({ name: 't', fields });

function diagnose(source: unknown, templates?: Record<string, unknown>): readonly Diagnostic[] {
  const parsed = parseTemplate(source, { templates: new Map(Object.entries(templates ?? {})) });
  return parsed.ok ? [] : parsed.diagnostics;
}

describe('bad templates', () => {
  const cases: readonly [string, unknown, string, string, RegExp?][] = [
    ['not an object', 42, 'invalid_template', ''],
    ['no fields', { name: 't' }, 'missing_fields', '/fields'],
    ['empty fields', of(), 'missing_fields', '/fields'],
    ['unknown key', { ...of(field('uuid')), feilds: [] }, 'unknown_key', '/feilds', /fields/],
    ['field that is no object', of('x'), 'invalid_field', '/fields/0'],
    ['no name', of({ type: 'uuid' }), 'invalid_name', '/fields/0/name'],
    ['empty name', of(field('uuid', undefined, ' ')), 'invalid_name', '/fields/0/name'],
    ['name with a line break', of(field('uuid', undefined, 'a\nb')), 'invalid_name', '/fields/0/name'],
    ['name with NUL', of(field('uuid', undefined, 'a\0b')), 'invalid_name', '/fields/0/name'],
    ['lone surrogate in a name', of(field('uuid', undefined, 'a\ud800')), 'invalid_name', '/fields/0/name'],
    ['long name', of(field('uuid', undefined, 'x'.repeat(201))), 'invalid_name', '/fields/0/name'],
    ['no type', of({ name: 'a' }), 'missing_type', '/fields/0/type'],
    ['unknown type', of(field('frist_name')), 'unknown_type', '/fields/0/type', /first_name/],
    ['swapped letters', of(field('emial')), 'unknown_type', '/fields/0/type', /email/],
    ['unknown option', of(field('number', { mni: 1 })), 'unknown_option', '/fields/0/options/mni', /min/],
    ['wrong kind of option', of(field('number', { min: '1' })), 'invalid_option', '/fields/0/options/min'],
    [
      'option out of range',
      of(field('boolean', { probability: 2 })),
      'invalid_option',
      '/fields/0/options/probability',
    ],
    ['min above max', of(field('number', { min: 5, max: 1 })), 'invalid_option', '/fields/0/options/min'],
    [
      'dates reversed',
      of(field('date', { min: '2024-01-02', max: '2024-01-01' })),
      'invalid_option',
      '/fields/0/options/min',
    ],
    ['a date that is none', of(field('date', { min: '2024-02-30' })), 'invalid_option', '/fields/0/options/min'],
    ['missing option', of(field('enum')), 'missing_option', '/fields/0/options'],
    ['required option null', of(field('derived', { expression: null })), 'missing_option', '/fields/0/options'],
    ['empty enum', of(field('enum', { values: [] })), 'invalid_option', '/fields/0/options/values'],
    [
      'weights too few',
      of(field('enum', { values: [1, 2], weights: [1] })),
      'invalid_option',
      '/fields/0/options/weights',
    ],
    [
      'weights all zero',
      of(field('enum', { values: [1, 2], weights: [0, 0] })),
      'invalid_option',
      '/fields/0/options/weights',
    ],
    [
      'weight of no value',
      of(field('enum', { values: ['a'], weights: { b: 1 } })),
      'invalid_option',
      '/fields/0/options/weights',
    ],
    [
      'unsatisfiable pattern',
      of(field('regex', { pattern: 'a^b' })),
      'unsatisfiable_pattern',
      '/fields/0/options/pattern',
    ],
    [
      'exploding pattern',
      of(field('regex', { pattern: '(((a{100}){100}){100})' })),
      'pattern_output_too_long',
      '/fields/0/options/pattern',
    ],
    ['look-ahead', of(field('regex', { pattern: '(?=a)b' })), 'unsupported_pattern', '/fields/0/options/pattern'],
    ['bad expression', of(field('derived', { expression: '1 +' })), 'unexpected_end', '/fields/0/options/expression'],
    [
      'unknown field in an expression',
      of(field('uuid', undefined, 'price'), field('derived', { expression: 'prize * 2' }, 'd')),
      'expression_unknown_field',
      '/fields/1/options/expression',
      /price/,
    ],
    ['unique null', of(field('null', { unique: true })), 'unique_not_possible', '/fields/0/options/unique'],
    [
      'unique and gaussian',
      of(field('number', { mean: 1, unique: true })),
      'invalid_option',
      '/fields/0/options/distribution',
    ],
    ['template of nothing', of(field('template')), 'invalid_option', '/fields/0/options'],
    [
      'missing template',
      of(field('template', { template_id: 'nope' })),
      'template_not_found',
      '/fields/0/options/template_id',
    ],
    [
      'option given twice',
      of(field('sequence', { width: 3, padding: 4 })),
      'duplicate_option',
      '/fields/0/options/padding',
    ],
    [
      '5,000 fields',
      of(...Array.from({ length: 5000 }, (_, i) => field('uuid', undefined, `f${i}`))),
      'too_many_fields',
      '/fields',
    ],
  ];

  it.each(cases)('%s', (_, source, code, pointer, hint) => {
    const [first] = diagnose(source);
    expect(first).toMatchObject({ pointer });
    if (code !== 'unexpected_end') expect(first?.code).toBe(code);
    expect(first?.message.length).toBeGreaterThan(5);
    if (hint !== undefined) expect(first?.hint).toMatch(hint);
  });

  it('reports everything that is wrong at once', () => {
    const found = diagnose(
      of(field('nmber'), field('number', { min: 2, max: 1 }, 'b'), field('uuid', undefined, 'b'), { type: 'uuid' }),
    );
    expect(found.map(({ pointer }) => pointer)).toEqual(['/fields/0/type', '/fields/1/options/min', '/fields/3/name']);
    expect(diagnose(of(field('uuid'), field('uuid'))).map(({ code }) => code)).toEqual(['duplicate_name']);
  });

  it('refuses templates that contain themselves, unless told how deep', () => {
    const self = (options: object) => ({
      fields: [
        field('uuid', undefined, 'id'),
        field('template', { template_id: 'node', array: true, count: 2, ...options }, 'children'),
      ],
    });
    expect(diagnose(self({}), { node: self({}) })[0]?.code).toBe('cyclic_template');
    expect(diagnose(self({ max_depth: 3 }), { node: self({ max_depth: 3 }) })).toEqual([]);
    const [a, b] = [of(field('template', { template_id: 'b' })), of(field('template', { template_id: 'a' }))];
    expect(diagnose(a, { a, b })[0]?.code).toBe('cyclic_template');
  });

  it('bounds recursion that branches', () => {
    const wide = {
      fields: Array.from({ length: 8 }, (_, i) => field('template', { template_id: 'w', max_depth: 16 }, `c${i}`)),
    };
    expect(diagnose(wide, { w: wide })[0]?.code).toMatch(/too_many_fields|nested_too_deep/);
  });

  it('names the place of a fault in a nested template', () => {
    const found = diagnose(of(field('template', { template_id: 'x' })), { x: of(field('nonsense')) });
    expect(found[0]?.pointer).toBe('/fields/0/options/template_id/fields/0/type');
  });

  it('never throws, whatever it is given', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true });
    fc.assert(fc.property(anything, (value) => void parseTemplate(value)));
    const options = fc.dictionary(
      fc.constantFrom(
        'min',
        'max',
        'values',
        'weights',
        'pattern',
        'expression',
        'count',
        'fields',
        'mean',
        'unique',
        '__proto__',
        'locale',
      ),
      fc.anything(),
    );
    const types = fc.constantFrom(
      'number',
      'enum',
      'regex',
      'derived',
      'template',
      'date',
      'datetime',
      'sentence',
      'email',
      'sequence',
      'float',
    );
    fc.assert(
      fc.property(types, options, (type, given) => void parseTemplate(of(field(type, given)))),
      { numRuns: 2000 },
    );
  });
});

describe('good templates', () => {
  it('may have names with quotes, emoji and SQL in them', () => {
    expect(
      diagnose(
        of(
          field('uuid', undefined, '"; DROP TABLE x; --'),
          field('uuid', undefined, "it's 😀"),
          field('uuid', undefined, '__proto__'),
        ),
      ),
    ).toEqual([]);
  });

  it('may use aliases and spellings of types and options', () => {
    expect(
      diagnose(
        of(
          field('First Name', undefined, 'a'),
          field('E-Mail', undefined, 'b'),
          field('Zip Code', { blankPercentage: 5 }, 'c'),
          { name: 'd', type: 'uuid', blankPercentage: 3, locale: 'en' },
        ),
      ),
    ).toEqual([]);
  });

  it('may be just a list of fields', () => {
    expect(diagnose([field('uuid')])).toEqual([]);
  });
});

describe('the text of a template', () => {
  it.each([
    ['not JSON', '{"name": }', 'invalid_json', /line 1, column 10/],
    ['empty', '', 'invalid_json', /empty/],
    ['invalid UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'invalid_utf8', /UTF-8/],
    ['too large', ' '.repeat(6_000_000), 'template_too_large', /MiB/],
  ])('%s', (_, text, code, message) => {
    const parsed = parseTemplateText(text);
    expect(parsed.ok ? [] : parsed.diagnostics).toMatchObject([{ code, message: expect.stringMatching(message) }]);
  });
});

describe('parameters', () => {
  it.each([0, -1, 1e15, 1.5, Number.NaN, 'abc', null, undefined, '1e3', {}, true])('refuse a count of %s', (count) => {
    expect(parseCount(count)).toMatchObject({ ok: false, diagnostics: [{ code: 'invalid_count', pointer: '/count' }] });
  });
  it.each([1, 1e12, '500'])('take a count of %s', (count) => {
    expect(parseCount(count)).toEqual({ ok: true, value: Number(count) });
  });
  it.each(['', 'x'.repeat(10_000_000), 1.5, null, {}, '\ud800'])('refuse odd seeds', (seed) => {
    expect(parseSeed(seed)).toMatchObject({ ok: false, diagnostics: [{ code: 'invalid_seed', pointer: '/seed' }] });
  });
});

describe('compiling', () => {
  const compile = async (source: unknown, rows?: number) => {
    const parsed = parseTemplate(source);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    return compileTemplate(parsed.value, rows === undefined ? {} : { rows });
  };

  it('refuses more rows than a unique field can give, and says how many it can', async () => {
    const result = await compile(of(field('number', { min: 1, max: 7, unique: true })), 8);
    expect(result).toMatchObject({
      ok: false,
      diagnostics: [
        { code: 'unique_exhausted', pointer: '/fields/0/options/unique', message: expect.stringContaining('7') },
      ],
    });
    expect((await compile(of(field('number', { min: 1, max: 7, unique: true })), 7)).ok).toBe(true);
  });

  it('refuses unknown locales with the nearest known one', async () => {
    expect(await compile(of(field('city', { locale: 'de_ED' })))).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'unknown_locale', hint: expect.stringContaining('de_DE') }],
    });
  });

  it('refuses rows that could outgrow memory', async () => {
    const inner = field('template', { fields: [field('paragraph', { sentences: 200 })], array: true, count: 10_000 });
    expect(await compile(of(inner))).toMatchObject({ ok: false, diagnostics: [{ code: 'row_too_large' }] });
  });

  it('refuses derived fields that depend on each other in a circle', async () => {
    const circle = of(field('derived', { expression: 'b + 1' }, 'a'), field('derived', { expression: 'a + 1' }, 'b'));
    expect(await compile(circle)).toMatchObject({ ok: false, diagnostics: [{ code: 'cyclic_expression' }] });
  });

  it('draws a seed when none is given', async () => {
    const [a, b] = [await compile(of(field('uuid'))), await compile(of(field('uuid')))];
    expect(a.ok && b.ok && a.value.seed !== b.value.seed).toBe(true);
  });
});
