import { add, type Int, type Piece, pick, text } from '../plan/program.ts';
import { type BuildContext, defineType, type FieldType, type OptionSpec } from './field-type.ts';

// Georgian has capitals in Unicode (Mtavruli) that no sentence begins with; other scripts without case stay as they are.
const capital = (word: string): string =>
  /^\p{Script=Georgian}/u.test(word) ? word : word.charAt(0).toUpperCase() + word.slice(1);

const capitalised = ({ lists }: BuildContext): readonly string[] =>
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
export const textTypes: readonly FieldType[] = [
  defineType({
    key: 'words',
    label: 'Words',
    family: 'text',
    summary: 'Words with blanks between.',
    options: { count: countOption('How many words: a number or { min, max }.', 3, 1000, ['words']) },
    example: 'tempora cupio velit',
    localised: true,
    build: ({ count }, context) => {
      const { min, max } = countOf(count);
      const list = context.lists.data.words;
      if (min === max && min <= 16) {
        const body = Array.from({ length: min }, (_, i) =>
          i === 0 ? [word(context)] : [blank(context), word(context)],
        ).flat();
        return { kind: 'string', body };
      }
      const fixed = context.unique ? Array.from({ length: min }, () => [word(context), blank(context)]).flat() : [];
      const rest = context.unique ? add(context.draw(max - min + 1), 1) : add(context.draw(max - min + 1), min);
      const more: Piece = {
        p: 'repeat',
        count: rest,
        body: [pick(list, context.draw(list.length))],
        separator: [blank(context)],
      };
      return { kind: 'string', body: [...fixed, more] };
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
    aliases: ['lorem'],
    options: {
      sentences: countOption('How many sentences: a number or { min, max }.', { min: 3, max: 6 }, 200, ['count']),
      style,
    },
    example: 'Tempora cupio velit umerus aperio. Cibo vado tergo.',
    localised: true,
    build: ({ sentences, style }, context) => {
      const plain = style === 'plain';
      const { min, max } = countOf(sentences);
      const length = { min: 5, max: 12 };
      const body: Piece[] = [
        {
          p: 'repeat',
          count: add(context.draw(max - min + 1), min),
          body: plain ? plainSentence(randomly(context)) : sentence(length, randomly(context)),
          separator: [blank(context)],
        },
      ];
      if (!context.unique) return { kind: 'string', body };
      // The first sentence is the unique one.
      const first = plain ? plainSentence(context) : sentence(length, context);
      return { kind: 'string', body: [...first, blank(context), ...body] };
    },
  }),
];

/** For a sentence that plays no part in uniqueness. */
const randomly = (context: BuildContext): BuildContext => ({
  ...context,
  choose: (below) => context.draw(below),
  unique: false,
});
