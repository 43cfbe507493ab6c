import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivationCount, wordAt } from './enumerate.ts';
import { MAX_CLASS_CHARS, MAX_DIAGNOSTICS, MAX_OUTPUT_LENGTH } from './limits.ts';
import { parsePattern } from './parse.ts';
import { nastyPattern, patternNoise } from './testing/pattern-arbitrary.ts';
import type { Node } from './tree.ts';

/** Number of nodes, and what tree.ts promises of each. */
function inspect(node: Node, isRoot = true): number {
  switch (node.kind) {
    case 'text':
      return 1;
    case 'class':
      expect(node.chars.length).toBeGreaterThan(1);
      expect(node.chars.length).toBeLessThanOrEqual(MAX_CLASS_CHARS);
      expect(
        node.chars.every((char, i) => i === 0 || (char.codePointAt(0) ?? 0) > (node.chars[i - 1]?.codePointAt(0) ?? 0)),
      ).toBe(true);
      return 1;
    case 'sequence':
      expect(node.items.length).toBeGreaterThan(1);
      for (const [i, item] of node.items.entries()) {
        expect(item.kind === 'sequence' || (item.kind === 'text' && item.value === '')).toBe(false);
        expect(item.kind === 'text' && node.items[i - 1]?.kind === 'text').toBe(false);
      }
      return node.items.reduce((sum, item) => sum + inspect(item, false), 1);
    case 'choice':
      expect(node.options.length).toBeGreaterThan(1);
      return node.options.reduce((sum, option) => sum + inspect(option, false), 1);
    case 'repeat':
      expect(node.max).toBeGreaterThanOrEqual(Math.max(1, node.min));
      expect(node.item).not.toEqual({ kind: 'text', value: '' });
      return inspect(node.item, isRoot) + 1;
  }
}

function check(source: string, flags: string): void {
  const result = parsePattern(source, flags);
  if (result.ok) {
    expect(inspect(result.value.root)).toBeLessThanOrEqual(2 * source.length + 2);
    expect(result.value.maxLength).toBeLessThanOrEqual(MAX_OUTPUT_LENGTH);
    expect(result.value.count).toBeGreaterThanOrEqual(1);
    const last = wordAt(result.value, derivationCount(result.value.root) - 1n);
    expect(Buffer.from(last).toString()).toBe(last);
    return;
  }
  expect(result.diagnostics.length).toBeGreaterThan(0);
  expect(result.diagnostics.length).toBeLessThanOrEqual(MAX_DIAGNOSTICS);
  for (const { offset, message } of result.diagnostics) {
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThan(Math.max(1, source.length));
    expect(message).not.toBe('');
  }
}

const flags = fc.constantFrom('', 'i');

describe('any string is a pattern or is refused, never thrown upon', () => {
  it('noise of pattern syntax', () => {
    fc.assert(fc.property(patternNoise, flags, check), { numRuns: 5_000 });
  }, 60_000);

  it('any Unicode, lone surrogates too', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), flags, check), { numRuns: 2_000 });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }), flags, (units, flag) =>
        check(String.fromCharCode(...units), flag),
      ),
      { numRuns: 2_000 },
    );
  }, 60_000);

  it('patterns built to hurt', () => {
    fc.assert(fc.property(nastyPattern, flags, check), { numRuns: 2_000 });
  }, 60_000);

  it('any flags', () => {
    fc.assert(fc.property(fc.string(), (flag) => parsePattern('a', flag).ok === (flag === '' || flag === 'i')));
  });
});
