import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, AnswerMemory } from './answer-memory.ts';

const MB = 1024 * 1024;
const part = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.uint8Array({ maxLength: 50 }),
  // Beyond what an answer begins with.
  fc.nat(60_000).map((length) => 'ü'.repeat(length)),
);

describe('the memory of answers', () => {
  it('holds each answer as it was added, however many are open and whichever were released before', () => {
    const step = fc.record({ answer: fc.nat(5), part, release: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const memory = new AnswerMemory();
        const open: { answer: Answer; expected: Buffer[] }[] = [];
        for (const { answer: place, part, release } of steps) {
          open[place] ??= { answer: memory.begin(), expected: [] };
          const { answer, expected } = open[place];
          answer.add(part);
          expected.push(Buffer.from(part as string));
          for (const each of open.filter(Boolean)) {
            expect(each.answer.bytes.equals(Buffer.concat(each.expected))).toBe(true);
          }
          if (!release) continue;
          answer.release();
          delete open[place];
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is used again, and not twice at once when an answer is released twice', () => {
    const memory = new AnswerMemory();
    const first = memory.begin();
    first.add('first');
    const { buffer } = first.bytes;
    first.release();
    first.release();
    const [second, third] = [memory.begin(), memory.begin()];
    second.add('second');
    third.add('third');
    expect(second.bytes.buffer).toBe(buffer);
    expect(third.bytes.buffer).not.toBe(buffer);
    expect(String(second.bytes)).toBe('second');
  });

  it('is not kept beyond a bound', () => {
    const memory = new AnswerMemory();
    const large = [6 * MB, 6 * MB].map((size) => memory.take(size));
    for (const each of large) memory.give(each);
    const kept = [8 * MB, 8 * MB].map((size) => memory.take(size));
    expect(kept.filter((each) => large.includes(each))).toHaveLength(1);
  });
});
