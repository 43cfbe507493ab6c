import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskUse } from '../../sandbox/disk-use.ts';
import { type BoundedEnd, runBounded } from '../bounded-process.ts';
import { type LockedPackage, normalName, requirementLines } from '../environment-lock.ts';
import type { PackageIndex } from '../package-index.ts';
import type { EnvironmentTool, InstallOrder, LockOrder, Workplace } from './environment-tool.ts';
import { nameFailure } from './name-failure.ts';

interface Uv {
  readonly path: string;
  readonly version: string;
  readonly index: PackageIndex;
  /** uv's own cache, which any number of processes may share; it knows the hash of each wheel in it. */
  readonly cache: string;
  readonly maxBytes: number;
}

const CLEAN_MS = 120_000;

/** Packages by uv (Astral). */
export class UvTool implements EnvironmentTool {
  readonly name = 'uv';
  readonly version: string;
  readonly #uv: Uv;

  constructor(uv: Uv) {
    this.version = uv.version;
    this.#uv = uv;
  }

  async lock({ python, requirements, keepTo }: LockOrder, place: Workplace): Promise<LockedPackage[]> {
    const wanted = join(place.folder, 'requirements.in');
    await writeFile(wanted, `${requirements.join('\n')}\n`);
    const kept = join(place.folder, 'constraints.txt');
    await writeFile(kept, requirementLines(keepTo.map((one) => ({ ...one, hashes: [] }))));
    const end = await this.#run(
      [
        'compile',
        '--python',
        python.executable,
        '--generate-hashes',
        '--no-header',
        '--no-annotate',
        '-c',
        kept,
        wanted,
      ],
      place,
    );
    if (end.code !== 0) throw nameFailure(end, python, this.#uv.index.hide);
    return lockedIn(end.stdout);
  }

  async install({ python, packages, environment }: InstallOrder, place: Workplace): Promise<void> {
    const lines = join(place.folder, 'lock.txt');
    await writeFile(lines, requirementLines(packages));
    const arguments_ = [
      ...['install', '--python', join(environment, 'bin', 'python'), '--no-deps', '--require-hashes'],
      // A link would lead from an environment into the cache.
      ...['--link-mode', 'copy', '-r', lines],
    ];
    // What is in the cache needs no index; with a network uv would look whether it is still the same.
    const offline = await this.#run([...arguments_, '--offline'], place);
    if (offline.code === 0) return;
    if (offline.how !== 'exited') throw nameFailure(offline, python, this.#uv.index.hide);
    const end = await this.#run(arguments_, place);
    if (end.code !== 0) throw nameFailure(end, python, this.#uv.index.hide);
  }

  async shrink(): Promise<void> {
    const { path, cache, maxBytes } = this.#uv;
    if ((await diskUse([cache], maxBytes)).bytes <= maxBytes) return;
    // uv itself knows who else uses the cache.
    const env = { HOME: cache, UV_CACHE_DIR: cache };
    await runBounded({ argv: [path, 'cache', 'clean', '--quiet'], cwd: cache, env, maxMs: CLEAN_MS });
  }

  async #run(more: readonly string[], { folder, maxMs, signal }: Workplace): Promise<BoundedEnd> {
    const { path, index, cache, maxBytes } = this.#uv;
    const home = join(folder, 'home');
    await mkdir(home, { recursive: true });
    return runBounded({
      argv: [path, 'pip', ...more, '--only-binary', ':all:', '--quiet', ...(index.isSet ? ['--no-config'] : [])],
      cwd: folder,
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        LANG: 'C.UTF-8',
        HOME: home,
        TMPDIR: home,
        UV_CACHE_DIR: cache,
        UV_PYTHON_DOWNLOADS: 'never',
        UV_NO_PROGRESS: '1',
        UV_HTTP_TIMEOUT: '15',
        UV_HTTP_RETRIES: '1',
        UV_KEYRING_PROVIDER: 'disabled',
        NO_COLOR: '1',
        ...index.env,
      },
      maxMs,
      grows: { folder: cache, maxBytes },
      signal,
    });
  }
}

/** Reads `name==version \` and the lines with hashes that follow it. */
function lockedIn(text: string): LockedPackage[] {
  const found: { name: string; version: string; hashes: string[] }[] = [];
  for (const line of text.split('\n')) {
    const start = /^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)/.exec(line);
    if (start !== null) found.push({ name: normalName(start[1] ?? ''), version: start[2] ?? '', hashes: [] });
    const hash = /--hash=sha256:([0-9a-f]{64})/.exec(line)?.[1];
    if (hash !== undefined) found.at(-1)?.hashes.push(hash);
  }
  return found;
}
