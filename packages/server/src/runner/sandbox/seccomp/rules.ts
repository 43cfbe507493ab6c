import allowed from './data/allowed-calls.json' with { type: 'json' };
import numbers from './data/call-numbers.json' with { type: 'json' };

/** Architectures that filters are made for, as Node names them (`process.arch`). */
export type Architecture = 'x64' | 'arm64';

/** AUDIT_ARCH_* of linux/audit.h: what the kernel says a call was made as. */
export const AUDIT_ARCHITECTURE: Readonly<Record<Architecture, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };

/** Actions of linux/seccomp.h. An errno is in the low 16 bits. */
export const ALLOW = 0x7fff0000;
export const KILL_PROCESS = 0x80000000;
export const fail = (errno: number): number => 0x00050000 | errno;

/** asm-generic/errno.h and errno-base.h. */
export const EPERM = 1;
export const ENOTTY = 25;
export const ENOSYS = 38;
export const EAFNOSUPPORT = 97;

/** What is done with a call that depends on one argument (its low 32 bits: the kernel takes these as int or unsigned int). */
export interface ArgumentRule {
  readonly argument: number;
  /** Allowed only with one of these values; or, with `none`, only when none of these bits is set. */
  readonly values: readonly number[] | { readonly none: number };
  readonly otherwise: number;
}

/**
 * Calls that are allowed with some arguments only.
 * - clone: CLONE_NEW* of linux/sched.h. A namespace of one's own, above all one of users, opens parts of the kernel that only
 *   root reaches otherwise; Docker's profile denies the same mask (0x7E020000).
 * - socket, socketpair: AF_UNIX alone, to reach the broker. The sandbox has no network, so that no other family is of use, and
 *   AF_ALG, AF_PACKET, AF_VSOCK, AF_NETLINK and the rest have had their holes. EAFNOSUPPORT is what programs expect where a
 *   family is not there.
 * - ioctl: those of files, pipes and terminals that C libraries and Python call. TIOCSTI (types into the terminal it was started
 *   from: CVE-2017-5226 of bubblewrap itself), TIOCLINUX and TIOCSETD are not among them.
 * - personality: asking (0xffffffff) and Linux itself (0), as in Docker's profile, without its old ABIs.
 */
export const ARGUMENT_RULES: Readonly<Record<string, ArgumentRule>> = {
  clone: { argument: 0, values: { none: 0x7e020000 }, otherwise: fail(EPERM) },
  socket: { argument: 0, values: [1], otherwise: fail(EAFNOSUPPORT) },
  socketpair: { argument: 0, values: [1], otherwise: fail(EAFNOSUPPORT) },
  personality: { argument: 0, values: [0, 0xffffffff], otherwise: fail(EPERM) },
  ioctl: {
    argument: 1,
    // asm-generic/ioctls.h: TCGETS, TCSETS, TCSETSW, TCSETSF, TCSBRK, TCFLSH, TIOCGPGRP, TIOCSPGRP, TIOCOUTQ, TIOCGWINSZ, TIOCSWINSZ,
    // FIONREAD, FIONBIO, TIOCGSID, FIONCLEX, FIOCLEX, FIOASYNC, TIOCSPTLCK, TIOCGPTN; linux/fs.h: FICLONE.
    values: [
      0x5401, 0x5402, 0x5403, 0x5404, 0x5409, 0x540b, 0x540f, 0x5410, 0x5411, 0x5413, 0x5414, 0x541b, 0x5421, 0x5429,
      0x5450, 0x5451, 0x5452, 0x40045431, 0x80045430, 0x40049409,
    ],
    otherwise: fail(ENOTTY),
  },
};

/**
 * Calls that answer as if the kernel did not have them, so that libraries fall back to older ones.
 * - clone3: its flags lie in memory, where a filter cannot look; glibc falls back to clone (Docker's profile does the same).
 * - memfd_create, memfd_secret: memory that no process has mapped is in no process's figure, so a limit by figures of processes
 *   would not see it.
 */
export const AS_IF_MISSING: readonly string[] = ['clone3', 'memfd_create', 'memfd_secret'];

/**
 * What is denied with EPERM is every other call that has a name here, among them: io_uring_* (work that a filter does not
 * see; out of Docker's profile from 2023 on), keyctl, add_key, request_key (keyrings are not namespaced), bpf, userfaultfd,
 * perf_event_open (kernel attack surface), ptrace, process_vm_*, pidfd_getfd, kcmp (other processes), mount and its relatives,
 * pivot_root, chroot, unshare, setns, open_by_handle_at and name_to_handle_at (walks out of a mount: CVE-2014-9357 of Docker), quotactl,
 * acct, swapon, reboot, kexec_*, modules, iopl, settimeofday, syslog; and of what Docker allows: SysV and POSIX queues and shared
 * memory (kept by the kernel without a process to charge), vmsplice, seccomp, set*id, io_setup, fanotify, modify_ldt.
 * A call without a name here, newer than the table, gives ENOSYS.
 */
export const DENIED = fail(EPERM);

/** Number by name. */
export const callNumbers = (architecture: Architecture): Readonly<Record<string, number>> => numbers[architecture];

/** Names of calls that are allowed whatever their arguments. */
export const allowedCalls: ReadonlySet<string> = new Set(allowed.groups.flatMap(({ names }) => names));
