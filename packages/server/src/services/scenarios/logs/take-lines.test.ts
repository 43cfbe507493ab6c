import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from './lines-of.ts';
import type { LogPart } from './log-reader.ts';
import { takeLines } from './take-lines.ts';

async function* parts(text: string, cuts: readonly number[]): AsyncGenerator<LogPart> {
  const bytes = Buffer.from(text);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
  for (const [index, from] of [0, ...places].entries()) {
    yield { firstByte: from, bytes: bytes.subarray(from, places[index] ?? bytes.length) };
  }
}
const text = fc.string({ unit: fc.constantFrom('a', 'B', '\n'), maxLength: 40 });

describe('lines of a log', () => {
  it('are the lines of the text wherever it is cut, and each says where the next one begins', async () => {
    const property = async (log: string, cuts: number[]): Promise<void> => {
      const whole: string[] = [];
      let at = 0;
      let open = '';
      for await (const lines of linesOf(parts(log, cuts))) {
        open = '';
        for (const { bytes, end, isWhole } of lines) {
          if (!isWhole) {
            open = bytes.toString();
            continue;
          }
          whole.push(bytes.toString());
          at += bytes.length;
          expect(end).toBe(at);
        }
      }
      expect(whole.join('') + open).toBe(log);
      expect(whole.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
      expect(open).not.toContain('\n');
    };
    await fc.assert(fc.asyncProperty(text, fc.array(fc.nat(100)), property));
  });

  it('are found by what is in them, with their numbers', async () => {
    const property = async (log: string, cuts: number[], most: number): Promise<void> => {
      const found: string[] = [];
      for await (const bytes of takeLines(parts(log, cuts), 0, most, 'AB')) found.push(bytes.toString());
      const all = log.match(/[^\n]*\n|[^\n]+$/g) ?? [];
      const wanted = all.flatMap((line, index) => (line.toLowerCase().includes('ab') ? [`${index + 1}:${line}`] : []));
      expect(found.join('')).toBe(wanted.slice(0, most).join(''));
    };
    await fc.assert(fc.asyncProperty(text, fc.array(fc.nat(100)), fc.integer({ min: 1, max: 4 }), property));
  });
});
