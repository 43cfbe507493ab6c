import { describe, expect, it } from 'vitest';
import { parseExpression } from './expression.ts';

const FIELDS = ['first_name', 'last_name', 'price', 'quantity', 'line_items', 'Order Date'];

/** `code@offset+length`, in the order reported. */
function problems(source: string, fields?: readonly string[]): string[] {
  const parsed = parseExpression(source, fields === undefined ? {} : { fields });
  return parsed.ok ? [] : parsed.diagnostics.map(({ code, offset, length }) => `${code}@${offset}+${length}`);
}

function hints(source: string, fields?: readonly string[]): (string | undefined)[] {
  const parsed = parseExpression(source, fields === undefined ? {} : { fields });
  return parsed.ok ? [] : parsed.diagnostics.map(({ hint }) => hint);
}

function parsed(source: string, fields?: readonly string[]) {
  const result = parseExpression(source, fields === undefined ? {} : { fields });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
}

describe('what is wrong is told at its place, all of it at once', () => {
  it.each([
    ['', ['expression_empty@0+0']],
    [' \n', ['expression_empty@0+2']],
    ['{{}} {{ }}', ['expression_empty@0+4', 'expression_empty@5+5']],
    ['(1', ['expression_unbalanced@0+1']],
    ['1)', ['expression_unbalanced@1+1']],
    ["'open", ['expression_unbalanced@0+1']],
    ['`open', ['expression_unbalanced@0+1']],
    ['x {{a', ['expression_unbalanced@2+2']],
    ['a b', ['expression_syntax@2+1']],
    ['a +', ['expression_syntax@2+1']],
    ['[1 2, 3 4]', ['expression_syntax@3+1', 'expression_syntax@8+1']],
    ['a ? b', ['expression_syntax@4+1']],
    ['a = 1', ['expression_syntax@2+1']],
    ["{'a': 1, 'a': 2}", ['expression_syntax@9+3']],
    ["'\\q' + '\\u12'", ['expression_syntax@1+2', 'expression_syntax@8+2']],
    ["'\\ud800'", ['expression_syntax@0+8']],
    ['1e999', ['expression_syntax@0+5']],
    ['a.b()', ['expression_syntax@3+1']],
    ['field(a)', ['expression_arguments@0+5']],
    ['sum(1, 2) + upper()', ['expression_arguments@0+9', 'expression_arguments@12+7']],
    ["'a' * 2 + -'b'", ['expression_type@0+3', 'expression_type@11+3']],
    ["sum('a') + year(5)", ['expression_type@4+3', 'expression_type@16+1']],
    ["if('a', 1, 2)", ['expression_type@3+3']],
    ["1 < 'a'", ['expression_type@0+7']],
    ["length('a') == '1'", ['expression_type@0+18']],
    ['1 < price < 5', ['expression_type@0+9']],
    ['[1].a', ['expression_type@0+3']],
    ["'a'[0]", ['expression_type@0+3']],
    ['{{[1]}} text', ['expression_type@2+3']],
    [
      '{{uper(x)}} {{1 +}} {{lowr(x)}}',
      ['expression_unknown_function@2+4', 'expression_syntax@17+1', 'expression_unknown_function@22+4'],
    ],
  ] as const)('%s', (source, expected) => {
    expect(problems(source)).toEqual(expected);
  });

  it('counts unknown fields and functions together with errors of syntax', () => {
    expect(problems('summ(line_item[*].amount) + first_nam * (2', FIELDS)).toEqual([
      'expression_unknown_function@0+4',
      'expression_unknown_field@5+9',
      'expression_unknown_field@28+9',
      'expression_unbalanced@40+1',
    ]);
  });

  it('reports no more than twenty', () => {
    expect(problems(Array.from({ length: 40 }, (_, i) => `unknown${i}()`).join(' + '))).toHaveLength(20);
  });
});

