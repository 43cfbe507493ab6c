import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFilter } from './make-filter.ts';
import {
  ALLOW,
  ARGUMENT_RULES,
  type Architecture,
  AS_IF_MISSING,
  AUDIT_ARCHITECTURE,
  allowedCalls,
  callNumbers,
  DENIED,
  EAFNOSUPPORT,
  ENOSYS,
  ENOTTY,
  fail,
  KILL_PROCESS,
} from './rules.ts';
import { interpret } from './testing/interpret.ts';

describe.each<Architecture>(['x64', 'arm64'])('the filter for %s', (name) => {
  const filter = makeFilter(name);
  const architecture = AUDIT_ARCHITECTURE[name];
  const numbers = callNumbers(name);
  const verdict = (call: string, ...args: (number | bigint)[]): number =>
    interpret(filter, { number: numbers[call]!, architecture, arguments: args.map(BigInt) });

  it('allows what the list names and nothing else, whatever the arguments', () => {
    for (const [call, number] of Object.entries(numbers)) {
      if (Object.hasOwn(ARGUMENT_RULES, call)) continue;
      const wanted = allowedCalls.has(call) ? ALLOW : AS_IF_MISSING.includes(call) ? fail(ENOSYS) : DENIED;
      expect([call, interpret(filter, { number, architecture })]).toEqual([call, wanted]);
    }
  });

  it.each([
    'io_uring_setup io_uring_enter io_uring_register keyctl add_key request_key bpf userfaultfd perf_event_open',
    'ptrace process_vm_readv process_vm_writev process_madvise pidfd_getfd kcmp',
    'mount umount2 pivot_root chroot fsopen fsmount fsconfig fspick open_tree move_mount mount_setattr unshare setns',
    'kexec_load kexec_file_load init_module finit_module delete_module swapon swapoff reboot',
    'open_by_handle_at name_to_handle_at quotactl quotactl_fd acct syslog settimeofday clock_settime adjtimex',
    'shmget msgget semget mq_open vmsplice seccomp setuid setgid setgroups setresuid capset fanotify_init',
    'mbind migrate_pages move_pages lookup_dcookie nfsservctl vhangup sethostname setdomainname io_setup',
  ])('denies with an error: %s', (calls) => {
    for (const call of calls.split(' ')) if (call in numbers) expect([call, verdict(call)]).toEqual([call, DENIED]);
  });

  it('allows threads and processes but no namespaces by clone, and lets clone3 be missing', () => {
    const thread = 0x3d0f00;
    expect(verdict('clone', thread)).toBe(ALLOW);
    for (const bit of [0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000]) {
      expect(verdict('clone', thread | bit)).toBe(DENIED);
    }
    expect(verdict('clone3')).toBe(fail(ENOSYS));
  });

  it('allows sockets of AF_UNIX alone, judging the half that the kernel takes', () => {
    for (let family = 0; family < 64; family++) {
      const wanted = family === 1 ? ALLOW : fail(EAFNOSUPPORT);
      for (const call of ['socket', 'socketpair']) {
        expect(verdict(call, family, 1)).toBe(wanted);
        expect(verdict(call, (0xffffn << 32n) | BigInt(family))).toBe(wanted);
      }
    }
  });

  it('lets no terminal be typed into', () => {
    for (const request of [0x5412, 0x541c, 0x5423, 0x540e]) expect(verdict('ioctl', 0, request)).toBe(fail(ENOTTY));
    expect(verdict('ioctl', 0, 0xffffffff00005412n)).toBe(fail(ENOTTY));
    for (const request of [0x5401, 0x5413, 0x5421, 0x5451, 0x80045430]) {
      expect(verdict('ioctl', 0, request)).toBe(ALLOW);
    }
  });

  it('allows asking for the personality and no other than Linux', () => {
    expect([0, 0xffffffff].map((persona) => verdict('personality', persona))).toEqual([ALLOW, ALLOW]);
    expect([8, 0x20000, 0x40000].map((persona) => verdict('personality', persona))).toEqual([DENIED, DENIED, DENIED]);
  });

  it('kills what calls as another architecture, and x32', () => {
    for (const other of [0x40000003, 0x40000028, 0xc0000015, 0]) {
      expect(interpret(filter, { number: numbers['read']!, architecture: other })).toBe(KILL_PROCESS);
    }
    for (const number of [0x40000000, 0x40000200, 0xffffffff]) {
      expect(interpret(filter, { number, architecture })).toBe(KILL_PROCESS);
    }
  });

  it('says of calls newer than the table that there are none', () => {
    const known = new Set(Object.values(numbers));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x3fffffff }), (number) => {
        fc.pre(!known.has(number));
        expect(interpret(filter, { number, architecture })).toBe(fail(ENOSYS));
      }),
    );
    for (let number = 0; number < 2000; number++) {
      if (!known.has(number)) expect(interpret(filter, { number, architecture })).toBe(fail(ENOSYS));
    }
  });
});
