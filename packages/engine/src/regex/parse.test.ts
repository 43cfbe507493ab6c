import { describe, expect, it } from 'vitest';
import { MAX_NESTING, MAX_OUTPUT_LENGTH, MAX_SOURCE_LENGTH } from './limits.ts';
import { parsePattern } from './parse.ts';
import type { Node, Pattern } from './tree.ts';

const text = (value: string): Node => ({ kind: 'text', value });
const oneOf = (chars: string): Node => ({ kind: 'class', chars: [...chars] });
const repeat = (item: Node, min: number, max: number): Node => ({ kind: 'repeat', item, min, max });
const sequence = (...items: Node[]): Node => ({ kind: 'sequence', items });
const choice = (...options: Node[]): Node => ({ kind: 'choice', options });

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const WORD = `${DIGITS}${UPPER}_${LOWER}`;
const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
const without = (chars: string): string => [...PRINTABLE].filter((char) => !chars.includes(char)).join('');

function parsed(source: string, flags?: string): Pattern {
  const result = parsePattern(source, flags);
  if (!result.ok) throw new Error(`${source}: ${JSON.stringify(result.diagnostics)}`);
  return result.value;
}

describe('a pattern becomes the tree of the texts it matches', () => {
  it.each<[string, Node]>([
    ['', text('')],
    ['abc', text('abc')],
    ['a(b(?:c))d', text('abcd')],
    ['(?<year>[0-9])', oneOf(DIGITS)],
    ['(?P<year>\\d)', oneOf(DIGITS)],
    ['.', oneOf(PRINTABLE)],
    ['\\w', oneOf(WORD)],
    ['\\W', oneOf(without(WORD))],
    ['\\s', text(' ')],
    ['\\S', oneOf(without(' '))],
    ['\\D', oneOf(without(DIGITS))],
    ['[^\\W\\d]', oneOf(`${UPPER}_${LOWER}`)],
    ['[cab-]', oneOf('-abc')],
    ['[a-c-e]', oneOf('-abce')],
    ['[\\w-.]', oneOf(`-.${WORD}`)],
    ['[\\d-a]', oneOf(`-${DIGITS}a`)],
    ['[+--]', oneOf('+,-')],
    ['[[:digit:]a]', oneOf(`${DIGITS}a`)],
    ['[[:^alpha:]]', oneOf(without(UPPER + LOWER))],
    ['[[:]', oneOf(':[')],
    ['[^a^]', oneOf(without('a^'))],
    ['[a😀é]', oneOf('aé😀')],
    ['[\\ud7ff-\\ue000]', oneOf('\ud7ff\ue000')],
    ['[\\]\\-\\\\]', oneOf('-\\]')],
    ['\\t\\n\\r\\f\\v\\0\\x41\\x{42}\\u0043\\u{44}', text('\t\n\r\f\v\0ABCD')],
    ['\\ud83d\\ude00', text('😀')],
    ['\\.\\*\\/\\-\\@\\_\\ ', text('.*/-@_ ')],
    ['a{x}b{c,}]}', text('a{x}b{c,}]}')],
    ['a|bc|', choice(text('a'), text('bc'), text(''))],
    ['a|(b|c)', choice(text('a'), choice(text('b'), text('c')))],
    ['(|)x(){7}', text('x')],
    ['a*', repeat(text('a'), 0, 8)],
    ['a+?', repeat(text('a'), 1, 8)],
    ['a?', repeat(text('a'), 0, 1)],
    ['a??', repeat(text('a'), 0, 1)],
    ['a{2,}', repeat(text('a'), 2, 10)],
    ['a{2,5}?', repeat(text('a'), 2, 5)],
    ['ab{3}c', text('abbbc')],
    ['(ab){32}', text('ab'.repeat(32))],
    ['(ab){33}', repeat(text('ab'), 33, 33)],
    ['(\\d{2}){3}', repeat(oneOf(DIGITS), 6, 6)],
    ['a{0}b{1}', text('b')],
    ['x[0-9]y', sequence(text('x'), oneOf(DIGITS), text('y'))],
    ['^a$', text('a')],
    ['\\Aa\\z', text('a')],
    ['^$', text('')],
    ['(^a|^b)(c$|$)', sequence(choice(text('a'), text('b')), choice(text('c'), text('')))],
    ['(^a)?', repeat(text('a'), 0, 1)],
    ['(b^){0}a', text('a')],
  ])('%s', (source, root) => {
    expect(parsed(source).root).toEqual(root);
  });

  it('flag i picks either case, and a negated class avoids both', () => {
    expect(parsed('a1É', 'i').root).toEqual(sequence(oneOf('Aa'), text('1'), oneOf('Éé')));
    expect(parsed('[a-c]', 'i').root).toEqual(oneOf('ABCabc'));
    expect(parsed('[^a-z]', 'i').root).toEqual(oneOf(without(UPPER + LOWER)));
    expect(parsed('ßſ', 'i').root).toEqual(text('ßſ'));
    expect(parsed('[^\\u017f\\u212a]', 'i').root).toEqual(oneOf(without('sSkK')));
  });

  it('a class of very many characters keeps printable ASCII and an even selection of the rest', () => {
    const root = parsed('[\\u0000-\\uffff]').root as Extract<Node, { kind: 'class' }>;
    expect(root.chars.length).toBe(200);
    expect(root.chars.slice(0, 95).join('')).toBe(PRINTABLE);
    expect(root.chars.every((char) => /^[^\p{C}]|\p{Cn}$/u.test(char))).toBe(true);
    const ideographs = parsed('[一-龥]').root as Extract<Node, { kind: 'class' }>;
    expect(ideographs.chars.length).toBe(200);
    expect(new Set(ideographs.chars).size).toBe(200);
    expect(ideographs.chars[0]).toBe('一');
  });

  it('equal classes share one array', () => {
    const root = parsed('[a-z]\\d[a-z]').root as Extract<Node, { kind: 'sequence' }>;
    const [first, , last] = root.items as Extract<Node, { kind: 'class' }>[];
    expect(first?.chars).toBe(last?.chars);
  });

  it.each<[string, Partial<Pattern>]>([
    ['[A-Z]{2}-\\d{4}', { minLength: 7, maxLength: 7, maxBytes: 7, count: 6_760_000, ambiguous: false }],
    ['(é|漢字|😀){1,2}', { minLength: 1, maxLength: 4, maxBytes: 12, count: 12 }],
    ['a*', { minLength: 0, maxLength: 8, count: 9 }],
    ['.{4096}', { minLength: 4_096, maxLength: 4_096, count: Number.POSITIVE_INFINITY }],
    ['\\d{300}', { count: 1e300 }],
  ])('measures %s', (source, expected) => {
    expect(parsed(source)).toMatchObject(expected);
  });
});

