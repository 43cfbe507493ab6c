import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { coverInherited } from './inherited-files.ts';

it.runIf(process.platform === 'linux')('puts /dev/null in the place of what this process was started with open', () => {
  // Node, started with a further open file, tells its own child what it has.
  const program = `
    const { coverInherited } = await import(process.argv[1]);
    const { spawnSync } = await import('node:child_process');
    const covered = coverInherited(3);
    const list = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit', ...(process.argv[2] === 'cover' ? covered.stdio : [])] };
    console.log(spawnSync('readlink', ['/proc/self/fd/40'], list).stdout.trim());
    covered.close();`;
  const run = (mode: string): string =>
    spawnSync(
      'bash',
      [
        '-c',
        'exec 40</etc/hostname; exec "$@"',
        'bash',
        process.execPath,
        '--input-type=module',
        '-e',
        program,
        '--',
        new URL('inherited-files.ts', import.meta.url).href,
        mode,
      ],
      { encoding: 'utf8' },
    ).stdout.trim();
  expect(run('leave')).toBe('/etc/hostname');
  expect(run('cover')).toBe('/dev/null');
});

it('gives nothing where there is nothing', () => {
  expect(coverInherited(1_000_000).stdio).toEqual([]);
});
