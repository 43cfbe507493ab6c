import { MessageMaker, type Shape } from '../messages/message-maker.ts';
import { CLOCK } from '../pace/clock.ts';
import { Pace } from '../pace/pace.ts';
import { runStream, type StreamOptions, type StreamReport } from '../run/run-stream.ts';
import type { Target } from '../sinks/sink.ts';
import { planOf } from './plan-of.ts';

type Some = Partial<Omit<StreamOptions, 'target' | 'to'>> & {
  readonly rows: number;
  readonly shape?: Shape;
  readonly template?: object;
};

/** Streams rows 0 to `rows` of a small plan as fast as it goes, or as it is said. */
export async function streamTo(target: Target, { rows, shape, template, ...options }: Some): Promise<StreamReport> {
  const maker = new MessageMaker(await planOf(template), shape ?? { kind: 'row' }, 0);
  return runStream({
    ...{ maker, target, from: 0, to: rows, pace: new Pace(1, 1e-6), giveUpMs: 20_000, clock: CLOCK },
    stop: new AbortController().signal,
    ...options,
  });
}