describe('a pattern that cannot be used is refused at the place', () => {
  it.each<[string, string, number]>([
    ['(?=a)b', 'unsupported_pattern', 0],
    ['a(?!b)', 'unsupported_pattern', 1],
    ['(?<=a)b', 'unsupported_pattern', 0],
    ['(?<!a)b', 'unsupported_pattern', 0],
    ['(?>a)', 'unsupported_pattern', 0],
    ['(a)\\1', 'unsupported_pattern', 3],
    ['(?<n>a)\\k<n>', 'unsupported_pattern', 7],
    ['(?<n>a)(?P=n)', 'unsupported_pattern', 7],
    ['(a)?(?(1)b|c)', 'unsupported_pattern', 4],
    ['a(?R)?', 'unsupported_pattern', 1],
    ['(a)(?1)', 'unsupported_pattern', 3],
    ['(?i)a', 'unsupported_pattern', 0],
    ['a(?s-m:b)', 'unsupported_pattern', 1],
    ['\\p{L}', 'unsupported_pattern', 0],
    ['[a\\P{Lu}-z]', 'unsupported_pattern', 2],
    ['a\\b', 'unsupported_pattern', 1],
    ['\\B', 'unsupported_pattern', 0],
    ['[\\b]', 'unsupported_pattern', 1],
    ['\\012', 'unsupported_pattern', 0],
    ['[\\1]', 'unsupported_pattern', 1],
    ['a*+', 'unsupported_pattern', 1],
    ['[[:cntrl:]]', 'unsupported_pattern', 1],
    ['\\Qa+b', 'unsupported_pattern', 0],
    ['[]', 'unsatisfiable_pattern', 0],
    ['a[^]', 'unsatisfiable_pattern', 1],
    ['[^\\x00-\\uffff]', 'unsatisfiable_pattern', 0],
    ['[^\\x00-\\x7f]', 'unsatisfiable_pattern', 0],
    ['[^\\s\\S]', 'unsatisfiable_pattern', 0],
    ['a$b', 'unsatisfiable_pattern', 1],
    ['a^b', 'unsatisfiable_pattern', 1],
    ['a\\Ab', 'unsatisfiable_pattern', 1],
    ['x(a|^)b', 'unsatisfiable_pattern', 4],
    ['(^a)+', 'unsatisfiable_pattern', 1],
    ['(a$){2}', 'unsatisfiable_pattern', 2],
    ['a?^b', 'unsatisfiable_pattern', 2],
    ['[z-a]', 'invalid_pattern', 1],
    ['[a-\\d]', 'invalid_pattern', 1],
    ['[\\d-a-z]', 'invalid_pattern', 3],
    ['[\\d--z]', 'invalid_pattern', 3],
    ['a{3,1}', 'invalid_pattern', 1],
    ['a{,3}', 'invalid_pattern', 1],
    ['*a', 'invalid_pattern', 0],
    ['a|+', 'invalid_pattern', 2],
    ['^*', 'invalid_pattern', 1],
    ['a**', 'invalid_pattern', 2],
    ['a{2}{3}', 'invalid_pattern', 4],
    ['(a', 'invalid_pattern', 0],
    ['a)b', 'invalid_pattern', 1],
    ['a[b', 'invalid_pattern', 1],
    ['a\\', 'invalid_pattern', 1],
    ['\\y', 'invalid_pattern', 0],
    ['\\é', 'invalid_pattern', 0],
    ['\\x4', 'invalid_pattern', 0],
    ['\\u{110000}', 'invalid_pattern', 0],
    ['a\\ud83d', 'invalid_pattern', 1],
    ['a\ud83d', 'invalid_pattern', 1],
    ['[\\ud800a]', 'invalid_pattern', 1],
    ['(?<1>a)', 'invalid_pattern', 0],
    ['(?<n>a)(?<n>b)', 'invalid_pattern', 7],
    ['(?~a)', 'invalid_pattern', 0],
    ['(((a{100}){100}){100})', 'pattern_output_too_long', 10],
    ['(|a){99999999999999999999}', 'pattern_output_too_long', 4],
    ['.{4000}.{97}', 'pattern_output_too_long', 0],
    ['((((a+)+)+)+)+', 'pattern_output_too_long', 13],
  ])('%s: %s at %i', (source, code, offset) => {
    const result = parsePattern(source);
    if (result.ok) throw new Error('accepted');
    expect(result.diagnostics).toMatchObject([{ code, offset }]);
    expect(result.diagnostics[0]?.hint).toBeTypeOf('string');
  });

  it.each([
    ['(?=a)', 'look-ahead'],
    ['(?!a)', 'negative look-ahead'],
    ['(?<=a)', 'look-behind'],
    ['\\1', 'back-reference \\1'],
    ['\\012', 'octal escape \\012'],
    ['(?(1)a|b)', 'conditional'],
    ['(?i)a', 'inline flags (?i'],
    ['\\p{L}', 'Unicode property'],
    ['a*+', 'possessive'],
    ['(?|a|b)', 'branch reset'],
  ])('%s: the message names the construct', (source, name) => {
    expect(parsePattern(source)).toMatchObject({ diagnostics: [{ message: expect.stringContaining(name) }] });
  });

  it('reports everything at once, in the order of the source', () => {
    const result = parsePattern('\\bfoo(?=x)[z-a]\\1');
    if (result.ok) throw new Error('accepted');
    expect(result.diagnostics.map(({ code, offset }) => [code, offset])).toEqual([
      ['unsupported_pattern', 0],
      ['unsupported_pattern', 5],
      ['invalid_pattern', 11],
      ['unsupported_pattern', 15],
    ]);
  });

  it('knows no flag but i', () => {
    for (const flags of ['g', 'm', 'gi', 'ii', 'u'])
      expect(parsePattern('a', flags)).toMatchObject({
        ok: false,
        diagnostics: [{ code: 'unsupported_flag', offset: 0 }],
      });
  });

  it('holds its limits exactly', () => {
    expect(parsePattern('a'.repeat(MAX_SOURCE_LENGTH)).ok).toBe(true);
    expect(parsePattern('a'.repeat(MAX_SOURCE_LENGTH + 1))).toMatchObject({
      diagnostics: [{ code: 'pattern_too_long' }],
    });
    const nested = (depth: number) => `${'('.repeat(depth)}a${')'.repeat(depth)}`;
    expect(parsePattern(nested(MAX_NESTING)).ok).toBe(true);
    expect(parsePattern(nested(MAX_NESTING + 1))).toMatchObject({
      diagnostics: [{ code: 'pattern_too_deep', offset: MAX_NESTING }],
    });
    expect(parsePattern(`a{${MAX_OUTPUT_LENGTH}}`).ok).toBe(true);
    expect(parsePattern(`a{${MAX_OUTPUT_LENGTH + 1}}`).ok).toBe(false);
  });
});
