import { withBothCases, withEveryCase } from './case-fold.ts';
import { listChars, mergeRanges, POSIX_CLASSES, printableWithout, type Range } from './code-points.ts';
import { parseEscape } from './escapes.ts';
import type { Reader } from './reader.ts';

type Member =
  | { readonly kind: 'char'; readonly code: number }
  | { readonly kind: 'set'; readonly ranges: readonly Range[] }
  | { readonly kind: 'refused' };

/** The characters of `ranges` under the flags, ascending and shared; `negated` picks from printable ASCII. */
export function charsOf(reader: Reader, ranges: readonly Range[], negated = false): readonly string[] {
  const merged = mergeRanges(ranges);
  if (negated) return reader.share(listChars(printableWithout(reader.ignoreCase ? withEveryCase(merged) : merged)));
  return reader.share(listChars(reader.ignoreCase ? withBothCases(merged) : merged));
}

/** Reads a class, the reader standing on its `[`. Undefined when it was refused (and reported). */
export function parseClass(reader: Reader): readonly string[] | undefined {
  const start = reader.offset;
  const before = reader.diagnostics.length;
  reader.eat('[');
  const negated = reader.eat('^');
  if (reader.eat(']')) {
    const hint = negated
      ? 'write . for any character, or [^\\]] for all but ]'
      : 'name characters, or write \\] for a ]';
    reader.report('unsatisfiable_pattern', start, `the class ${negated ? '[^]' : '[]'} is empty`, hint);
    return undefined;
  }
  const ranges: Range[] = [];
  while (!reader.eat(']')) {
    if (reader.done) {
      reader.report('invalid_pattern', start, 'the class is not closed', 'add ], or write \\[ for a literal [');
      reader.stop();
      return undefined;
    }
    parseMember(reader, ranges);
  }
  if (reader.diagnostics.length > before) return undefined;
  const chars = charsOf(reader, ranges, negated);
  if (chars.length > 0) return chars;
  const hint = 'a negated class picks from printable ASCII (space to ~); list other characters without ^';
  reader.report('unsatisfiable_pattern', start, 'the class leaves no character', hint);
  return undefined;
}

/** A character, a range, or a set; `-` after a set is a hyphen, as in [\w-.]. */
function parseMember(reader: Reader, ranges: Range[]): void {
  const start = reader.offset;
  const member = parseAtom(reader);
  const isRange = reader.at('-') && !reader.at('-]') && reader.offset + 1 < reader.source.length;
  if (member.kind === 'set') {
    ranges.push(...member.ranges);
    if (isRange) parseHyphenAfterSet(reader, ranges);
    return;
  }
  if (!isRange) {
    if (member.kind === 'char') ranges.push([member.code, member.code]);
    return;
  }
  reader.eat('-');
  const last = parseAtom(reader);
  if (member.kind === 'refused' || last.kind === 'refused') return;
  const text = reader.source.slice(start, reader.offset);
  if (last.kind === 'set') {
    reader.report('invalid_pattern', start, `the range ${text} ends in a set`, 'write \\- for a literal hyphen');
  } else if (last.code < member.code) {
    reader.report('invalid_pattern', start, `the range ${text} is reversed`, 'write the lower character first');
  } else ranges.push([member.code, last.code]);
}

/** [\d-a] is a digit, a hyphen or an a everywhere; but ECMAScript and RE2 read [\d-a-z] and [\d--z] differently. */
function parseHyphenAfterSet(reader: Reader, ranges: Range[]): void {
  const hyphen = reader.offset;
  reader.eat('-');
  ranges.push([0x2d, 0x2d]);
  const doubled = reader.at('-');
  const next = parseAtom(reader);
  if (doubled || (reader.at('-') && !reader.at('-]'))) {
    const message = 'a hyphen after a set and before a range is read differently by different engines';
    reader.report('invalid_pattern', hyphen, message, 'write \\- for a literal hyphen');
  }
  if (next.kind === 'char') ranges.push([next.code, next.code]);
  if (next.kind === 'set') ranges.push(...next.ranges);
}

function parseAtom(reader: Reader): Member {
  const start = reader.offset;
  if (reader.at('\\')) {
    const escaped = parseEscape(reader, true);
    if (escaped.kind === 'char') return escaped;
    return escaped.kind === 'shorthand' ? { kind: 'set', ranges: escaped.ranges } : { kind: 'refused' };
  }
  if (reader.at('[:') || reader.at('[.') || reader.at('[=')) {
    const named = parsePosixClass(reader);
    if (named !== undefined) return named;
  }
  const char = reader.take();
  const code = char.codePointAt(0) ?? 0;
  if (code < 0xd800 || code > 0xdfff) return { kind: 'char', code };
  reader.report('invalid_pattern', start, 'half of a surrogate pair', 'the pattern is not well-formed Unicode');
  return { kind: 'refused' };
}

/** `[:name:]` or `[:^name:]` inside a class; undefined when it is an ordinary `[` after all. */
function parsePosixClass(reader: Reader): Member | undefined {
  const start = reader.offset;
  const mark = reader.source.charAt(start + 1);
  reader.offset += 2;
  const negated = mark === ':' && reader.eat('^');
  const name = reader.takeWhile('abcdefghijklmnopqrstuvwxyz', 20);
  if (!reader.eat(`${mark}]`)) {
    reader.offset = start;
    return undefined;
  }
  const ranges = mark === ':' ? POSIX_CLASSES.get(name) : undefined;
  if (ranges !== undefined) return { kind: 'set', ranges: negated ? printableWithout(ranges) : ranges };
  const text = reader.source.slice(start, reader.offset);
  const hint = `the named classes are ${[...POSIX_CLASSES.keys()].join(', ')}; write \\[ for a literal [`;
  reader.report('unsupported_pattern', start, `unknown class name ${text}`, hint);
  return { kind: 'refused' };
}
