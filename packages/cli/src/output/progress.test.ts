import { describe, expect, it } from 'vitest';
import { Progress } from './progress.ts';

/** A progress bar with a clock that the test moves, and what it has written. */
function bar(total: number, columns = 80) {
  const written: string[] = [];
  const clock = { now: 0 };
  const progress = new Progress(total, { write: (text) => written.push(text), columns }, () => clock.now);
  return { progress, written, clock };
}

describe('Progress', () => {
  it('draws at most ten times a second', () => {
    const { progress, written, clock } = bar(1000);
    for (clock.now = 0; clock.now <= 1000; clock.now += 1) progress.update(clock.now, clock.now);
    expect(written).toHaveLength(10);
  });

  it('shows share, rows, speed, size and time to go', () => {
    const { progress, written, clock } = bar(4_000_000);
    clock.now = 2000;
    progress.update(1_000_000, 296_000_000);
    expect(written).toEqual(['\r[####............]  25 %  1,000,000 rows  500 k rows/s  ETA 0:06  296 MB\x1b[K']);
  });

  it('knows no time to go before the first row', () => {
    const { progress, written, clock } = bar(10);
    clock.now = 500;
    progress.update(0, 0);
    expect(written[0]).toContain('ETA --:--');
  });

  it('never fills the last column, where a terminal would wrap', () => {
    const { progress, written, clock } = bar(10, 20);
    clock.now = 500;
    progress.update(5, 5);
    expect(written[0]).toBe('\r[########........] \x1b[K');
  });

  it('leaves one line behind, and none when it is only taken away', () => {
    const { progress, written, clock } = bar(1000);
    clock.now = 1500;
    progress.update(10, 10);
    progress.clear();
    progress.clear();
    expect(written.slice(1)).toEqual(['\r\x1b[K']);
    progress.finish(1000, 1500, 'out.csv');
    expect(written.at(-1)).toBe('1,000 rows, 1.50 kB in 1.50 s, 667 rows/s -> out.csv\n');
  });
});
