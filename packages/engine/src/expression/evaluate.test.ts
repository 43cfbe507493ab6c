import { describe, expect, it } from 'vitest';
import { ExpressionError } from './errors.ts';
import { parseExpression } from './expression.ts';
import { evaluateSource } from './testing/evaluate-source.ts';

const ROW = {
  price: 2.5,
  quantity: 4,
  first_name: 'Zoë',
  email: 'Zoe@X.ORG',
  nothing: null,
  missing: undefined,
  broken: Number.NaN,
  yes: true,
  text: '5',
  tags: ['x', 'y'],
  'odd name': 7,
  address: { city: 'Łódź', geo: { lat: 51.8 } },
  line_items: [{ amount: 0.1, tax: [1, 2] }, { amount: 0.2, tax: [] }, { amount: null, tax: null }, {}],
};

describe('operators', () => {
  it.each([
    ['price * quantity', 10],
    ['1 + 2 * 3 - 4 / 2', 5],
    ['(1 + 2) * 3', 9],
    ['7 % 3 - 10 % 4', -1],
    ['-7 % 3', -1],
    ['2 ** 3 ** 2', 512],
    ['-2 ** 2', -4],
    ['2 ** -1', 0.5],
    ['10 - 3 - 2', 5],
    ['.5 + 1e3', 1000.5],
    ['1 + 1 == 2 and not false', true],
    ['not 1 == 2', true],
    ['!yes == false', true],
    ['true || false && false', true],
    ['nothing ?? missing ?? 3 + 1', 4],
    ['quantity > 3 ? 1 : quantity > 2 ? 2 : 3', 1],
    ["'a' < 'b' and 'B' < 'a'", true],
    ["'a' + 1 + true", 'a1true'],
    ["1 + 2 + 'a'", '3a'],
    ["[1, {'a': 2}] == [1, {'a': 2}]", true],
    ["{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", true],
    ["1 == '1'.a", 'error expression_type'],
    ['text == 5', false],
    ['yes != nothing', true],
  ])('%s', (source, expected) => {
    expect(evaluateSource(source, ROW)).toEqual(expected);
  });
});

describe('what is not there is null', () => {
  it.each([
    ...['nothing', 'missing', 'unheard_of', 'broken', 'nothing + 1', "nothing + 'a'", '-nothing', 'nothing < 1'],
    ...['1 / 0', '0 / 0', '5 % 0', '1e308 * 10', '(-8) ** 0.5', '0 ** -1', 'address.street', 'address.street.number'],
    ...[
      'tags[2]',
      'tags[-1]',
      'tags[0.5]',
      'tags[nothing]',
      'nothing[0]',
      'nothing.a',
      "{'a': 1}['b']",
      'nothing[*].a',
    ],
    ...['upper(nothing)', 'sum(nothing)', "replace('a', 'a', nothing)", 'round(nothing, 2)', 'round(1, nothing)'],
  ])('%s', (source) => {
    expect(evaluateSource(source, ROW)).toBeNull();
  });

  it.each([
    ['nothing == null', true],
    ['nothing != null', false],
    ['nothing == 0', false],
    ["if(nothing, 'a', 'b')", 'b'],
    ['not nothing', true],
    ['nothing or false', false],
    ['(1 / 0) ?? 9', 9],
    ['{{nothing}}', null],
    ['<{{nothing}}>', '<>'],
  ])('%s', (source, expected) => {
    expect(evaluateSource(source, ROW)).toEqual(expected);
  });

  it('also inside lists of the row', () => {
    const row = { l: [1, undefined, Number.NaN, Number.POSITIVE_INFINITY, null] };
    expect(['sum(l)', 'count(l)', 'max(l)', 'join(l)'].map((source) => evaluateSource(source, row))).toEqual([
      1,
      1,
      1,
      '1',
    ]);
  });

  it('never gives -0', () => {
    expect(Object.is(evaluateSource('0 * -1'), 0)).toBe(true);
    expect(evaluateSource("'' + 0 * -1")).toBe('0');
  });
});

