import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atMost } from './at-most.ts';
import { basePackages, besides, NEWEST_BASE } from './base-packages.ts';
import { buildEnvironment } from './build-environment.ts';
import { EnvironmentError } from './environment-error.ts';
import { type EnvironmentLock, keyOf, type LockedPackage, sorted } from './environment-lock.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import { EnvironmentShelf, type HeldEnvironment } from './environment-shelf.ts';
import { packageIndex } from './package-index.ts';
import { type PythonFacts, pythonFacts } from './python-facts.ts';
import { pythonFits } from './python-fits.ts';
import type { EnvironmentTool } from './tools/environment-tool.ts';
import { findTool } from './tools/find-tool.ts';

/** What a program says that it needs. */
export interface EnvironmentNeeds {
  /** PEP 508; checked: no options, no addresses. */
  readonly requirements: readonly string[];
  /** PEP 440. */
  readonly requiresPython: string | null;
}

/** An environment that stays until it is released. */
export interface PlacedEnvironment {
  /** To be mounted where they say, read-only. */
  readonly mounts: readonly { readonly source: string; readonly target: string; readonly writable: false }[];
  /** The folder of programs, the interpreter among them, as it is seen inside. */
  readonly programs: string;
  /** What was done for it, in a line each, when something was. */
  readonly notes: readonly string[];
  release(): Promise<void>;
}

const GIB = 1024 ** 3;
const MAX_BYTES = 8 * GIB;
/** Of one set of packages. */
const MAX_ENVIRONMENT = 3 * GIB;
const LOCK_MS = 20_000;
/** For a run: nobody waits for an answer, and a first run may have much to fetch. */
const PATIENT_MS = 5 * 60_000;
const BUILD_MS = 10 * 60_000;
const AT_ONCE = 2;
/** A base that could not be made is not tried again for so long: every run would wait for it. */
const REMEMBER_MS = 5 * 60_000;
const INSIDE = '/opt/datamaker/environments';

/** What does not fit to the versions of the base may fit without them. */
const MAY_FIT_WITHOUT_BASE: ReadonlySet<string> = new Set([
  'dependency_conflict',
  'dependency_version_not_found',
  'dependency_without_wheel',
  'dependency_python',
]);

/** Environments of scenarios on this host: finds versions, installs them once, and keeps them. */
export class Environments {
  readonly #root: string;
  readonly #settings: EnvironmentSettings;
  readonly #shelf: EnvironmentShelf;
  readonly #index: ReturnType<typeof packageIndex>;
  readonly #stop = new AbortController();
  readonly #locking = atMost(AT_ONCE);
  readonly #building = atMost(AT_ONCE);
  readonly #tools = new Map<string, Promise<EnvironmentTool>>();
  readonly #underWay = new Set<Promise<unknown>>();
  #baseFailed: { readonly error: EnvironmentError; readonly until: number } | undefined;

  private constructor(root: string, settings: EnvironmentSettings) {
    this.#root = root;
    this.#settings = settings;
    this.#shelf = new EnvironmentShelf(root, settings.maxBytes ?? MAX_BYTES);
    this.#index = packageIndex(settings.index, process.env);
  }

  /** @param root a folder of this server, of which scenarios only ever see single environments */
  static async open(root: string, settings: EnvironmentSettings = {}): Promise<Environments> {
    const environments = new Environments(root, settings);
    await environments.#shelf.sweep();
    return environments;
  }

  /** Ends what is under way, and waits until it has ended. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#underWay);
  }

  #track<T>(promise: Promise<T>): Promise<T> {
    this.#underWay.add(promise);
    const done = (): void => void this.#underWay.delete(promise);
    promise.then(done, done);
    return promise;
  }

  /**
   * Finds versions. Nothing is installed, and no package executes anything.
   * @param python path or name of the interpreter
   * @throws EnvironmentError
   */
  lock = (needs: EnvironmentNeeds, python: string, isPatient = false): Promise<EnvironmentLock> =>
    this.#track(this.#lock(needs, python, isPatient));

