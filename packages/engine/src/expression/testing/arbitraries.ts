import fc from 'fast-check';
import type { Parameter } from '../functions/definition.ts';
import { FUNCTIONS } from '../functions/registry.ts';

const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values);

/** Sources by the grammar, right in form and often wrong in type: every operator, function and literal. */
export const formulas: fc.Arbitrary<string> = fc.letrec<{ node: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    pick('price', 'name', 'born', 'tags', 'items', 'nothing', 'flag', 'nested', 'long', 'missing', '`odd name`'),
    pick('0', '1', '-1', '2.5', '1e308', '1e-7', '65536', '9007199254740993', 'true', 'false', 'null'),
    pick("''", "'a'", "'2026-01-31'", "'2024-02-29T23:59:60Z'", "'é😀'", "'DD.MM.YYYY'", "'\\u{1f600}\\n'", '[]', '{}'),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }).map(String),
    fc
      .string({ maxLength: 8 })
      .map((text) => `'${text.replaceAll('\\', '').replaceAll("'", '').replaceAll('{{', '')}'`),
  ),
  node: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    tie('leaf'),
    fc
      .tuple(
        tie('node'),
        pick('+', '-', '*', '/', '%', '**', '==', '!=', '<', '<=', '>', '>=', 'and', '||', '??'),
        tie('node'),
      )
      .map(([left, operator, right]) => `${left} ${operator} ${right}`),
    fc.tuple(pick('-', '!', 'not '), tie('node')).map(([sign, operand]) => `${sign}${operand}`),
    tie('node').map((inner) => `(${inner})`),
    fc.tuple(tie('node'), tie('node'), tie('node')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc
      .tuple(pick(...FUNCTIONS.keys()), fc.array(tie('node'), { minLength: 1, maxLength: 3 }))
      .map(([name, args]) => `${name}(${args.join(', ')})`),
    fc
      .tuple(tie('node'), pick('[0]', '[*]', '[*].a', '.a', "['a']", '[*].b[*]'))
      .map(([value, path]) => `${value}${path}`),
    fc.tuple(tie('node'), tie('node')).map(([value, index]) => `${value}[${index}]`),
    fc.array(tie('node'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `{'a': ${a}, b: ${b}}`),
  ),
})).node;

type Typed = Record<'number' | 'string' | 'boolean' | 'list' | 'date' | 'any', string>;

const NODE_OF: { readonly [Kind in Parameter]: keyof Typed } = {
  any: 'any',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  text: 'string',
  date: 'date',
  list: 'list',
  sized: 'list',
  searchable: 'list',
};

/** Sources whose types fit, so that most of them are evaluated: every function with the arguments it asks for. */
export const typedFormulas: fc.Arbitrary<string> = fc.letrec<Typed>((tie) => {
  const calls = (returns: string) =>
    [...FUNCTIONS.values()]
      .filter((definition) => definition.returns === returns)
      .map(({ name, parameters, rest }) =>
        fc
          .tuple(...[...parameters, ...(rest === undefined ? [] : [rest, rest])].map((kind) => tie(NODE_OF[kind])))
          .map((args) => `${name}(${args.join(', ')})`),
      );
  const binary = (kind: keyof Typed, ...operators: string[]) =>
    fc.tuple(tie(kind), pick(...operators), tie(kind)).map(([a, operator, b]) => `(${a} ${operator} ${b})`);
  const depth = { maxDepth: 5, depthSize: 'small' } as const;
  return {
    number: fc.oneof(
      depth,
      pick('price', '`odd name`', 'items[0].a', 'nested.a.a[0]', 'missing', '0', '-3', '2.5', '1e308', '65536', '100'),
      binary('number', '+', '-', '*', '/', '%', '**', '??'),
      ...calls('number'),
    ),
    string: fc.oneof(
      depth,
      pick('name', 'long', 'born', 'tags[1]', 'nothing', "''", "'é😀'", "'-'", "'DD.MM.YYYY'", "'a'"),
      binary('string', '+', '??'),
      ...calls('string'),
    ),
    boolean: fc.oneof(
      depth,
      pick('flag', 'true', 'false', 'nothing'),
      binary('boolean', 'and', 'or', '==', '!='),
      binary('number', '<', '>='),
      binary('string', '<=', '>', '=='),
      tie('boolean').map((operand) => `not ${operand}`),
      ...calls('boolean'),
    ),
    list: fc.oneof(
      depth,
      pick('tags', 'items', 'items[*].a', 'items[*].b[*]', 'nothing', '[]', '[3, null, 0.1]', "['b', 'a']"),
      fc.array(tie('number'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      ...calls('list'),
    ),
    date: fc.oneof(
      depth,
      pick('born', "'2026-01-31'", "'2024-02-29T23:59:60Z'", "'9999-12-31'", "'0000-01-01 00:00'"),
      fc.tuple(pick('add_days', 'add_months'), tie('date'), tie('number')).map(([f, date, n]) => `${f}(${date}, ${n})`),
    ),
    any: fc.oneof(tie('number'), tie('string'), tie('boolean'), tie('list')),
  };
}).any;

/** Text with one to three placeholders. */
export const texts: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.string({ maxLength: 6 }), formulas), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map(([text, formula]) => `${text}{{${formula}}}`).join(''));

/** Anything at all: random characters, random signs of the language, and formulas with a piece cut out or put in. */
export const noise: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(pick(...'()[]{}\'"`\\.,:?!*/+-<=>&| 0a_$é\u2028\ud800'), { maxLength: 40 }).map((signs) => signs.join('')),
  fc
    .tuple(fc.oneof(formulas, texts), fc.nat(), fc.nat(4), fc.string({ maxLength: 3 }))
    .map(([source, at, cut, put]) => {
      const start = at % (source.length + 1);
      return source.slice(0, start) + put + source.slice(start + cut);
    }),
  fc
    .tuple(
      pick('(', '[', '-', 'not ', '{{', "{'a': ", 'if(', '1 + ', '2 ** ', 'a ? '),
      fc.integer({ min: 1, max: 2100 }),
    )
    .map(([piece, times]) => piece.repeat(times).slice(0, 2100)),
);
