import { generateBytes, generateRows, type Plan } from '@datamaker/engine';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { planOf } from '../testing/plan-of.ts';
import { MessageMaker, type Shape } from './message-maker.ts';

let plan: Plan;
beforeAll(async () => {
  plan = await planOf();
});

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

it.each(['ndjson', 'csv'] as const)('has of a log in %s the bytes of one output, however it is cut', (format) => {
  fc.assert(
    fc.property(
      fc.nat(500),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 }),
      (from, cuts) => {
        const maker = new MessageMaker(plan, { kind: 'text', format, header: true }, from);
        let at = from;
        const pieces = cuts.flatMap((rows) => {
          at += rows;
          return maker.make(at - rows, at);
        });
        expect(pieces.map(({ bytes }) => text(bytes)).join('')).toBe(outputOf(format, from, at));
      },
    ),
    { numRuns: 20 },
  );
});

function outputOf(format: 'ndjson' | 'csv', from: number, to: number): string {
  let all = '';
  for (const chunk of generateBytes(plan, { format }, from, to)) all += text(chunk);
  return all;
}

it('leaves the header out where a file has it already', () => {
  const [{ bytes } = { bytes: new Uint8Array() }] = new MessageMaker(
    plan,
    { kind: 'text', format: 'csv', header: false },
    0,
  ).make(0, 2);
  expect(text(bytes)).toBe(outputOf('csv', 0, 2).replace(/^.*\n/, ''));
});

it.each<[Shape, (bytes: Uint8Array) => unknown[]]>([
  [{ kind: 'row' }, (bytes) => [JSON.parse(text(bytes))]],
  [{ kind: 'array', rows: 7 }, (bytes) => JSON.parse(text(bytes)) as unknown[]],
  [
    { kind: 'lines', rows: 7 },
    (bytes) =>
      text(bytes)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
  ],
])('has of %o the rows of the plan, each in the message that says so', (shape, read) => {
  const maker = new MessageMaker(plan, shape, 0);
  const each = maker.rowsOfMessage;
  const messages = maker.make(3, 3 + 5 * each + 2);
  const rows = [...generateRows(plan, 3, 3 + 5 * each + 2)];
  expect(messages.flatMap(({ bytes }) => read(bytes))).toEqual(rows);
  for (const { from, to, bytes } of messages) expect(read(bytes)).toEqual(rows.slice(from - 3, to - 3));
  expect(messages.slice(0, 5).every(({ from, to }) => to - from === each)).toBe(true);
});

it('makes whole messages at once, and no more than fit', async () => {
  const wide = await planOf({
    fields: Array.from({ length: 20 }, (_, at) => ({
      ...{ name: `text${at}`, type: 'regex', options: { pattern: '[a-z]{4000}' } },
    })),
  });
  expect(new MessageMaker(wide, { kind: 'row' }, 0).mostRows).toBeLessThan(20);
  expect(new MessageMaker(wide, { kind: 'array', rows: 50 }, 0).mostRows).toBe(50);
  expect(new MessageMaker(plan, { kind: 'array', rows: 300 }, 0).mostRows % 300).toBe(0);
});
