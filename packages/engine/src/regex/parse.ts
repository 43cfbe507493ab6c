import { isAmbiguous } from './ambiguity.ts';
import { checkAnchors } from './anchors.ts';
import type { PatternResult } from './diagnostic.ts';
import { approximateCount } from './enumerate.ts';
import { parseSource } from './grammar.ts';
import { MAX_SOURCE_LENGTH } from './limits.ts';
import { measure } from './measure.ts';
import { normalise } from './normalise.ts';
import { Reader } from './reader.ts';
import type { Pattern } from './tree.ts';

/**
 * Parses a user's regular expression into a bounded tree of the texts it matches; all that is wrong at once, nothing thrown.
 * No regular-expression engine is involved: every pass is linear in the source (times the nesting), and every limit of
 * limits.ts is checked on numbers before anything is expanded. Each text of the tree is a whole match of the source in
 * ECMAScript and RE2, as far as they know its syntax (docs/reference/patterns.md).
 *
 * @param source the pattern, without slashes
 * @param flags '' or 'i' (letters in either case)
 */
export function parsePattern(source: string, flags = ''): PatternResult<Pattern> {
  const reader = new Reader(source, flags.includes('i'));
  if (flags !== '' && flags !== 'i') {
    reader.report('unsupported_flag', 0, 'the only flag is i', 'leave the others out: they change nothing in a text');
  }
  if (source.length > MAX_SOURCE_LENGTH) {
    const message = `the pattern has ${source.length} characters, more than ${MAX_SOURCE_LENGTH}`;
    reader.report(
      'pattern_too_long',
      MAX_SOURCE_LENGTH,
      message,
      'shorten it with classes and quantifiers, or split the field',
    );
    return { ok: false, diagnostics: reader.diagnostics };
  }
  const syntax = parseSource(reader);
  if (reader.diagnostics.length === 0) checkAnchors(reader, syntax);
  if (reader.diagnostics.length > 0) {
    return {
      ok: false,
      diagnostics: reader.diagnostics.sort((a, b) => a.offset - b.offset),
    };
  }
  const root = normalise(syntax);
  return {
    ok: true,
    value: {
      root,
      ...measure(root),
      count: approximateCount(root),
      ambiguous: isAmbiguous(root),
    },
  };
}
