import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../messages/message.ts';
import { Pace } from '../pace/pace.ts';
import type { Target } from '../sinks/sink.ts';
import { StreamError } from '../stream-error.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { runStream, type StreamOptions } from './run-stream.ts';

/** Rows that have no bytes, in messages of so many. */
const makerOf = (rowsOfMessage: number, mostRows: number): StreamOptions['maker'] => ({
  rowsOfMessage,
  mostRows: Math.max(rowsOfMessage, mostRows - (mostRows % rowsOfMessage)),
  make(from, to) {
    const messages: Message[] = [];
    for (let at = from; at < to; at += rowsOfMessage)
      messages.push({ from: at, to: Math.min(to, at + rowsOfMessage), bytes: new Uint8Array() });
    return messages;
  },
});

const never = new AbortController().signal;
const rowsOf = (messages: readonly Message[]): number[] =>
  messages.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index));

/** What a target does with each call: acknowledges the first so many messages, then takes some time and says whether it is lost. */
interface Turn {
  readonly takes: number;
  readonly milliseconds: number;
  readonly end: 'lost' | 'kept';
}

/** A target that keeps what it acknowledges, and with each message the moment. */
function scripted(clock: FakeClock, turns: readonly Turn[]) {
  const kept: { message: Message; at: number }[] = [];
  let [turn, sends, largest] = [0, 0, 0];
  const target: Target = {
    shown: 'a target',
    open: async () => ({
      async send(messages, acknowledged) {
        sends += 1;
        largest = Math.max(largest, rowsOf(messages).length);
        const { takes, milliseconds, end } = turns[turn++] ?? { takes: 1e9, milliseconds: 0, end: 'kept' };
        for (const message of messages.slice(0, end === 'lost' ? takes : undefined)) {
          kept.push({ message, at: clock.now() });
          acknowledged(message);
        }
        clock.advance(milliseconds);
        if (end === 'lost') throw new StreamError('target_unreachable', 'it is lost', { mayPass: true });
      },
      close: async () => undefined,
    }),
  };
  return { target, kept, sends: () => sends, largest: () => largest };
}

const turns = fc.array(
  fc.record({
    takes: fc.integer({ min: 0, max: 40 }),
    milliseconds: fc.integer({ min: 0, max: 3000 }),
    end: fc.constantFrom('lost', 'kept') as fc.Arbitrary<'lost' | 'kept'>,
  }),
  { maxLength: 30 },
);

