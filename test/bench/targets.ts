import type { Compared } from './compare.ts';
import type { Run } from './measure-contender.ts';
import { median } from './statistics.ts';

/** A figure that must be reached, and what was measured. */
export interface Target {
  readonly name: string;
  readonly wanted: string;
  readonly measured: string;
  /** undefined: could not be measured. */
  readonly met: boolean | undefined;
}

type Rate = (run: Run) => number;
const perCpu: Rate = (run) => run.rowsPerCpuSecond;
const perSecond: Rate = (run) => run.rowsPerSecond;

/** The median over the rounds of one contender's rate divided by another's of the same round. */
export function ratioOf(a: readonly Run[], b: readonly Run[], rate: Rate = perCpu): number {
  return median(a.slice(0, b.length).map((run, i) => rate(run) / rate(b[i] as Run)));
}

/** A target of the form "at least this". */
export function atLeast(name: string, least: number, value: number, show: (value: number) => string): Target {
  const known = !Number.isNaN(value);
  return {
    name,
    wanted: `≥ ${show(least)}`,
    measured: known ? show(value) : 'not measured',
    met: known ? value >= least : undefined,
  };
}

/** A target of the form "below this". */
export function below(name: string, most: number, value: number, show: (value: number) => string): Target {
  const known = !Number.isNaN(value);
  return {
    name,
    wanted: `< ${show(most)}`,
    measured: known ? show(value) : 'not measured',
    met: known ? value < most : undefined,
  };
}

/** A target of the form "all of them". */
export function exactly(name: string, wanted: number, value: number): Target {
  return { name, wanted: String(wanted), measured: String(value), met: value === wanted };
}

export const times = (value: number): string => `${value >= 20 ? value.toFixed(0) : value.toFixed(2)} times`;
export const percent = (value: number): string => `${(value * 100).toFixed(0)} %`;

/** The targets that compare with peers: one thread, CSV, rows per second of processor time, ratios within a round. */
export function peerTargets(compared: readonly Compared[]): Target[] {
  const of = (peer: string, threads = 1) =>
    compared.find(({ contender }) => contender.peer === peer && contender.threads === threads);
  const ours = of('datamaker');
  if (ours === undefined) return [];
  const against = (peer: string, runs: 'device' | 'file'): number => {
    const rival = of(peer);
    return rival?.comparable === true ? ratioOf(ours[runs], rival[runs]) : Number.NaN;
  };
  const device = 'to a null device';
  return [
    atLeast(`one thread beside @faker-js/faker, ${device}`, 300, against('faker', 'device'), times),
    atLeast(`one thread beside DuckDB on one thread, ${device}`, 60, against('duckdb', 'device'), times),
    atLeast(`one thread beside the C limit, ${device}`, 0.6, against('c', 'device'), percent),
    atLeast(`one thread beside seedfaker, ${device}`, 1, against('seedfaker', 'device'), times),
    atLeast('one thread beside seedfaker, to a file', 1, against('seedfaker', 'file'), times),
    atLeast(
      'two threads beside one, rows a second',
      1.7,
      ratioOf(of('datamaker', 2)?.device ?? [], ours.device, perSecond),
      times,
    ),
  ];
}