describe('hints name what was probably meant', () => {
  it.each([
    ['frist_name', 'did you mean first_name?'],
    ['firstName', 'did you mean first_name?'],
    ['True', 'did you mean true?'],
    ['summ([1])', 'did you mean sum?'],
    ['SUM([1])', 'did you mean sum?'],
    ['average([1])', 'did you mean avg?'],
    ['padLeft(price, 2)', 'did you mean pad_left?'],
    ['price <> 1', 'write != to compare'],
    ['price === 1', 'write == to compare'],
    ['price AND quantity', 'write and'],
    ['Order Date', 'a name of several words goes in backticks: `Order Date`'],
    ['round()', 'write round(number, places = 0)'],
    ["'5' * 2", 'number(…) reads a number from a text'],
  ])('%s', (source, hint) => {
    expect(hints(source, FIELDS)).toContain(hint);
  });

  it('lists the fields when none is near', () => {
    expect(hints('zzzzzz', ['a', 'b'])).toEqual(['the fields are a, b']);
    expect(hints('zzzzzz', [])).toEqual(['there are no other fields']);
  });
});

describe('limits hold before any work is done', () => {
  it.each([
    ['longer than 2,000 characters', `'${'a'.repeat(1_999)}'`, 'expression_too_long'],
    ['brackets 65 deep', `${'('.repeat(65)}1${')'.repeat(65)}`, 'expression_too_deep'],
    ['prefix operators 65 deep', `${'-'.repeat(65)}1`, 'expression_too_deep'],
    ['powers 65 deep', `${'2**'.repeat(65)}1`, 'expression_too_deep'],
    ['branches 65 deep', `${'a?b:'.repeat(65)}1`, 'expression_too_deep'],
    ['unclosed brackets', '['.repeat(2_000), 'expression_too_deep'],
    ['more than 500 nodes', Array(251).fill('1').join('+'), 'expression_too_large'],
    ['more than 500 nodes in many placeholders', '{{1+1}}'.repeat(200), 'expression_too_large'],
  ])('%s', (_, source, code) => {
    const result = parseExpression(source);
    expect(result.ok ? [] : result.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  });

  it('leaves room up to the limits', () => {
    expect(problems(`${'('.repeat(60)}1${')'.repeat(60)}`)).toEqual([]);
    expect(problems(Array(250).fill('1').join('+'))).toEqual([]);
    expect(problems(`'${'a'.repeat(1_998)}'`)).toEqual([]);
  });
});

describe('what is known of an expression', () => {
  it('names the fields it reads, each once, at the top of their paths', () => {
    const source = "price * quantity + sum(line_items[*].amount) + field('Order Date') + `Order Date` + price";
    expect(parsed(source).references).toEqual(['price', 'quantity', 'line_items', 'Order Date']);
    expect(parsed('{{first_name}} {{lower(last_name)}}').references).toEqual(['first_name', 'last_name']);
  });

  it.each([
    ['1 + 2', 'number'],
    ['price * 2', 'number'],
    ['price + 2', 'unknown'],
    ["price + 'x'", 'string'],
    ['price > 2', 'boolean'],
    ["if(price > 2, 'a', 'b')", 'string'],
    ['price ?? 0', 'unknown'],
    ['line_items[*].a', 'list'],
    ["{'a': 1}", 'object'],
    ['{{price}}', 'unknown'],
    ['{{sum(line_items)}}', 'number'],
    ['{{price}} EUR', 'string'],
    ['min(1, 2)', 'number'],
    ['null', 'unknown'],
  ])('%s is of type %s', (source, type) => {
    expect(parsed(source).resultType).toBe(type);
  });

  it('has a tree of plain data', () => {
    const { ast } = parsed('a.b * 2');
    expect(ast).toEqual({
      kind: 'binary',
      operator: '*',
      left: {
        kind: 'member',
        object: { kind: 'field', name: 'a', offset: 0, length: 1 },
        name: 'b',
        offset: 0,
        length: 3,
      },
      right: { kind: 'literal', value: 2, offset: 6, length: 1 },
      offset: 0,
      length: 7,
    });
    expect(structuredClone(ast)).toEqual(JSON.parse(JSON.stringify(ast)));
  });

  it('takes a placeholder that is exactly the name of a field as that field', () => {
    const row = { 'First Name': 'Zoë', 'a-b': 1, a: 5, b: 3 };
    expect(parsed('{{First Name}}!', Object.keys(row)).evaluate(row)).toBe('Zoë!');
    expect(parsed('{{ a-b }}', Object.keys(row)).evaluate(row)).toBe(1);
    expect(parsed('{{ a-b }}').evaluate(row)).toBe(2);
  });
});