  async #lock(needs: EnvironmentNeeds, python: string, isPatient: boolean): Promise<EnvironmentLock> {
    const facts = await pythonFacts(python);
    refuseOtherPython(needs, facts);
    const base = this.#settings.preinstalled === false ? null : NEWEST_BASE;
    return this.#resolve(needs.requirements, base, [], facts, isPatient);
  }

  /**
   * Gives the environment of a lock, which is made when it is not there.
   * @param lock null: only what is pre-installed
   * @param python path of the interpreter
   * @returns undefined when the interpreter as it is on the host will do
   * @throws EnvironmentError
   */
  place = (
    needs: EnvironmentNeeds,
    lock: EnvironmentLock | null,
    python: string,
  ): Promise<PlacedEnvironment | undefined> => this.#track(this.#place(needs, lock, python));

  async #place(
    needs: EnvironmentNeeds,
    lock: EnvironmentLock | null,
    python: string,
  ): Promise<PlacedEnvironment | undefined> {
    const facts = await pythonFacts(python);
    refuseOtherPython(needs, facts);
    if (lock === null) return this.#placeBase(facts);
    const notes: string[] = [];
    const fitting = await this.#fitting(needs, lock, facts, notes);
    const base = fitting.base === null ? undefined : await this.#takeBase(fitting.base, facts);
    try {
      const held = await this.#take(fitting.packages, base?.key ?? null, facts);
      if (held.isNew) notes.push(`installed ${fitting.packages.length} packages`);
      return placed(base === undefined ? [held] : [held, base], notes);
    } catch (error) {
      await base?.release();
      throw error;
    }
  }

  /** Where packages cannot be had the standard library is still there, and a program may need no more. */
  async #placeBase(facts: PythonFacts): Promise<PlacedEnvironment | undefined> {
    if (this.#settings.preinstalled === false) return undefined;
    try {
      const held = await this.#takeBase(NEWEST_BASE, facts);
      return placed([held], held.isNew ? ['installed the packages that all scenarios find'] : []);
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      const notes = [`the packages that all scenarios find are not there: ${error.message}. ${error.hint}`];
      return { mounts: [], programs: '', notes, release: async () => undefined };
    }
  }

  async #takeBase(name: string, facts: PythonFacts): Promise<HeldEnvironment> {
    const failed = this.#baseFailed;
    if (failed !== undefined && Date.now() < failed.until) throw failed.error;
    const { packages } = await basePackages(name);
    try {
      const held = await this.#take(packages, null, facts);
      this.#baseFailed = undefined;
      return held;
    } catch (error) {
      if (error instanceof EnvironmentError) this.#baseFailed = { error, until: Date.now() + REMEMBER_MS };
      throw error;
    }
  }

  #take(packages: readonly LockedPackage[], base: string | null, python: PythonFacts): Promise<HeldEnvironment> {
    return this.#shelf.take(keyOf(python, packages, base), (folder) =>
      this.#building(async () => {
        const tool = await this.#tool(python);
        const place = await this.#shelf.temporary();
        try {
          const bounds = { maxMs: BUILD_MS, maxBytes: MAX_ENVIRONMENT, signal: this.#stop.signal };
          await buildEnvironment(tool, { python, packages, base, folder, place, ...bounds });
          await tool.shrink();
        } finally {
          await rm(place, { recursive: true, force: true });
        }
      }),
    );
  }

  /** A lock that was made for another Python or system keeps its versions here as far as they fit. Found again without the index. */
  async #fitting(
    { requirements }: EnvironmentNeeds,
    lock: EnvironmentLock,
    facts: PythonFacts,
    notes: string[],
  ): Promise<EnvironmentLock> {
    if (lock.python === facts.minor && lock.platform === facts.platform) return lock;
    notes.push(
      `locked for Python ${lock.python} on ${lock.platform}, and locked anew for ${facts.minor} on ${facts.platform}`,
    );
    const name = createHash('sha256')
      .update(JSON.stringify([lock, facts]))
      .digest('hex');
    const file = join(this.#root, 'locks', `${name}.json`);
    const known = await readFile(file, 'utf8').catch(() => undefined);
    if (known !== undefined) return JSON.parse(known) as EnvironmentLock;
    const again = (keepTo: readonly LockedPackage[]) => this.#resolve(requirements, lock.base, keepTo, facts, true);
    const found = await again(lock.packages).catch((error: unknown) => {
      if (error instanceof EnvironmentError && MAY_FIT_WITHOUT_BASE.has(error.code)) return again([]);
      throw error;
    });
    await mkdir(join(this.#root, 'locks'), { recursive: true });
    const made = `${file}.${process.pid}`;
    await writeFile(made, JSON.stringify(found));
    await rename(made, file);
    return found;
  }

  /** On top of the base where that goes, else by itself with newer or older versions of what the base has. */
  async #resolve(
    requirements: readonly string[],
    baseName: string | null,
    keepTo: readonly LockedPackage[],
    facts: PythonFacts,
    isPatient: boolean,
  ): Promise<EnvironmentLock> {
    const made = { python: facts.minor, platform: facts.platform };
    const find = (wanted: readonly string[], kept: readonly LockedPackage[]) =>
      this.#find(wanted, kept, facts, isPatient);
    if (requirements.length === 0) return { ...made, base: baseName, packages: [] };
    if (baseName === null) return { ...made, base: null, packages: await find(requirements, keepTo) };
    const base = await basePackages(baseName);
    try {
      const found = await find(requirements, [...base.packages, ...keepTo]);
      return { ...made, base: baseName, packages: besides(found, base.packages) };
    } catch (error) {
      if (!(error instanceof EnvironmentError) || !MAY_FIT_WITHOUT_BASE.has(error.code)) throw error;
      const packages = await find([...requirements, ...base.requirements], keepTo);
      return { ...made, base: null, packages };
    }
  }

  async #find(
    requirements: readonly string[],
    keepTo: readonly LockedPackage[],
    python: PythonFacts,
    isPatient: boolean,
  ): Promise<LockedPackage[]> {
    const until = Date.now() + (isPatient ? PATIENT_MS : (this.#settings.lockMs ?? LOCK_MS));
    const tool = await this.#tool(python);
    return this.#locking(async () => {
      if (this.#stop.signal.aborted || Date.now() >= until) {
        throw new EnvironmentError('environment_timeout', 'nobody had time to find the packages', 'Try again.');
      }
      const folder = await this.#shelf.temporary();
      try {
        const place = { folder, maxMs: Math.max(1, until - Date.now()), signal: this.#stop.signal };
        const found = await tool.lock({ python, requirements, keepTo }, place);
        const loose = found.find(({ hashes }) => hashes.length === 0);
        if (loose === undefined) return sorted(found);
        const why = `the index tells no hash of ${loose.name} ${loose.version}`;
        throw new EnvironmentError('dependency_refused', why, 'Take a version that it tells one of.');
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  }

  #tool(python: PythonFacts): Promise<EnvironmentTool> {
    const known = this.#tools.get(python.executable);
    if (known !== undefined) return known;
    const { tool = 'auto', uv } = this.#settings;
    const finding = findTool(
      { tool, uv, root: this.#root, index: this.#index, maxBytes: this.#settings.maxBytes ?? MAX_BYTES },
      python,
    );
    this.#tools.set(python.executable, finding);
    // What is missing may be installed meanwhile.
    finding.catch(() => this.#tools.delete(python.executable));
    return finding;
  }
}

function refuseOtherPython({ requiresPython }: EnvironmentNeeds, { version }: PythonFacts): void {
  if (requiresPython === null || pythonFits(version, requiresPython)) return;
  throw new EnvironmentError(
    'dependency_python',
    `the code wants Python ${requiresPython}, and this server has ${version}`,
    'Change requires-python, or have the operator install another Python.',
  );
}

function placed(held: readonly HeldEnvironment[], notes: readonly string[]): PlacedEnvironment {
  const inside = (key: string): string => `${INSIDE}/${key}`;
  return {
    mounts: held.map(({ key, path }) => ({ source: path, target: inside(key), writable: false })),
    programs: `${inside(held[0]?.key ?? '')}/bin`,
    notes,
    release: async () => {
      for (const one of held) await one.release();
    },
  };
}
