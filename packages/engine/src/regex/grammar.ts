import { charsOf, parseClass } from './classes.ts';
import { PRINTABLE } from './code-points.ts';
import { parseEscape } from './escapes.ts';
import { openGroup } from './groups.ts';
import { MAX_NESTING, MAX_OUTPUT_LENGTH } from './limits.ts';
import { parseQuantifier, type Quantifier, skipQuantifier } from './quantifiers.ts';
import type { Reader } from './reader.ts';
import { EMPTY, type SyntaxNode } from './syntax.ts';

/** Reads the whole source by recursive descent, one call per group level. What is wrong goes to the reader's diagnostics. */
export function parseSource(reader: Reader): SyntaxNode {
  const parts: SyntaxNode[] = [];
  for (;;) {
    parts.push(parseChoice(reader, 0));
    if (reader.done) return sequenceOf(reader, parts, 0);
    reader.report('invalid_pattern', reader.offset, 'a ) without its (', 'write \\) for a literal )');
    reader.eat(')');
  }
}

function parseChoice(reader: Reader, depth: number): SyntaxNode {
  const options = [parseSequence(reader, depth)];
  while (reader.eat('|')) options.push(parseSequence(reader, depth));
  if (options.length === 1) return options[0] as SyntaxNode;
  return {
    kind: 'choice',
    options,
    maxLength: options.reduce((max, option) => Math.max(max, option.maxLength), 0),
  };
}

function parseSequence(reader: Reader, depth: number): SyntaxNode {
  const start = reader.offset;
  const items: SyntaxNode[] = [];
  while (!reader.done && !reader.at('|') && !reader.at(')')) items.push(parseTerm(reader, depth));
  return sequenceOf(reader, items, start);
}

function sequenceOf(reader: Reader, items: readonly SyntaxNode[], offset: number): SyntaxNode {
  const maxLength = items.reduce((sum, item) => sum + item.maxLength, 0);
  if (maxLength > MAX_OUTPUT_LENGTH) return refuseLength(reader, maxLength, offset);
  return items.length === 1 ? (items[0] as SyntaxNode) : { kind: 'sequence', items, maxLength };
}

function parseTerm(reader: Reader, depth: number): SyntaxNode {
  const start = reader.offset;
  if (skipQuantifier(reader)) {
    const text = reader.source.slice(start, reader.offset);
    const hint = `put something before it, or write \\${text} for the text itself`;
    reader.report('invalid_pattern', start, `nothing to repeat before ${text}`, hint);
    return EMPTY;
  }
  const atom = parseAtom(reader, depth);
  if (atom.kind === 'anchor') return atom;
  const quantifier = parseQuantifier(reader);
  return quantifier === undefined ? atom : repeatOf(reader, atom, quantifier);
}

function repeatOf(reader: Reader, item: SyntaxNode, { min, max, offset }: Quantifier): SyntaxNode {
  const maxLength = item.maxLength * max;
  if (maxLength > MAX_OUTPUT_LENGTH) return refuseLength(reader, maxLength, offset);
  return { kind: 'repeat', item, min, max, maxLength };
}

function refuseLength(reader: Reader, length: number, offset: number): SyntaxNode {
  const message = `texts of up to ${length} characters, more than ${MAX_OUTPUT_LENGTH}`;
  reader.report('pattern_output_too_long', offset, message, 'lower the repetition counts; * and + stand for up to 8');
  return EMPTY;
}

function parseAtom(reader: Reader, depth: number): SyntaxNode {
  const start = reader.offset;
  const char = reader.peek();
  switch (char) {
    case '(':
      return parseGroup(reader, depth);
    case '[':
      return setOf(parseClass(reader));
    case '\\': {
      const escaped = parseEscape(reader, false);
      if (escaped.kind === 'refused') return EMPTY;
      if (escaped.kind === 'anchor') return anchorOf(escaped.edge, start, reader.source.slice(start, reader.offset));
      return setOf(charsOf(reader, escaped.kind === 'char' ? [[escaped.code, escaped.code]] : escaped.ranges));
    }
    case '^':
    case '$':
      reader.take();
      return anchorOf(char === '^' ? 'start' : 'end', start, char);
    case '.':
      reader.take();
      return setOf(charsOf(reader, [PRINTABLE]));
  }
  reader.take();
  const code = char.codePointAt(0) as number;
  if (code < 0xd800 || code > 0xdfff) return setOf(charsOf(reader, [[code, code]]));
  reader.report('invalid_pattern', start, 'half of a surrogate pair', 'the pattern is not well-formed Unicode');
  return EMPTY;
}

function parseGroup(reader: Reader, depth: number): SyntaxNode {
  const start = reader.offset;
  if (depth >= MAX_NESTING) {
    const message = `groups nested more than ${MAX_NESTING} deep`;
    reader.report('pattern_too_deep', start, message, 'take out groups that only repeat what they hold');
    reader.stop();
    return EMPTY;
  }
  openGroup(reader);
  const content = parseChoice(reader, depth + 1);
  if (!reader.eat(')')) {
    reader.report('invalid_pattern', start, 'the group is not closed', 'add ), or write \\( for a literal (');
    reader.stop();
  }
  return content;
}

function setOf(chars: readonly string[] | undefined): SyntaxNode {
  return chars === undefined ? EMPTY : { kind: 'set', chars, maxLength: 1 };
}

function anchorOf(edge: 'start' | 'end', offset: number, text: string): SyntaxNode {
  return { kind: 'anchor', edge, offset, text, maxLength: 0 };
}
