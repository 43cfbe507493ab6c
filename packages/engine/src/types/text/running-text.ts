import { add, type Int, type Piece, pick, text } from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType, type OptionSpec } from '../field-type.ts';
import type { TypeRules } from '../type-rules.ts';

// Georgian has capitals in Unicode (Mtavruli) that no sentence begins with; other scripts without case stay as they are.
const capital = (word: string): string =>
  /^\p{Script=Georgian}/u.test(word) ? word : word.charAt(0).toUpperCase() + word.slice(1);

/** The words of the locale as a text begins with them. */
export const capitalised = ({ lists }: BuildContext): readonly string[] =>
  lists.once('capitalised words', () => lists.data.words.map(capital));

/** A count option as { min, max }. */
export function countOf(option: unknown): { min: number; max: number } {
  if (typeof option === 'number') return { min: option, max: option };
  return option as { min: number; max: number };
}

const countOption = (summary: string, value: unknown, max: number, aliases: readonly string[]): OptionSpec => ({
  kind: 'count',
  min: 1,
  max,
  summary,
  default: value,
  aliases,
});

/** What stands between words: nothing in scripts that write none. */
const blank = ({ lists }: BuildContext): Piece => text(lists.data.text.separator);

const word = (context: BuildContext, from: readonly string[] = context.lists.data.words): Piece =>
  pick(from, context.choose(from.length));

/** `count` words with blanks between; a fixed count is written out, so that its draws can be packed. */
function words(option: unknown, context: BuildContext): Piece[] {
  const { min, max } = countOf(option);
  const first = capitalised(context);
  if (min === max && min <= 16) {
    return Array.from({ length: min }, (_, i) =>
      i === 0 ? [word(context, first)] : [blank(context), word(context)],
    ).flat();
  }
  // Of a varying number of words only those that are always there can carry uniqueness.
  const fixed = context.unique ? Array.from({ length: min - 1 }, () => [blank(context), word(context)]).flat() : [];
  const rest: Int = context.unique ? context.draw(max - min + 1) : add(context.draw(max - min + 1), min - 1);
  const list = context.lists.data.words;
  const more: Piece = {
    p: 'repeat',
    count: rest,
    body: [blank(context), pick(list, context.draw(list.length))],
    separator: [],
  };
  return [word(context, first), ...fixed, more];
}

/** Countries whose language puts other marks between words and behind sentences. */
const OTHER_MARKS = ['IN', 'AM', 'JP', 'TH', 'CN', 'TW'];

/** How many parts a text has, as a rule; languages with other marks have none. */
const parts = (what: string, separator: string, close: string, option: unknown, country: string | null): TypeRules =>
  OTHER_MARKS.includes(country ?? '') ? {} : { parts: { what, separator, close, ...countOf(option) } };

const sentence = (option: unknown, context: BuildContext): Piece[] => [
  ...words(option, context),
  text(context.lists.data.text.stop),
];

/** A sentence in plain language: a subject, what it does, and when, in the order of the language. */
function plainSentence({ lists, choose }: BuildContext): Piece[] {
  const { pattern, subjects, predicates, times } = lists.data.text;
  const parts: Readonly<Record<string, readonly string[]>> = {
    '{subject}': subjects,
    '{predicate}': predicates,
    '{time}': times,
  };
  return pattern.split(/(\{\w+\})/).flatMap((part, i): Piece[] => {
    const list = parts[part];
    if (list === undefined) return part === '' ? [] : [text(part)];
    const begins = pattern.startsWith(part) && i === 1;
    const entries = begins ? lists.once(`beginning ${part}`, () => list.map(capital)) : list;
    return [pick(entries, choose(entries.length))];
  });
}

const style: OptionSpec = {
  kind: 'one of',
  values: ['filler', 'plain'],
  summary: 'Filler words, or plain sentences in the language of the locale; plain ones have no `words`.',
  default: 'filler',
};

/** Running text in the locale's filler words. */
export const runningTextTypes: readonly FieldType[] = [
  defineType({
    key: 'words',
    label: 'Words',
    family: 'text',
    summary: 'Words with blanks between.',
    options: { count: countOption('How many words: a number or { min, max }.', 3, 1000, ['words']) },
    example: 'tempora cupio velit',
    localised: true,
    rules: ({ count }, country) => parts('words', ' ', '', count, country),
    build: ({ count }, context) => {
      const { min, max } = countOf(count);
      const list = context.lists.data.words;
      if (min === max && min <= 16) {
        const body = Array.from({ length: min }, (_, i) =>
          i === 0 ? [word(context)] : [blank(context), word(context)],
        ).flat();
        return { kind: 'string', body };
      }
      const any = pick(list, context.draw(list.length));
      const extra = context.draw(max - min + 1);
      if (context.unique) {
        const always = Array.from({ length: min }, (_, i) => [
          ...(i === 0 ? [] : [blank(context)]),
          word(context),
        ]).flat();
        const more: Piece = { p: 'repeat', count: extra, body: [blank(context), any], separator: [] };
        return { kind: 'string', body: [...always, more] };
      }
      const all: Piece = { p: 'repeat', count: add(extra, min), body: [any], separator: [blank(context)] };
      return { kind: 'string', body: [all] };
    },
  }),
  defineType({
    key: 'sentence',
    label: 'Sentence',
    family: 'text',
    summary: 'A sentence of filler words, or in plain language.',
    options: {
      words: countOption('How many words: a number or { min, max }.', { min: 5, max: 12 }, 1000, ['count']),
      style,
    },
    example: 'Tempora cupio velit umerus aperio.',
    localised: true,
    rules: ({ words: count, style }, country) => (style === 'plain' ? {} : parts('words', ' ', '.', count, country)),
    build: ({ words: count, style }, context) => ({
      kind: 'string',
      body: style === 'plain' ? plainSentence(context) : sentence(count, context),
    }),
  }),
  defineType({
    key: 'paragraph',
    label: 'Paragraph',
    family: 'text',
    summary: 'Several sentences of filler words, or in plain language.',
    aliases: ['lorem', 'text'],
    options: {
      sentences: countOption('How many sentences: a number or { min, max }.', { min: 3, max: 6 }, 200, [
        'count',
        'lineCount',
      ]),
      style,
    },
    example: 'Tempora cupio velit umerus aperio. Cibo vado tergo.',
    localised: true,
    rules: ({ sentences, style }, country) =>
      style === 'plain' ? {} : parts('sentences', '. ', '.', sentences, country),
    build: ({ sentences, style }, context) => {
      const plain = style === 'plain';
      const { min, max } = countOf(sentences);
      const length = { min: 5, max: 12 };
      const loose = (): Piece[] => (plain ? plainSentence(randomly(context)) : sentence(length, randomly(context)));
      if (!context.unique) {
        const count = add(context.draw(max - min + 1), min);
        return { kind: 'string', body: [{ p: 'repeat', count, body: loose(), separator: [blank(context)] }] };
      }
      // The first sentence is the unique one.
      const first = plain ? plainSentence(context) : sentence(length, context);
      const count = add(context.draw(max - min + 1), min - 1);
      const more: Piece = { p: 'repeat', count, body: [blank(context), ...loose()], separator: [] };
      return { kind: 'string', body: [...first, more] };
    },
  }),
];

/** For a sentence that plays no part in uniqueness. */
const randomly = (context: BuildContext): BuildContext => ({
  ...context,
  choose: (below) => context.draw(below),
  unique: false,
});
