import { add, constant, digits, type Piece, pick, text } from '../plan/program.ts';
import { type Node, parsePattern } from '../regex/index.ts';
import { type BuildContext, defineType, type FieldType, type OptionProblem, type Options } from './field-type.ts';

/** Repeats of this many parts or fewer are written out, so that their draws can be packed. */
const UNROLL = 24;
/** A unique field needs no more room than this; what follows is drawn. */
const ENOUGH = 2n ** 60n;

/**
 * Pieces that generate a pattern. In a unique field the parts that are always there are choices of the permutation;
 * inside alternatives and optional turns values are drawn. Since different derivations of an unambiguous pattern give
 * different texts, rows still never repeat.
 */
class PatternWriter {
  readonly #context: BuildContext;
  #room = 1n;

  constructor(context: BuildContext) {
    this.#context = context;
  }

  pieces(node: Node, fixed: boolean): Piece[] {
    switch (node.kind) {
      case 'text':
        return node.value === '' ? [] : [text(node.value)];
      case 'class':
        return [pick(node.chars, this.#below(node.chars.length, fixed))];
      case 'sequence':
        return node.items.flatMap((item) => this.pieces(item, fixed));
      case 'choice':
        return [
          {
            p: 'switch',
            on: this.#below(node.options.length, fixed),
            cases: node.options.map((option) => this.pieces(option, false)),
          },
        ];
      case 'repeat':
        return this.#repeat(node, fixed);
    }
  }

  #repeat({ item, min, max }: Extract<Node, { kind: 'repeat' }>, fixed: boolean): Piece[] {
    const pieces: Piece[] = [];
    let always = min;
    if (isDigit(item)) {
      for (; always > 0 && this.#wanted(fixed); always -= Math.min(9, always)) {
        const width = Math.min(9, always);
        pieces.push(digits(this.#below(10 ** width, fixed), width));
      }
    } else {
      const written = this.#context.unique && fixed ? always : always <= UNROLL ? always : 0;
      for (let i = 0; i < written && this.#wanted(fixed); i++, always--) pieces.push(...this.pieces(item, fixed));
    }
    const extra = max - min;
    if (always + extra > 0) {
      const count = extra === 0 ? constant(always) : add(this.#context.draw(extra + 1), always);
      pieces.push({ p: 'repeat', count, body: this.pieces(item, false), separator: [] });
    }
    return pieces;
  }

  #wanted(fixed: boolean): boolean {
    return !this.#context.unique || (fixed && this.#room < ENOUGH);
  }

  #below(count: number, fixed: boolean): ReturnType<BuildContext['draw']> {
    if (!fixed || !this.#wanted(fixed)) return this.#context.draw(count);
    this.#room *= BigInt(count);
    return this.#context.choose(count);
  }
}

const isDigit = (node: Node): boolean => node.kind === 'class' && node.chars.join('') === '0123456789';

function check(options: Options): OptionProblem[] {
  const parsed = parsePattern(options['pattern'] as string);
  if (!parsed.ok) {
    return parsed.diagnostics.map(({ code, offset, message, hint }) => ({
      option: 'pattern',
      code,
      message: `${message} (at character ${offset + 1})`,
      ...(hint === undefined ? {} : { hint }),
    }));
  }
  if (options['unique'] === true && parsed.value.ambiguous) {
    return [
      {
        option: 'unique',
        message: 'the pattern can give one text in several ways, so its texts cannot be kept distinct',
        hint: 'write the pattern without overlapping alternatives',
      },
    ];
  }
  return [];
}

/** Text that matches a pattern. */
export const regexType: FieldType = defineType({
  key: 'regex',
  label: 'Pattern',
  family: 'text',
  summary: 'Text that matches a regular expression.',
  aliases: ['RegExp', 'pattern'],
  options: {
    pattern: {
      kind: 'string',
      minLength: 1,
      maxLength: 1000,
      summary: 'The regular expression; docs/reference/patterns.md says what is supported.',
      required: true,
      aliases: ['string', 'regex'],
    },
  },
  example: 'SKU-4821-QX',
  exampleOptions: { pattern: 'SKU-\\d{4}-[A-Z]{2}' },
  check,
  rules: ({ pattern }) => ({ pattern: pattern as string }),
  build: ({ pattern }, context) => {
    const parsed = parsePattern(pattern as string);
    if (!parsed.ok) throw new Error('the pattern was checked before');
    return { kind: 'string', body: new PatternWriter(context).pieces(parsed.value.root, true) };
  },
});
