import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskUse } from '../../sandbox/disk-use.ts';
import { type BoundedEnd, runBounded } from '../bounded-process.ts';
import { EnvironmentError } from '../environment-error.ts';
import { type LockedPackage, requirementLines, sorted } from '../environment-lock.ts';
import type { PackageIndex } from '../package-index.ts';
import type { PythonFacts } from '../python-facts.ts';
import type { EnvironmentTool, InstallOrder, LockOrder, Workplace } from './environment-tool.ts';
import { nameFailure } from './name-failure.ts';
import { PIP_PROGRAM } from './pip-program.ts';
import type { WheelStore } from './wheel-store.ts';

interface Pip {
  /** The folder that pip is imported from. */
  readonly modules: string;
  readonly version: string;
  readonly index: PackageIndex;
  /** Wheels that fit to the Python that it is for. */
  readonly store: WheelStore;
  /** Of pip itself: what it fetched before it was ended is there the next time. */
  readonly cache: string;
  readonly maxBytes: number;
}

/** `Collecting one@ https://…` and `Processing /tmp/one.whl` in what pip prints; from an index it is `Collecting one>=1`. */
const FROM_ELSEWHERE = /^\s*(?:Collecting ([\w.-]+)[^\n]* ?@ |Processing (?=\S*[/:]))/m;

/** Packages by the pip that comes with Python (ensurepip). It resolves by fetching wheels, so that a lock is of files that are there. */
export class PipTool implements EnvironmentTool {
  readonly name = 'pip';
  readonly version: string;
  readonly #pip: Pip;

  constructor(pip: Pip) {
    this.version = pip.version;
    this.#pip = pip;
  }

  async lock({ python, requirements, keepTo }: LockOrder, place: Workplace): Promise<LockedPackage[]> {
    const wanted = join(place.folder, 'requirements.in');
    await writeFile(wanted, `${requirements.join('\n')}\n`);
    const kept = join(place.folder, 'constraints.txt');
    await writeFile(kept, requirementLines(keepTo.map((one) => ({ ...one, hashes: [] }))));
    return sorted(await this.#fetch(python, ['-c', kept, '-r', wanted], place));
  }

  async install({ python, packages, environment }: InstallOrder, place: Workplace): Promise<void> {
    const lines = join(place.folder, 'lock.txt');
    await writeFile(lines, requirementLines(packages));
    const wheels = join(place.folder, 'wheels');
    await mkdir(wheels);
    const { store } = this.#pip;
    const missing = await store.give(packages, wheels);
    if (missing.length > 0) {
      const rest = join(place.folder, 'missing.txt');
      await writeFile(rest, requirementLines(missing));
      await this.#fetch(python, ['--no-deps', '--require-hashes', '-r', rest], place);
      await store.give(missing, wheels);
    }
    const end = await this.#run(
      join(environment, 'bin', 'python'),
      [
        ...['install', '--no-index', '--find-links', wheels, '--no-deps', '--require-hashes', '--no-compile'],
        ...['--only-binary', ':all:', '--no-warn-script-location', '-r', lines],
      ],
      { folder: environment, maxBytes: this.#pip.maxBytes },
      place,
    );
    if (end.code !== 0) throw nameFailure(end, python, this.#pip.index.hide);
  }

  async shrink(): Promise<void> {
    const { store, cache, maxBytes } = this.#pip;
    await store.shrink(maxBytes);
    if ((await diskUse([cache], maxBytes)).bytes > maxBytes) await rm(cache, { recursive: true, force: true });
  }

  /** Has wheels fetched into the store. @returns what they are */
  async #fetch(python: PythonFacts, what: readonly string[], place: Workplace): Promise<LockedPackage[]> {
    const fetched = join(place.folder, 'fetched');
    await mkdir(fetched, { recursive: true });
    const end = await this.#run(
      python.executable,
      // -vv: says which files it left out, and why.
      ['download', '-vv', '--only-binary', ':all:', '-d', fetched, ...what],
      { folder: place.folder, maxBytes: this.#pip.maxBytes },
      place,
    );
    // pip goes wherever a package of the index says that another one is to be had from.
    const elsewhere = FROM_ELSEWHERE.exec(end.stdout);
    if (elsewhere !== null) {
      const why = `a package asks for what none may: ${elsewhere[1] ?? 'one'} from an address or a file`;
      throw new EnvironmentError('dependency_refused', why, 'Use another package, or another version of it.');
    }
    if (end.code !== 0) throw nameFailure(end, python, this.#pip.index.hide);
    return this.#pip.store.take(fetched);
  }

  async #run(
    python: string,
    more: readonly string[],
    grows: { folder: string; maxBytes: number },
    { folder, maxMs, signal }: Workplace,
  ): Promise<BoundedEnd> {
    const { modules, index, cache } = this.#pip;
    const home = join(folder, 'home');
    await mkdir(home, { recursive: true });
    return runBounded({
      argv: [python, '-I', '-c', PIP_PROGRAM, modules, ...more],
      cwd: folder,
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        LANG: 'C.UTF-8',
        HOME: home,
        TMPDIR: home,
        PIP_NO_INPUT: '1',
        PIP_NO_COLOR: '1',
        PIP_CACHE_DIR: cache,
        PIP_DISABLE_PIP_VERSION_CHECK: '1',
        PIP_PROGRESS_BAR: 'off',
        PIP_ROOT_USER_ACTION: 'ignore',
        PIP_RETRIES: '1',
        PIP_DEFAULT_TIMEOUT: '15',
        ...index.env,
        ...(index.isSet ? { PIP_CONFIG_FILE: '/dev/null' } : {}),
      },
      maxMs,
      grows,
      signal,
    });
  }
}
