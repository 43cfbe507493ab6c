import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Who PostgreSQL runs as, when it cannot be who started the server: it refuses to run as root. */
export interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

/** Undefined unless the server runs as root. The user `nobody` exists on every system; it owns nothing but the cluster. */
export function unprivilegedUser(): UnprivilegedUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return fromFile() ?? fromProgram();
}

/** A start does not wait for programs where users stand in a file. */
function fromFile(): UnprivilegedUser | undefined {
  try {
    const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
    return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
  } catch {
    return undefined;
  }
}

function fromProgram(): UnprivilegedUser {
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim());
  return { uid: idOf('-u'), gid: idOf('-g') };
}