describe('paths', () => {
  it.each([
    ['address.geo.lat', 51.8],
    ["address['city']", 'Łódź'],
    ['line_items[0].amount', 0.1],
    ['line_items[*].amount', [0.1, 0.2, null, null]],
    ['line_items[*].tax[*]', [1, 2]],
    ['line_items[*].tax[0]', [1, null, null, null]],
    ['(line_items[*].amount)[1]', 0.2],
    ['sum(line_items[*].amount)', 0.3],
    ['`odd name` + 1', 8],
    ["field('odd name') + 1", 8],
    ["{'x': 10, y: 20, 3: 30}[tags[0]]", 10],
    ["{'1': 'one', '2': 'two'}[1 + 1]", 'two'],
    ['[[1, 2], [3]][*][*]', [1, 2, 3]],
  ])('%s', (source, expected) => {
    expect(evaluateSource(source, ROW)).toEqual(expected);
  });
});

describe('text with placeholders', () => {
  it.each([
    ['{{first_name}} <{{lower(email)}}>', 'Zoë <zoe@x.org>'],
    ['{{price}}', 2.5],
    ['{{ tags }}', ['x', 'y']],
    [' {{price}}', ' 2.5'],
    ['{{yes}}/{{quantity}}', 'true/4'],
    ['\\{{price}}', '{{price}}'],
    ['\\\\{{price}}', '\\2.5'],
    ['C:\\dir\\\\{{first_name}}', 'C:\\dir\\Zoë'],
    ['{ {{price}} }}', '{ 2.5 }}'],
    ["{{ {'a': {'b': 1}}.a.b }}", 1],
    ["{{ '}}' + '{{' }}", '}}{{'],
    ['€ {{price}} 😀', '€ 2.5 😀'],
    ['{{tags}} text', 'error expression_type'],
    ['{{address}} text', 'error expression_type'],
  ])('%s', (source, expected) => {
    expect(evaluateSource(source, ROW)).toEqual(expected);
  });
});

describe('a value of the wrong type is an error that quotes the source and not the value', () => {
  it.each([
    ['quantity * text', 'expression_type', 11, 'text is a string here; * takes numbers'],
    ['-tags', 'expression_type', 1, 'tags is a list here; - takes numbers'],
    [
      'yes + 1',
      'expression_type',
      0,
      'yes is a boolean here; + takes two numbers, or a text and a text, number or boolean',
    ],
    ['price < text', 'expression_type', 8, 'text is a string here; < takes two numbers or two texts'],
    ['not price', 'expression_type', 4, 'price is a number here; a condition is true or false'],
    ['yes and first_name', 'expression_type', 8, 'first_name is a string here; a condition is true or false'],
    ['price.a', 'expression_type', 0, 'price is a number here; only objects have a .a'],
    ['line_items.amount', 'expression_type', 0, 'line_items is a list here; only objects have a .amount'],
    ['address[*]', 'expression_type', 0, 'address is an object here; [*] takes lists'],
    ["tags['x']", 'expression_type', 5, "'x' is a string here; elements of a list have numbers"],
    ['1 + sum(tags)', 'expression_type', 4, 'sum() adds numbers and met a string in the list'],
    ['year(first_name)', 'expression_date', 5, 'first_name holds a text that is no date'],
    [
      "date_format('2026-01-01', 'yyyy')",
      'expression_argument',
      0,
      'date_format() met a letter that is no part of a date',
    ],
  ])('%s', (source, code, offset, message) => {
    const parsed = parseExpression(source);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
    try {
      parsed.value.evaluate(ROW);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      expect({ code: error.code, offset: error.offset, message: error.message }).toEqual({ code, offset, message });
      expect(error.hint.length).toBeGreaterThan(5);
      expect(error.message + error.hint).not.toContain('Zoë');
    }
  });

  it('evaluates only the branch that is taken', () => {
    expect(evaluateSource('if(yes, 1, text * 2)', ROW)).toBe(1);
    expect(evaluateSource('yes ? 1 : text * 2', ROW)).toBe(1);
    expect(evaluateSource('coalesce(1, text * 2)', ROW)).toBe(1);
    expect(evaluateSource('1 ?? text * 2', ROW)).toBe(1);
    expect(evaluateSource('yes or text * 2 > 1', ROW)).toBe(true);
    expect(evaluateSource('not yes and text * 2 > 1', ROW)).toBe(false);
  });
});
