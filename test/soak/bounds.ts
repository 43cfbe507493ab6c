import { median } from '../bench/statistics.ts';

/** How much there was of everything at one time. */
export interface Sample {
  /** Acts of the load so far. */
  readonly acts: number;
  /** Of each process, by its name: resident bytes, and open files and sockets. */
  readonly processes: Readonly<Record<string, { readonly memory: number; readonly handles: number }>>;
  /** Bytes of the database. */
  readonly database: number;
}

const MIB = 1024 * 1024;
/** What of the last quarter may be more than of the second one: in the first all is being compiled and filled. */
export const BOUNDS = {
  /** Of memory: a share, and something besides. */
  memoryShare: 0.1,
  memory: 32 * MIB,
  handles: 20,
  /** Of the database for each act: records of runs and the audit log stay by design, rows of what was deleted do not. */
  databasePerAct: 12 * 1024,
  /** Of the acts of one kind: the share that did not begin, as too many before them had not ended. */
  lateShare: 0.1,
} as const;

/** What has grown beyond its bound, a line each. @param samples of equal distance @throws Error when there are too few */
export function grown(samples: readonly Sample[]): string[] {
  const quarter = Math.floor(samples.length / 4);
  if (quarter < 2) throw new Error('there are too few samples: soak for longer');
  const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
  const lines: string[] = [];
  for (const name of Object.keys(samples[0]?.processes ?? {})) {
    const of = (some: readonly Sample[], what: 'memory' | 'handles'): number =>
      median(some.map(({ processes }) => processes[name]?.[what] ?? Number.NaN));
    const [before, after] = [of(early, 'memory'), of(late, 'memory')];
    // Written so that what could not be measured has grown.
    if (!(after <= before * (1 + BOUNDS.memoryShare) + BOUNDS.memory)) {
      lines.push(`memory of the ${name}: from ${mebibytes(before)} to ${mebibytes(after)}`);
    }
    const [opened, open] = [of(early, 'handles'), of(late, 'handles')];
    if (!(open <= opened + BOUNDS.handles)) lines.push(`handles of the ${name}: from ${opened} to ${open}`);
  }
  const [first, last] = [early[0], late.at(-1)] as [Sample, Sample];
  const perAct = (last.database - first.database) / Math.max(1, last.acts - first.acts);
  if (!(perAct <= BOUNDS.databasePerAct)) lines.push(`the database: ${Math.round(perAct)} bytes for each act`);
  return lines;
}

/** Acts of one kind: those that came to their end, and those that were left out. */
export interface Count {
  readonly done: number;
  readonly late: number;
}

/** Of which kinds too few came to their end, a line each: a server that is slower than its load has not borne it. */
export function leftOut(counts: ReadonlyMap<string, Count>): string[] {
  const lines: string[] = [];
  for (const [name, { done, late }] of counts) {
    if (done === 0) lines.push(`${name}: not one has come to its end`);
    else if (!(late <= BOUNDS.lateShare * (done + late))) {
      lines.push(`${name}: ${late} of ${done + late} were left out, as those before them had not ended`);
    }
  }
  return lines;
}

export const mebibytes = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;
