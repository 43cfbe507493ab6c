import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EnvironmentError } from '../environment-error.ts';
import type { PackageIndex } from '../package-index.ts';
import type { PythonFacts } from '../python-facts.ts';
import type { EnvironmentTool } from './environment-tool.ts';
import { PipTool } from './pip-tool.ts';
import { UvTool } from './uv-tool.ts';
import { WheelStore } from './wheel-store.ts';

const run = promisify(execFile);

export interface ToolSettings {
  /** `auto`: uv where it is installed, else pip. */
  readonly tool: 'auto' | 'uv' | 'pip';
  readonly uv?: string | undefined;
  /** Folder of all that is kept for environments. */
  readonly root: string;
  readonly index: PackageIndex;
  /** Most bytes that one set of packages may take on the disk, and a cache of wheels. */
  readonly maxBytes: number;
}

/**
 * Finds what packages are installed with on this host.
 * @throws EnvironmentError environment_tools_missing
 */
export async function findTool(settings: ToolSettings, python: PythonFacts): Promise<EnvironmentTool> {
  const { tool, root, index, maxBytes } = settings;
  const uv = tool === 'pip' ? undefined : await findUv(settings.uv);
  if (uv !== undefined) return new UvTool({ ...uv, index, cache: join(root, 'cache', 'uv'), maxBytes });
  if (tool === 'uv') throw missing('uv is not installed');
  const store = new WheelStore(join(root, 'cache', 'wheels', `${python.minor}-${python.platform}`));
  const own = await ownPip(join(root, 'tools'), python);
  return new PipTool({ ...own, index, store, cache: join(root, 'cache', 'pip'), maxBytes });
}

async function findUv(given?: string): Promise<{ path: string; version: string } | undefined> {
  for (const folder of given !== undefined
    ? [dirname(given)]
    : [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/bin', '/usr/bin']) {
    if (!folder.startsWith('/')) continue;
    const path = join(folder, 'uv');
    try {
      accessSync(path, constants.X_OK);
      const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
      return { path, version: /\d+\.\d+\S*/.exec(stdout)?.[0] ?? 'unknown' };
    } catch {}
  }
  return undefined;
}

/** Python brings a wheel of pip along, in one of these places: its own, that of Debian, that of Fedora. */
const UNPACK = `import ensurepip, glob, os, sys, sysconfig, zipfile
folders = [os.path.join(os.path.dirname(ensurepip.__file__), "_bundled"), "/usr/share/python-wheels", sysconfig.get_config_var("WHEEL_PKG_DIR")]
wheels = [wheel for folder in folders if folder for wheel in sorted(glob.glob(os.path.join(folder, "pip-*.whl")))]
zipfile.ZipFile(wheels[0]).extractall(sys.argv[1])`;

/** A pip of our own, from what Python brings along: that of the host may be anything. Made once, and found then. */
async function ownPip(folder: string, python: PythonFacts): Promise<{ modules: string; version: string }> {
  const home = join(folder, `pip-${python.version}`);
  return (await pipIn(home)) ?? (await makePip(folder, home, python));
}

async function makePip(
  folder: string,
  home: string,
  python: PythonFacts,
): Promise<{ modules: string; version: string }> {
  await mkdir(folder, { recursive: true });
  const made = await mkdtemp(join(folder, 'new-'));
  try {
    await run(python.executable, ['-I', '-c', UNPACK, made], {
      timeout: 120_000,
      env: { LANG: 'C.UTF-8', HOME: made },
    });
    // Another process may have been quicker.
    await rename(made, home).catch(() => undefined);
    const found = await pipIn(home);
    if (found !== undefined) return found;
  } catch {
  } finally {
    await rm(made, { recursive: true, force: true });
  }
  throw missing(`Python ${python.version} brings no pip along`);
}

async function pipIn(modules: string): Promise<{ modules: string; version: string } | undefined> {
  const names = await readdir(modules).catch(() => []);
  const version = names.map((name) => /^pip-(.+)\.dist-info$/.exec(name)?.[1]).find((one) => one !== undefined);
  return version === undefined ? undefined : { modules, version };
}

const missing = (why: string): EnvironmentError =>
  new EnvironmentError(
    'environment_tools_missing',
    `packages cannot be installed on this server: ${why}`,
    'The operator installs uv, or what venv needs (Debian: apt-get install python3-venv).',
  );
