import { execFileSync } from 'node:child_process';

/** Who PostgreSQL runs as, when it cannot be who started the server: it refuses to run as root. */
export interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

/** Undefined unless the server runs as root. The user `nobody` exists on every system; it owns nothing but the cluster. */
export function unprivilegedUser(): UnprivilegedUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim());
  return { uid: idOf('-u'), gid: idOf('-g') };
}
