import { existsSync, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { limitArguments } from '../limits.ts';
import type { HostPython, SandboxJob, SandboxMount } from '../sandbox.ts';

/** File descriptors by which the launcher gives things to bubblewrap, or hears of it. */
export const FD = { filter: 3, passwd: 4, group: 5, gate: 6, options: 7 } as const;

/** Who the job is inside, whatever it is outside. */
const INSIDE = 1000;
export const PASSWD = `scenario:x:${INSIDE}:${INSIDE}::/tmp:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n`;
export const GROUP = `scenario:x:${INSIDE}:\nnogroup:x:65534:\n`;

/**
 * What of /proc says things of the host that are none of a job's business. Docker and runc mask the same ones and fewer
 * (moby, oci/defaults.go), the rest is more of that kind.
 */
const MASKED = [
  'asound acpi scsi driver dma irq bus fs',
  'cmdline config.gz diskstats execdomains interrupts iomem ioports kallsyms kcore key-users keys kmsg kpagecount',
  'kpageflags kpagecgroup latency_stats locks mdstat misc modules mtrr partitions sched_debug schedstat slabinfo',
  'softirqs swaps sysrq-trigger timer_list vmallocinfo zoneinfo pagetypeinfo buddyinfo consoles crypto devices',
]
  .join(' ')
  .split(' ');

/** Bundles of certificates, by distribution. */
const CERTIFICATES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem'];

export interface BwrapPlan {
  readonly job: SandboxJob;
  readonly python: HostPython;
  readonly prlimit: string;
  /** Where a source of a mount is to be taken from: as it is, or where the launcher has put it. */
  readonly placed: (source: string) => string;
  /** Folders of the host that stay hidden although they lie in what is shown. */
  readonly hidden: readonly string[];
  readonly disableUserNamespaces: boolean;
}

/** What bubblewrap is told. */
export interface BwrapArguments {
  /** The profile of the sandbox. It goes by a pipe: arguments of a process are for everybody on the host to read, and there are tokens in it. */
  readonly options: readonly string[];
  readonly command: readonly string[];
}

export function bwrapArguments({
  job,
  python,
  prlimit,
  placed,
  hidden,
  disableUserNamespaces,
}: BwrapPlan): BwrapArguments {
  const { limits } = job;
  // Files in /tmp and /dev/shm are memory.
  const temporary = Math.min(limits.diskBytes, Math.floor(limits.memoryBytes / 2));
  const options = [
    ...['--unshare-user', '--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup'],
    ...(disableUserNamespaces ? ['--disable-userns'] : []),
    ...['--uid', String(INSIDE), '--gid', String(INSIDE), '--hostname', 'sandbox', '--cap-drop', 'ALL'],
    // A session of its own: no terminal to type into. Death of the server kills the sandbox.
    ...['--new-session', '--die-with-parent', '--seccomp', String(FD.filter)],
    ...systemFolders(),
    // Process 1 is bubblewrap, as the same user: by its memory a job could have it forget that it dies with the server.
    ...['--proc', '/proc', ...maskedProc(), '--tmpfs', '/proc/1', '--remount-ro', '/proc/1'],
    ...['--dev', '/dev', '--size', String(temporary), '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ...['--perms', '0755', '--dir', '/etc'],
    ...['--perms', '0444', '--ro-bind-data', String(FD.passwd), '/etc/passwd'],
    ...['--perms', '0444', '--ro-bind-data', String(FD.group), '/etc/group'],
    ...certificates(),
    // Which libraries there are and where: names of files in folders that are shown anyway.
    ...['--ro-bind-try', '/etc/ld.so.cache', '/etc/ld.so.cache'],
    ...[
      '--size',
      String(temporary),
      '--perms',
      '1777',
      '--tmpfs',
      '/tmp',
      '--dir',
      '/var',
      '--symlink',
      '/tmp',
      '/var/tmp',
    ],
    ...python.folders.flatMap((folder) => ['--ro-bind', placed(folder), folder]),
    ...byDepth(job.mounts).flatMap(({ source, target, writable }) => [
      writable ? '--bind' : '--ro-bind',
      placed(source),
      target,
    ]),
    ...hidden.filter((path) => isShown(path, python)).flatMap((path) => ['--tmpfs', path, '--remount-ro', path]),
    // The root is a tmpfs: writable, it would be memory without a bound.
    ...['--remount-ro', '/', '--chdir', job.cwd],
    ...['--clearenv', ...Object.entries(job.env).flatMap(([name, value]) => ['--setenv', name, value])],
  ];
  const limited = [prlimit, ...limitArguments(limits, limits.processes), '--'];
  return { options, command: [...limited, '/bin/sh', '-c', WAIT, 'sh', ...job.argv] };
}

/** Says that everything is in place and waits for leave, so that nothing of a job runs before its supervisor watches it. */
export const WAIT = `echo up >&${FD.gate}; read -r go <&${FD.gate} && exec "$@" ${FD.gate}>&- </dev/null; exit 125`;

/** /usr read-only, and what in the root are links into it, or folders of their own on older systems. */
function systemFolders(): string[] {
  const parts = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'].filter((path) => existsSync(path));
  return [
    ...['--ro-bind', '/usr', '/usr'],
    ...parts.flatMap((path) =>
      lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path],
    ),
  ];
}

function maskedProc(): string[] {
  return MASKED.map((name) => `/proc/${name}`)
    .filter((path) => existsSync(path))
    .flatMap((path) =>
      statSync(path).isDirectory() ? ['--tmpfs', path, '--remount-ro', path] : ['--ro-bind', '/dev/null', path],
    );
}

function certificates(): string[] {
  const found = CERTIFICATES.find((path) => existsSync(path));
  return found === undefined ? [] : ['--ro-bind', realpathSync(found), '/etc/ssl/certs/ca-certificates.crt'];
}

const byDepth = (mounts: readonly SandboxMount[]): SandboxMount[] =>
  [...mounts].sort((a, b) => a.target.split('/').length - b.target.split('/').length);

const isShown = (path: string, python: HostPython): boolean =>
  existsSync(path) && ['/usr', ...python.folders].some((folder) => path === folder || path.startsWith(`${folder}/`));
