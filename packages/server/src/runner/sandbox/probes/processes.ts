import type { Probe } from './probe.ts';

/** Other processes, and what a process inherits from the one that started it. */
export const PROCESS_PROBES: readonly Probe[] = [
  {
    name: 'environment',
    tries: "Find the environment of the server, with its keys, in one's own.",
    code: `
for name, value in os.environ.items():
  if facts["canary"] in value: reached(name)`,
  },
  {
    name: 'environment-of-others',
    tries: 'The same in that of any process.',
    code: `
for path in glob.glob("/proc/[0-9]*/environ"):
  try: text = open(path, errors="replace").read()
  except OSError: continue
  if facts["canary"] in text: reached(path)`,
  },
  {
    name: 'open-files',
    tries: 'Use a file or socket that the server has open.',
    code: `
for name in os.listdir("/proc/self/fd"):
  try: place = os.readlink("/proc/self/fd/" + name)
  except OSError: continue
  if int(name) > 2 and place != "/dev/null" and int(name) not in ours: reached(name + " " + place)`,
  },
  {
    name: 'processes',
    tries: 'See processes of the host.',
    code: `
if os.readlink("/proc/self") != str(os.getpid()): reached("/proc is of another namespace")
for pid in filter(str.isdigit, os.listdir("/proc")):
  try: words = open("/proc/" + pid + "/cmdline", errors="replace").read().split("\\0")
  except OSError: continue
  if words[0] and not any(part in words[0] for part in ("bwrap", "prlimit", "python", "sh")): reached(words[0])
if int(max(filter(str.isdigit, os.listdir("/proc")), key=int)) > 4096: reached("numbers of the host")`,
  },
  {
    name: 'signal-to-host',
    tries: 'Send a signal to a process of the host.',
    code: `os.kill(facts["process"], 0); reached("exists")`,
  },
  {
    name: 'parent-outside',
    tries: 'Learn of the process that made the sandbox.',
    code: `
if open("/proc/self/status").read().split("NSpid:")[1].split("\\n")[0].split() != [str(os.getpid())]: reached("several namespaces")`,
  },
  {
    name: 'memory-of-process-1',
    tries: 'Write to the memory of the first process, which dies with the server unless told otherwise.',
    code: `os.close(os.open("/proc/1/mem", os.O_RDWR)); reached("opened")`,
  },
  { name: 'ptrace', tries: 'Trace a process.', code: `forbidden("ptrace", 16, -1, 0, 0)` },
  {
    name: 'process-memory',
    tries: 'Read the memory of another process.',
    code: `forbidden("process_vm_readv", 1, 0, 0, 0, 0, 0)`,
  },
  { name: 'process-memory-writing', tries: 'Write to it.', code: `forbidden("process_vm_writev", 1, 0, 0, 0, 0, 0)` },
  {
    name: 'files-of-processes',
    tries: 'Take an open file of another process.',
    code: `forbidden("pidfd_getfd", -1, 0, 0)`,
  },
  {
    name: 'comparing-processes',
    tries: 'Learn addresses of the kernel by comparing.',
    code: `forbidden("kcmp", os.getpid(), os.getpid(), 0, 0, 0)`,
  },
  {
    name: 'capabilities',
    tries: 'Have a right of root.',
    code: `
for line in open("/proc/self/status"):
  if line.startswith("Cap") and int(line.split()[1], 16): reached(line.strip())`,
  },
  {
    name: 'user',
    tries: 'Be root, or be another user than files of the system belong to without knowing.',
    code: `
if 0 in (os.getuid(), os.geteuid(), os.getgid(), os.getegid(), *os.getgroups()): reached("root")
if os.stat("/usr").st_uid == os.getuid(): reached("the system belongs to this user")`,
  },
  {
    name: 'system-call-filter',
    tries: 'Call the kernel without a filter.',
    code: `
if "Seccomp:\\t2" not in open("/proc/self/status").read(): reached("no filter")`,
  },
  { name: 'set-user', tries: 'Become root.', code: `forbidden("setresuid", 0, 0, 0)` },
  { name: 'set-groups', tries: 'Be in the groups of root.', code: `forbidden("setgroups", 0, 0)` },
  {
    name: 'host-name',
    tries: 'Learn the name of the host.',
    code: `
if os.uname().nodename == facts["hostname"]: reached(facts["hostname"])`,
  },
  { name: 'set-host-name', tries: 'Change it.', code: `forbidden("sethostname", 0, 1)` },
  {
    name: 'raise-limits',
    tries: 'Raise a limit that was set.',
    code: `
for limit in (resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_DATA, resource.RLIMIT_CORE):
  hard = resource.getrlimit(limit)[1]
  if hard == resource.RLIM_INFINITY: reached("unlimited")
  try: resource.setrlimit(limit, (hard, hard + 1))
  except (ValueError, OSError): continue
  reached(str(limit))`,
  },
  {
    name: 'priority',
    tries: 'Go before the server.',
    code: `
before = os.getpriority(os.PRIO_PROCESS, 0)
os.setpriority(os.PRIO_PROCESS, 0, before - 1); reached("nicer to oneself")`,
  },
  { name: 'real-time', tries: 'Keep the server from running.', code: `forbidden("sched_setscheduler", 0, 1, 0)` },
  {
    name: 'terminal',
    tries: 'Use the terminal that the server was started from.',
    code: `os.close(os.open("/dev/tty", os.O_RDWR)); reached("opened")`,
  },
  {
    name: 'typing-into-a-terminal',
    tries: 'Type into a terminal (TIOCSTI, CVE-2017-5226).',
    code: `
leader, follower = os.openpty()
fcntl.ioctl(follower, 0x5412, b"x"); reached("typed")`,
  },
  {
    name: 'terminal-selection',
    tries: 'Paste into a console (TIOCLINUX, CVE-2023-28100 of Flatpak).',
    code: `
leader, follower = os.openpty()
try: fcntl.ioctl(follower, 0x541C, b"\\x02")
except OSError as error:
  if error.errno not in (errno.ENOTTY, errno.EPERM): reached(str(error))`,
  },
];