describe('a stream', () => {
  it('sends every row once, in order and not before it is due, whatever becomes of its target', async () => {
    await fc.assert(
      fc.asyncProperty(
        turns,
        fc.record({
          burst: fc.integer({ min: 1, max: 50 }),
          every: fc.double({ min: 0.001, max: 2, noNaN: true }),
          from: fc.integer({ min: 0, max: 1000 }),
          count: fc.integer({ min: 1, max: 500 }),
          batch: fc.integer({ min: 1, max: 20 }),
          most: fc.integer({ min: 1, max: 100 }),
        }),
        async (script, { burst, every, from, count, batch, most }) => {
          const clock = new FakeClock();
          const pace = new Pace(burst, every);
          const { target, kept, largest } = scripted(clock, script);
          const maker = makerOf(batch, most);
          const report = await runStream({
            ...{ maker, target, pace, clock, from, to: from + count, giveUpMs: 1e9, stop: never },
          });
          expect(report).toMatchObject({
            ending: 'done',
            acknowledged: count,
            next: from + count,
            ahead: 0,
            behind: 0,
          });
          expect(rowsOf(kept.map(({ message }) => message))).toEqual(
            Array.from({ length: count }, (_, index) => from + index),
          );
          for (const { message, at } of kept) {
            expect(at / 1000).toBeGreaterThanOrEqual(pace.at(message.to - from) - 1e-9);
          }
          expect(largest()).toBeLessThanOrEqual(maker.mostRows);
        },
      ),
    );
  });

  it('is never further from its rate than one burst where the target is quick, however long it takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.5, max: 5000, noNaN: true }),
        fc.integer({ min: 1, max: 100 }),
        async (rate, burst) => {
          const clock = new FakeClock();
          const { target, kept } = scripted(clock, []);
          const count = 400;
          const pace = new Pace(burst, burst / rate);
          await runStream({
            ...{ maker: makerOf(1, 1000), target, pace, clock, from: 0, to: count, giveUpMs: 1, stop: never },
          });
          const off = kept.map(({ at }, index) => Math.abs((at / 1000) * rate - index) - 1e-6 * index);
          expect(Math.max(...off)).toBeLessThanOrEqual(burst);
        },
      ),
    );
  });

  it('falls behind of a slow target, says by how many rows, and ends with its time', async () => {
    const clock = new FakeClock();
    const slow = Array.from({ length: 100 }, (): Turn => ({ takes: 0, milliseconds: 1000, end: 'kept' }));
    const { target, largest } = scripted(clock, slow);
    const behind: number[] = [];
    const report = await runStream({
      ...{ maker: makerOf(1, 100), target, pace: new Pace(1, 1 / 1000), clock, from: 0, to: 1e9, giveUpMs: 1 },
      seconds: 10,
      stop: never,
      onProgress: (state) => behind.push(state.behind),
    });
    expect(largest()).toBe(100);
    expect(report).toMatchObject({ ending: 'done' });
    expect(report.acknowledged + report.behind).toBe(10_000);
    expect(report.acknowledged).toBeLessThanOrEqual(1001);
    expect(Math.max(...behind)).toBeGreaterThan(8000);
  });

  it('sends within its time what is due in it', async () => {
    const clock = new FakeClock();
    const { target } = scripted(clock, []);
    const report = await runStream({
      ...{ maker: makerOf(7, 100), target, pace: new Pace(1, 1 / 500), clock, from: 5, to: 1e9, giveUpMs: 1 },
      seconds: 60,
      stop: never,
    });
    expect(report).toMatchObject({ ending: 'done', acknowledged: 30_000, next: 30_005, behind: 0 });
  });

  it('gives up when nothing was acknowledged for long enough, and says where to go on', async () => {
    const clock = new FakeClock();
    const lost = Array.from({ length: 1000 }, (): Turn => ({ takes: 0, milliseconds: 10, end: 'lost' }));
    const { target } = scripted(clock, [{ takes: 3, milliseconds: 0, end: 'lost' }, ...lost]);
    const report = await runStream({
      ...{
        maker: makerOf(1, 100),
        target,
        pace: new Pace(10, 1),
        clock,
        from: 0,
        to: 10,
        giveUpMs: 60_000,
        stop: never,
      },
    });
    expect(report).toMatchObject({ ending: 'failed', acknowledged: 3, next: 3, doubtful: 7 });
    expect(report.error).toMatchObject({ code: 'target_unreachable', message: expect.stringContaining('for 60 s') });
    expect(report.seconds).toBeGreaterThanOrEqual(60);
    expect(report.seconds).toBeLessThan(66);
  });

  it('ends at once when it is refused', async () => {
    const target: Target = {
      shown: 'a target',
      open: async () => {
        throw new StreamError('target_refused', 'no');
      },
    };
    const report = await runStream({
      ...{ maker: makerOf(1, 9), target, pace: new Pace(1, 1), clock: new FakeClock(), from: 4, to: 9 },
      giveUpMs: 60_000,
      stop: never,
    });
    expect(report).toMatchObject({ ending: 'failed', acknowledged: 0, next: 4, losses: 0, doubtful: 0 });
  });

  it('stops with what was acknowledged', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    const { target } = scripted(clock, []);
    const report = await runStream({
      ...{ maker: makerOf(1, 9), target, pace: new Pace(1, 1), clock, from: 0, to: 100, giveUpMs: 1 },
      stop: stop.signal,
      onProgress: ({ acknowledged }) => acknowledged === 5 && stop.abort(),
    });
    expect(report).toMatchObject({ ending: 'stopped', acknowledged: 5, next: 5, behind: 0 });
  });
});
