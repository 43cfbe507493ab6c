import type { Probe } from './probe.ts';

/**
 * Calls by number, with arguments that do nothing where they are let through: then the kernel complains of the arguments, which
 * counts as open, for it has looked at them. [name, call and arguments, what it is for]
 */
const CALLS: readonly (readonly [string, string, string])[] = [
  ['io-uring', '"io_uring_setup", 1, 0', 'Queue work that no filter sees.'],
  ['io-uring-registering', '"io_uring_register", -1, 0, 0, 0', 'The same.'],
  ['keyrings', '"keyctl", 0, -3, 0, 0, 0', 'Read keys of other processes of the user; keyrings are in no namespace.'],
  ['adding-keys', '"add_key", 0, 0, 0, 0, 0', 'Leave a key for a later job.'],
  ['requesting-keys', '"request_key", 0, 0, 0, 0', 'Have the host run its program for keys.'],
  ['bpf', '"bpf", -1, 0, 0', 'Load a program into the kernel.'],
  ['userfaultfd', '"userfaultfd", 0', 'Stop the kernel in the middle of a copy.'],
  ['userfaultfd-of-users', '"userfaultfd", 1', 'The same, as unprivileged users may.'],
  ['perf-events', '"perf_event_open", 0, 0, -1, -1, 0', 'Measure other processes.'],
  ['mounting', '"mount", 0, 0, 0, 0, 0', 'Mount something of the host.'],
  ['unmounting', '"umount2", 0, 0', 'Take away what covers a part of /proc.'],
  ['new-mounts', '"fsopen", 0, 0', 'Mount by the newer calls.'],
  ['open-tree', '"open_tree", -1, 0, 0', 'The same.'],
  ['moving-mounts', '"move_mount", -1, 0, -1, 0, 0', 'The same.'],
  ['mount-attributes', '"mount_setattr", -1, 0, 0, 0, 0', 'Make a mount writable again.'],
  ['pivot-root', '"pivot_root", 0, 0', 'Change the root.'],
  ['chroot', '"chroot", 0', 'Change the root and climb out of it.'],
  ['user-namespace', '"unshare", 0x10000000', "Be root in a namespace of one's own, which opens half the kernel."],
  ['mount-namespace', '"unshare", 0x20000', "Have mounts of one's own."],
  ['network-namespace', '"unshare", 0x40000000', "Have a network of one's own."],
  ['joining-namespaces', '"setns", -1, 0', 'Enter a namespace of the host.'],
  ['handles', '"open_by_handle_at", -1, 0, 0', 'Open a file by its number, past all folders (CVE-2014-9357).'],
  ['making-handles', '"name_to_handle_at", -1, 0, 0, 0, 0', 'Find such numbers.'],
  ['kexec', '"kexec_load", 0, 0, 0, -1', 'Start another kernel.'],
  ['modules-loading', '"finit_module", -1, 0, 0', 'Load a module.'],
  ['modules-removing', '"delete_module", 0, 0', 'Remove one.'],
  ['swap', '"swapoff", 0', 'Stop swapping.'],
  ['quotas', '"quotactl", 0, 0, 0, 0', 'Change quotas.'],
  ['accounting', '"acct", 1', 'Have the kernel write a file.'],
  ['personality', '"personality", 0x0040000', 'Switch the randomness of addresses off.'],
  ['clock', '"clock_settime", 0, 0', 'Change the time of the host.'],
  ['clock-tuning', '"adjtimex", 0', 'The same, slowly.'],
  ['kernel-log', '"syslog", 3, 0, 0', 'Read the messages of the kernel.'],
  ['port-rights', '"iopl", 3', 'Speak to hardware.'],
  ['segments', '"modify_ldt", 3, 0, 0', 'Change descriptors of the processor.'],
  ['memory-files', '"memfd_create", 0, 0', 'Keep memory that no process is charged for.'],
  ['shared-memory', '"shmget", 0, 0, 0o1600', 'The same, by System V.'],
  ['message-queues', '"msgget", 0x444d, 0', 'The same, in messages.'],
  ['posix-queues', '"mq_open", 0, 0, 0, 0', 'The same, by POSIX.'],
  ['page-gifts', '"vmsplice", -1, 0, 0, 0', 'Give pages to pipes (the kind of CVE-2022-0847).'],
  ['filters-of-filters', '"seccomp", 0, 0, 0', 'Load a further filter with a listener.'],
  ['watching-files', '"fanotify_init", 0, 0', 'Hear of every file of a mount that is opened.'],
  ['asynchronous-io', '"io_setup", 0, 0', 'The older queue of work.'],
  ['moving-pages', '"move_pages", 0, 0, 0, 0, 0, 0', 'Learn where pages of others lie.'],
];

/** Calls that need more than a number. */
const OTHERS: readonly Probe[] = [
  {
    name: 'clone-of-users',
    tries: 'A namespace of users by clone, which an ordinary fork is too.',
    code: `
child = syscall("clone", 0x10000000 | 17, 0, 0, 0, 0)
if child == 0: os._exit(0)
reached("cloned")`,
  },
  {
    name: 'clone3-of-users',
    tries: 'The same by clone3, whose flags lie in memory where no filter looks.',
    code: `
given = struct.pack("8Q", 0x10000000, 0, 0, 0, 17, 0, 0, 0)
child = syscall("clone3", ctypes.c_char_p(given), len(given))
if child == 0: os._exit(0)
reached("cloned")`,
  },
  {
    name: 'x32',
    tries: 'A call by the numbers of x32, which a filter may have forgotten.',
    code: `
if os.uname().machine != "x86_64": denied("another architecture")
if libc.syscall(ctypes.c_long(0x40000000 + 39)) >= 0 or ctypes.get_errno() != errno.ENOSYS: reached("answered")`,
  },
  {
    name: 'thirty-two-bits',
    tries: 'A call by the numbers of 32-bit programs.',
    code: `
if os.uname().machine != "x86_64": denied("another architecture")
code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
code.write(b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3")  # mov eax, 20 (getpid); int 0x80; ret
entry = ctypes.addressof(ctypes.c_char.from_buffer(code))
if ctypes.CFUNCTYPE(ctypes.c_int)(entry)() > 0: reached("answered")`,
  },
];

/** The kernel, asked directly. */
export const SYSTEM_CALL_PROBES: readonly Probe[] = [
  ...CALLS.map(([name, call, tries]): Probe => ({ name, tries, code: `forbidden(${call})` })),
  ...OTHERS,
];
