import type { Probe } from './probe.ts';

const openForWriting = (name: string, path: string, what: string): Probe => ({
  name,
  tries: `${what} (opened, not written).`,
  code: `os.close(os.open(${JSON.stringify(path)}, os.O_WRONLY)); reached("opened")`,
});

const readFile = (name: string, path: string, what: string): Probe => ({
  name,
  tries: what,
  code: `
if open(${JSON.stringify(path)}, "rb").read(64): reached("readable")`,
});

/** What the kernel shows and takes in /proc. */
export const KERNEL_FILE_PROBES: readonly Probe[] = [
  openForWriting(
    'core-pattern',
    '/proc/sys/kernel/core_pattern',
    'Name the program that the host runs as root when one crashes',
  ),
  openForWriting(
    'modprobe-path',
    '/proc/sys/kernel/modprobe',
    'Name the program that the host runs as root to load a module',
  ),
  openForWriting('sysrq', '/proc/sysrq-trigger', 'Restart the host by a key of /proc'),
  openForWriting('sysctl-memory', '/proc/sys/vm/overcommit_memory', 'Change how the host gives memory'),
  openForWriting('sysctl-randomness', '/proc/sys/kernel/randomize_va_space', 'Make addresses on the host predictable'),
  openForWriting('sysctl-namespaces', '/proc/sys/user/max_user_namespaces', 'Allow namespaces of users again'),
  openForWriting('sysctl-files', '/proc/sys/fs/protected_symlinks', 'Switch a protection of links off'),
  openForWriting('sysctl-network', '/proc/sys/net/ipv4/ip_forward', 'Have the host forward packets'),
  openForWriting(
    'binfmt',
    '/proc/sys/fs/binfmt_misc/register',
    'Name the program that the host runs for a kind of file',
  ),
  {
    name: 'uid-map',
    tries: "Be another user of the host, by the map of users of one's own namespace.",
    code: `
with open("/proc/self/uid_map", "w") as map: map.write("0 0 1")
reached("mapped")`,
  },
  readFile('kcore', '/proc/kcore', 'Read the memory of the host.'),
  readFile('kallsyms', '/proc/kallsyms', 'Read where the kernel lies.'),
  readFile('keys', '/proc/keys', 'Read which keys the kernel keeps.'),
  readFile('kernel-command-line', '/proc/cmdline', 'Read how the host was started.'),
  readFile('modules', '/proc/modules', 'Read which modules the host has.'),
  readFile('disks', '/proc/partitions', 'Read which disks the host has.'),
  readFile('timers', '/proc/timer_list', 'Read what other processes wait for.'),
  {
    name: 'kernel-messages',
    tries: 'Read the messages of the kernel.',
    code: `os.close(os.open("/proc/kmsg", os.O_RDONLY | os.O_NONBLOCK)); reached("opened")`,
  },
  {
    name: 'network-tables',
    tries: 'See the interfaces and connections of the host.',
    code: `
names = [line.split(":")[0].strip() for line in open("/proc/net/dev") if ":" in line]
if set(names) - {"lo"}: reached(str(names))
if len(open("/proc/net/tcp").readlines()) > 1: reached("connections")`,
  },
];
