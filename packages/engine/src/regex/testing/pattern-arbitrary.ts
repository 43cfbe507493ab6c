import fc from 'fast-check';

/** One pattern as each engine spells it; `ours` is what a user would write. */
export interface Spelling {
  readonly ours: string;
  readonly v8: string;
  readonly re2: string;
}

const same = (text: string): Spelling => ({ ours: text, v8: text, re2: text });

const map = (parts: readonly Spelling[], write: (texts: readonly string[]) => string): Spelling => ({
  ours: write(parts.map((part) => part.ours)),
  v8: write(parts.map((part) => part.v8)),
  re2: write(parts.map((part) => part.re2)),
});

const hex = (char: string, width: number): string => (char.codePointAt(0) ?? 0).toString(16).padStart(width, '0');

const PLAIN = [...'abzAZkKsS09_ -,:;!@#%&=\'~<>"`éßſÄяΩ漢😀'];
const SYNTAX = [...'^$\\.*+?()[]{}|/'];

const literal = fc.oneof(
  fc.constantFrom(...PLAIN).map(same),
  fc.constantFrom(...SYNTAX).map((char) => same(`\\${char}`)),
  fc.constantFrom('t', 'n', 'r', 'f', 'v').map((letter) => same(`\\${letter}`)),
  fc.constantFrom(...'aZ\u00e9\u0001').map((char) => same(`\\x${hex(char, 2)}`)),
  fc
    .constantFrom(...'aZé漢')
    .map((char) => ({ ours: `\\u${hex(char, 4)}`, v8: `\\u${hex(char, 4)}`, re2: `\\x{${hex(char, 1)}}` })),
  fc
    .constantFrom(...'aé😀')
    .map((char) => ({ ours: `\\u{${hex(char, 1)}}`, v8: `\\u{${hex(char, 1)}}`, re2: `\\x{${hex(char, 1)}}` })),
);

const shorthand = fc.constantFrom('\\d', '\\w', '\\s', '\\D', '\\W', '\\S').map(same);

const range = fc
  .tuple(fc.constantFrom(...'!0Aak'), fc.constantFrom(...'koyz~éя漢'))
  .filter(([first, last]) => first <= last)
  .map(([first, last]) => same(`${first}-${last}`));

const posix = fc.constantFrom(
  { ours: '[:alpha:]', v8: 'A-Za-z', re2: '[:alpha:]' },
  { ours: '[:digit:]', v8: '0-9', re2: '[:digit:]' },
  { ours: '[:punct:]', v8: '!-\\/:-@\\[-`\\{-~', re2: '[:punct:]' },
);

const inClass = fc.oneof(literal, range, shorthand, posix).map((part) => (part.ours === '-' ? same('\\-') : part));

const charClass = fc
  .tuple(fc.constantFrom('', '', '^'), fc.array(inClass, { minLength: 1, maxLength: 4 }))
  .map(([not, parts]) => map(parts, (texts) => `[${not}${texts.join('')}]`));

const quantifier = fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,3}', '{2,}', '*?', '+?', '??', '{1,2}?', '{0}');

// `@` stands for the number of the group: names may not repeat.
const opening = fc.constantFrom('(', '(?:', '(?<g@>');

const { choice } = fc.letrec<{ choice: Spelling; sequence: Spelling; term: Spelling; group: Spelling }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 3 },
    literal,
    fc.constant(same('.')),
    shorthand,
    charClass,
    fc
      .tuple(fc.oneof(literal, charClass, tie('group')), quantifier)
      .map(([part, times]) => map([part], ([text]) => text + times)),
    tie('group'),
  ),
  group: fc.tuple(opening, tie('choice')).map(([open, part]) => map([part], ([text]) => `${open}${text})`)),
  sequence: fc.array(tie('term'), { maxLength: 4 }).map((parts) => map(parts, (texts) => texts.join(''))),
  choice: fc
    .array(tie('sequence'), { minLength: 1, maxLength: 3 })
    .map((parts) => map(parts, (texts) => texts.join('|'))),
}));

const anchors = fc.constantFrom(
  [same(''), same('')] as const,
  [same('^'), same('$')] as const,
  [
    { ours: '\\A', v8: '^', re2: '\\A' },
    { ours: '\\z', v8: '$', re2: '\\z' },
  ] as const,
);

function numberGroups(text: string): string {
  let next = 0;
  return text.replace(/\(\?<g@>/g, () => `(?<g${next++}>`);
}

/** Patterns of the supported syntax; a few are still refused: over a limit, or a class left without characters. */
export const supportedPattern: fc.Arbitrary<Spelling> = fc.tuple(anchors, choice).map(([[start, end], body]) => {
  const whole = map([start, body, end], ([a, text, z]) => numberGroups(a === '' ? `${text}` : `${a}(?:${text})${z}`));
  return whole;
});

/** Strings that look like patterns, mostly broken ones. */
export const patternNoise: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'ab0129-_ ,:<>=!ikPz^$\\.*+?()[]{}|é😀'),
      fc.constantFrom(
        '(?:',
        '(?=',
        '(?<!',
        '(?<n>',
        '(?i)',
        '[^',
        '[a-z]',
        '[[:alpha:]',
        '\\d',
        '\\b',
        '\\1',
        '\\k<n>',
      ),
      fc.constantFrom(
        '\\x41',
        '\\u0041',
        '\\u{41}',
        '\\p{L}',
        '{2}',
        '{1,3}',
        '{2,}',
        '{,2}',
        'a$',
        '^a',
        '\\',
        '\ud83d',
      ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

/** Patterns built to hurt: deep, wide, exploding, unclosed, or slow in backtracking engines. */
export const nastyPattern: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      '',
      '(',
      '(?:',
      '[',
      '[^',
      '^(',
      '(a|',
      '\\',
      '(?<n>',
      '(?=',
      'a{',
      '[a-',
      '[[:',
      '(((a{100}){100}',
    ),
    fc.constantFrom(
      'a',
      '.',
      '\\W',
      'a*',
      '(a+)+',
      '(a|aa)+',
      '(.*)*',
      '[\\u0000-\\uffff]',
      'a{1000}',
      'a{9999999999}',
      '((',
      '[[',
      '{1',
      '|',
      '\\p{',
      '(|)',
      '[!-ӿ]',
      'a?',
      '(a?){64}',
      '[:',
    ),
    fc.constantFrom('', ')', ']', '}', '){100}', ')*', ')+$', '|b)', '$'),
    fc.integer({ min: 1, max: 1_200 }),
    fc.integer({ min: 0, max: 60 }),
  )
  .map(([open, body, close, size, deep]) => {
    const wide = body.repeat(Math.ceil(size / body.length));
    return open.repeat(deep) + wide.slice(0, Math.max(0, 1_050 - 2 * deep)) + close.repeat(deep);
  });

/** Patterns of few letters and few texts, in which equal texts are likely. */
export const tinyPattern: fc.Arbitrary<string> = fc.letrec<{ choice: string; sequence: string; term: string }>(
  (tie) => ({
    term: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('a', 'b', 'c', 'ab', 'ba', '[ab]', '[bc]'),
      fc
        .tuple(tie('choice'), fc.constantFrom('', '?', '?', '{2}', '{1,2}', '{0,2}', '{2,3}'))
        .map(([part, times]) => `(${part})${times}`),
    ),
    sequence: fc.array(tie('term'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    choice: fc
      .array(fc.oneof({ weight: 5, arbitrary: tie('sequence') }, fc.constant('')), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join('|')),
  }),
).choice;
