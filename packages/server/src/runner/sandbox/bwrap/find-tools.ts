import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { SandboxError } from '../sandbox.ts';

const run = promisify(execFile);

/** Programs of the host that a sandbox is started with, as absolute paths. */
export interface Tools {
  readonly bwrap: string;
  readonly version: string;
  /** Drops to another user; from util-linux like the next two. */
  readonly setpriv: string;
  readonly unshare: string;
  /** Sets limits; called inside, so it has to lie in /usr or /bin. */
  readonly prlimit: string;
}

/** bubblewrap can forbid namespaces of users within the sandbox from here on (--disable-userns). */
const DISABLES_USER_NAMESPACES = [0, 8];

/** @throws SandboxError when a program is missing, or bubblewrap is one that cannot be used */
export async function findTools(): Promise<Tools> {
  const bwrap = find('bwrap', 'bubblewrap');
  // Installed setuid it is root at exec, whoever calls it.
  if ((statSync(bwrap).mode & 0o4000) !== 0) {
    throw new SandboxError(
      'sandbox_missing',
      `${bwrap} is setuid root, so that a sandbox would be made with more rights than it needs.`,
      `Take the bit away (chmod u-s ${bwrap}) and allow user namespaces (sysctl kernel.unprivileged_userns_clone=1 where there is such a setting).`,
    );
  }
  return {
    bwrap,
    version: (await run(bwrap, ['--version'])).stdout.trim().replace(/^bubblewrap /, ''),
    setpriv: find('setpriv', 'util-linux'),
    unshare: find('unshare', 'util-linux'),
    prlimit: find('prlimit', 'util-linux'),
  };
}

/** Whether that version of bubblewrap can forbid user namespaces by itself; the filter of system calls does so in any case. */
export function disablesUserNamespaces(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > DISABLES_USER_NAMESPACES[0]! || minor >= DISABLES_USER_NAMESPACES[1]!;
}

function find(name: string, debianPackage: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/bin', '/usr/sbin', '/sbin'];
  for (const folder of folders) {
    if (!folder.startsWith('/')) continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  throw new SandboxError(
    'sandbox_missing',
    `The program ${name} is not there, and without it scenarios cannot be isolated.`,
    `Install it (Debian: apt-get install ${debianPackage}).`,
  );
}
