import { FD } from './bwrap-arguments.ts';
import type { Tools } from './find-tools.ts';

/** How the server's process becomes one that may make a sandbox. */
export interface Launch {
  readonly tools: Tools;
  /** User and group to become, when the server is root; undefined when it is an ordinary user and stays it. */
  readonly uid: number | undefined;
  /**
   * An empty folder, when the server is root: in a mount namespace of the launcher alone, sources are mounted there as 0, 1, 2…, so
   * that the other user reaches them although the way to them is closed to it.
   */
  readonly stage: { readonly folder: string; readonly sources: readonly string[] } | undefined;
}

const STAGE = `set -eu
stage=$1
shift
mount -t tmpfs -o mode=0755,size=1m,nosuid,nodev none "$stage"
at=0
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then mkdir "$stage/$at"; else : > "$stage/$at"; fi
  mount --bind -- "$1" "$stage/$at"
  at=$((at + 1))
  shift
done
shift
exec "$@"`;

/**
 * The last thing before bubblewrap, as the user that it runs as. Whatever went wrong before, root never starts a sandbox:
 * sysctls of the host are its own there, read-only mounts or not.
 *
 * It asks for no signal when the server dies. Bubblewrap does so itself when its first process is made, and killed before that, it would leave
 * one that waits for it forever. Until then the gate is enough: it closes with the server, and the job does not begin.
 */
const GUARD = `while read -r key real effective rest; do
  if [ "$key" = Uid: ] || [ "$key" = Gid: ]; then
    if [ "$real" = 0 ] || [ "$effective" = 0 ]; then echo 'sandbox: refused, for it would be made by root' >&2; exit 126; fi
  fi
done < /proc/self/status
echo 1000 2>/dev/null > /proc/self/oom_score_adj
umask 077
exec "$@"`;

/** The command that starts a sandbox: private mounts and another user where the server is root, the guard, then bubblewrap. */
export function launchCommand({ tools, uid, stage }: Launch, command: readonly string[]): string[] {
  const drop =
    uid === undefined
      ? []
      : ['--reuid', String(uid), '--regid', String(uid), '--clear-groups', '--bounding-set=-all', '--inh-caps=-all'];
  const staged =
    stage === undefined
      ? []
      : [
          ...[tools.unshare, '--mount', '--propagation', 'private', '--'],
          ...['/bin/sh', '-c', STAGE, 'sandbox-stage', stage.folder, ...stage.sources, '--'],
        ];
  return [
    ...staged,
    ...[tools.setpriv, ...drop, '--no-new-privs', '--'],
    ...['/bin/sh', '-c', GUARD, 'sandbox-guard', tools.bwrap],
    ...['--args', String(FD.options), '--', ...command],
  ];
}
