import { spawn } from 'node:child_process';
import { DEFAULT_LIMITS } from '../../../packages/server/src/runner/sandbox/limits.ts';
import { openSandbox } from '../../../packages/server/src/runner/sandbox/open-sandbox.ts';
import type { Options } from '../options.ts';
import { median, quantile } from '../statistics.ts';
import { below } from '../targets.ts';
import { textTable } from '../text-table.ts';
import { type Figure, milliseconds } from './figure.ts';
import { printed } from './printed.ts';
import { startsWithPackages } from './starts-with-packages.ts';

const PROGRAM = ['-I', '-c', 'print("here")'];

/** How long it takes until a program in a sandbox has printed its first line, beside the same program without one. */
export async function sandbox({ quick }: Options): Promise<Figure> {
  const opening = performance.now();
  const driver = await openSandbox({ driver: 'auto', exposure: { workspaces: 1, listensOnLoopbackOnly: true } });
  const opened = performance.now() - opening;
  const { python, probes } = await driver.report();
  const times: Record<string, number[]> = { 'Python alone': [], 'in a sandbox': [], 'in a sandbox, to its end': [] };
  const rounds = quick ? 20 : 200;
  for (let round = -3; round < rounds; round++) {
    const alone = await printed(async () => {
      const child = spawn(python.executable, PROGRAM, { stdio: ['ignore', 'pipe', 'ignore'], env: {} });
      return { stdout: child.stdout, ended: new Promise((resolve) => child.once('close', resolve)) };
    });
    const inside = await printed(() =>
      driver.start({ argv: [python.executable, ...PROGRAM], env: {}, cwd: '/tmp', mounts: [], limits: DEFAULT_LIMITS }),
    );
    if (round < 0) continue;
    times['Python alone']?.push(alone.first);
    times['in a sandbox']?.push(inside.first);
    times['in a sandbox, to its end']?.push(inside.end);
  }
  Object.assign(times, await startsWithPackages(driver, quick ? 10 : 60));
  const figures = Object.entries(times).map(([name, of]) => ({ name, median: median(of), p95: quantile(of, 0.95) }));
  const p95 = (name: string): number => figures.find((figure) => figure.name === name)?.p95 ?? Number.NaN;
  const table = textTable(
    ['first line of Python', 'median ms', 'p95 ms'],
    figures.map((figure) => [figure.name, figure.median.toFixed(1), figure.p95.toFixed(1)]),
  );
  return {
    text: `${table}\nopening the sandbox, ${probes} probes tried: ${milliseconds(opened)}`,
    data: { figures, opened, probes },
    targets: [
      below('sandbox, first line of Python, p95', 120, p95('in a sandbox'), milliseconds),
      below('scenario with locked packages, cold, p95', 1000, p95('with packages, cold'), milliseconds),
      below('scenario with locked packages, warm, p95', 250, p95('with packages, warm'), milliseconds),
    ],
  };
}
