import type { Report } from './report.ts';
import type { Token } from './token.ts';
import { tokenize } from './tokenize.ts';

/** A piece of text with placeholders: the text between them, or the tokens inside one. */
export type TextPiece =
  | { readonly kind: 'text'; readonly value: string; readonly offset: number; readonly length: number }
  | {
      readonly kind: 'placeholder';
      readonly tokens: readonly Token[];
      /** What stands between the braces, without the space around it. */
      readonly inner: string;
      readonly offset: number;
      readonly length: number;
    };

/** Any `{{`, escaped or not, makes a source text with placeholders. */
export const hasPlaceholders = (source: string): boolean => source.includes('{{');

/**
 * Divides text at its placeholders. Backslashes right before a `{{` escape it: `\{{` is the two braces themselves and
 * `\\{{` is a backslash and a placeholder; all others are plain characters.
 */
export function splitText(source: string, report: Report): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let text = '';
  let textStart = 0;
  let at = 0;
  const flush = (end: number) => {
    if (text !== '') pieces.push({ kind: 'text', value: text, offset: textStart, length: end - textStart });
    text = '';
  };
  for (;;) {
    const open = source.indexOf('{{', at);
    if (open < 0) {
      text += source.slice(at);
      flush(source.length);
      return pieces;
    }
    let slashes = 0;
    while (open - slashes > at && source[open - slashes - 1] === '\\') slashes += 1;
    text += source.slice(at, open - slashes) + '\\'.repeat(Math.floor(slashes / 2));
    if (slashes % 2 === 1) {
      text += '{{';
      at = open + 2;
      continue;
    }
    flush(open);
    const { tokens, end, open: unclosed } = tokenize(source, open + 2, true, report);
    if (unclosed) {
      const hint = 'close it with }}, or write \\{{ for the two braces themselves';
      report.add('expression_unbalanced', open, 2, 'this placeholder has no end', hint);
    }
    at = Math.min(source.length, end + 2);
    pieces.push({
      kind: 'placeholder',
      tokens,
      inner: source.slice(open + 2, end).trim(),
      offset: open,
      length: at - open,
    });
    textStart = at;
  }
}
