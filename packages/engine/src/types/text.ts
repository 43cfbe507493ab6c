import { add, type Int, type Piece, pick, text } from '../plan/program.ts';
import { type BuildContext, defineType, type FieldType, type OptionSpec } from './field-type.ts';

const capitalised = ({ lists }: BuildContext): readonly string[] =>
  lists.once('capitalised words', () => lists.data.words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)));

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

const word = (context: BuildContext, from: readonly string[] = context.lists.data.words): Piece =>
  pick(from, context.choose(from.length));

/** `count` words with blanks between; a fixed count is written out, so that its draws can be packed. */
function words(option: unknown, context: BuildContext): Piece[] {
  const { min, max } = countOf(option);
  const first = capitalised(context);
  if (min === max && min <= 16) {
    return Array.from({ length: min }, (_, i) =>
      i === 0 ? [word(context, first)] : [text(' '), word(context)],
    ).flat();
  }
  // Of a varying number of words only those that are always there can carry uniqueness.
  const fixed = context.unique ? Array.from({ length: min - 1 }, () => [text(' '), word(context)]).flat() : [];
  const rest: Int = context.unique ? context.draw(max - min + 1) : add(context.draw(max - min + 1), min - 1);
  const list = context.lists.data.words;
  const more: Piece = {
    p: 'repeat',
    count: rest,
    body: [text(' '), pick(list, context.draw(list.length))],
    separator: [],
  };
  return [word(context, first), ...fixed, more];
}

const sentence = (option: unknown, context: BuildContext): Piece[] => [...words(option, context), text('.')];

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
          i === 0 ? [word(context)] : [text(' '), word(context)],
        ).flat();
        return { kind: 'string', body };
      }
      const fixed = context.unique ? Array.from({ length: min }, () => [word(context), text(' ')]).flat() : [];
      const rest = context.unique ? add(context.draw(max - min + 1), 1) : add(context.draw(max - min + 1), min);
      const more: Piece = {
        p: 'repeat',
        count: rest,
        body: [pick(list, context.draw(list.length))],
        separator: [text(' ')],
      };
      return { kind: 'string', body: [...fixed, more] };
    },
  }),
  defineType({
    key: 'sentence',
    label: 'Sentence',
    family: 'text',
    summary: 'A sentence of filler words.',
    options: { words: countOption('How many words: a number or { min, max }.', { min: 5, max: 12 }, 1000, ['count']) },
    example: 'Tempora cupio velit umerus aperio.',
    localised: true,
    build: ({ words: count }, context) => ({ kind: 'string', body: sentence(count, context) }),
  }),
  defineType({
    key: 'paragraph',
    label: 'Paragraph',
    family: 'text',
    summary: 'Several sentences of filler words.',
    aliases: ['lorem', 'text'],
    options: {
      sentences: countOption('How many sentences: a number or { min, max }.', { min: 3, max: 6 }, 200, [
        'count',
        'lineCount',
      ]),
    },
    example: 'Tempora cupio velit umerus aperio. Cibo vado tergo.',
    localised: true,
    build: ({ sentences }, context) => {
      const { min, max } = countOf(sentences);
      const length = { min: 5, max: 12 };
      const body: Piece[] = [
        {
          p: 'repeat',
          count: add(context.draw(max - min + 1), min),
          body: loose(length, context),
          separator: [text(' ')],
        },
      ];
      if (!context.unique) return { kind: 'string', body };
      // The first sentence is the unique one.
      return { kind: 'string', body: [...sentence(length, context), text(' '), ...body] };
    },
  }),
];

/** A sentence that plays no part in uniqueness. */
function loose(length: { min: number; max: number }, context: BuildContext): Piece[] {
  const random: BuildContext = { ...context, choose: (below) => context.draw(below), unique: false };
  return sentence(length, random);
}
