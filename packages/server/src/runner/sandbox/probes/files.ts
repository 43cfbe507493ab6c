import type { Probe } from './probe.ts';

/** Files of the host: to read them, to change them, and to leave something for a later job. */
export const FILE_PROBES: readonly Probe[] = [
  { name: 'shadow', tries: 'Read the passwords of the host.', code: `open("/etc/shadow").read(); reached("readable")` },
  {
    name: 'host-users',
    tries: 'Read who is on the host.',
    code: `
names = {line.split(":")[0] for path in ("/etc/passwd", "/etc/group") for line in open(path)}
if names - {"scenario", "nobody", "nogroup"}: reached(str(sorted(names)[:5]))`,
  },
  {
    name: 'etc',
    tries: 'See the configuration of the host.',
    code: `
found = set(os.listdir("/etc")) - {"passwd", "group", "ssl", "ld.so.cache"}
if found: reached(str(sorted(found)[:5]))`,
  },
  {
    name: 'host-file',
    tries: 'Read a file of the host that everybody may read.',
    code: `open(facts["file"]).read(); reached(facts["file"])`,
  },
  {
    name: 'host-file-by-dots',
    tries: 'The same through a path that climbs above the root.',
    code: `open("/tmp/" + "../" * 40 + facts["file"]).read(); reached("climbed")`,
  },
  {
    name: 'host-file-by-symlink',
    tries: 'The same through a link in a folder that the job may write to.',
    code: `
os.symlink(facts["file"], "/tmp/probe-link"); open("/tmp/probe-link").read(); reached("followed")`,
  },
  {
    name: 'host-file-by-hard-link',
    tries: 'The same through a hard link.',
    code: `os.link(facts["file"], "/tmp/probe-hard"); open("/tmp/probe-hard").read(); reached("linked")`,
  },
  {
    name: 'hard-link-of-system',
    tries: 'Link a file of the system into a folder that the server reads as root afterwards.',
    code: `
for folder in ["/tmp", *facts["writable"]]:
  try: os.link("/usr/bin/env", folder + "/probe-env")
  except OSError: continue
  reached(folder)`,
  },
  {
    name: 'root-of-process-1',
    tries: 'The root of the first process, which made the sandbox.',
    code: `
root = os.stat("/proc/1/root/."); own = os.stat("/")
if (root.st_dev, root.st_ino) != (own.st_dev, own.st_ino): reached("another root")`,
  },
  {
    name: 'root-of-any-process',
    tries: 'The root, the working folder or an open folder of any process.',
    code: `
own = os.stat("/")
for path in glob.glob("/proc/[0-9]*/root") + glob.glob("/proc/[0-9]*/task/*/root"):
  try: root = os.stat(path + "/.")
  except OSError: continue
  if (root.st_dev, root.st_ino) != (own.st_dev, own.st_ino): reached(path)
for path in glob.glob("/proc/[0-9]*/cwd"):
  try: os.stat(path + facts["file"])
  except OSError: continue
  reached(path)`,
  },
  {
    name: 'old-root',
    tries: 'What bubblewrap leaves of the root it came from.',
    code: `
for path in ("/oldroot", "/newroot", "/.oldroot", "/old_root", "/run/user"):
  if os.path.exists(path): reached(path)`,
  },
  {
    name: 'root-folder',
    tries: 'See more in the root than the sandbox is made of.',
    code: `
allowed = {"bin", "sbin", "lib", "lib32", "lib64", "libx32", "usr", "etc", "proc", "dev", "tmp", "var"}
allowed |= {path.split("/")[1] for path in facts["visible"]}
found = set(os.listdir("/")) - allowed
if found: reached(str(sorted(found)[:5]))`,
  },
  {
    name: 'home-folders',
    tries: 'See what is in the homes, data and state folders of the host.',
    code: `
def ours(path): return any(v == path or v.startswith(path + "/") or path.startswith(v + "/") for v in facts["visible"])
for top in ("/root", "/home", "/var", "/srv", "/mnt", "/media", "/opt", "/boot", "/run"):
  try: names = os.listdir(top)
  except OSError: continue
  for name in names:
    path = top + "/" + name
    if path != "/var/tmp" and not ours(path): reached(path)`,
  },
  {
    name: 'write-root',
    tries: 'Make a file in the root, which is memory without a bound.',
    code: `open("/probe", "w"); os.unlink("/probe"); reached("writable")`,
  },
  {
    name: 'write-dev',
    tries: 'Make a file in /dev, which is memory without a bound.',
    code: `open("/dev/probe", "w"); os.unlink("/dev/probe"); reached("writable")`,
  },
  {
    name: 'writable-mounts',
    tries: 'Find a mount that can be written to and is not of this job alone.',
    code: `
allowed = {"/tmp", "/dev/shm", "/dev/pts", "/proc", *facts["writable"]}
for line in open("/proc/self/mountinfo"):
  place, options = line.split()[4:6]
  if "rw" in options.split(",") and place not in allowed and not stat.S_ISCHR(os.stat(place).st_mode): reached(place)`,
  },
  {
    name: 'certificates',
    tries: 'Put an authority into the bundle that later jobs trust (Windmill, CVE-2026-47107: /etc was writable).',
    code: `
for path in ("/etc/ssl/certs/ca-certificates.crt", "/etc/passwd", "/etc/group", "/etc/ld.so.cache"):
  try: os.close(os.open(path, os.O_WRONLY))
  except OSError: continue
  reached(path)
if not os.statvfs("/etc").f_flag & os.ST_RDONLY: reached("/etc is writable")`,
  },
  {
    name: 'resolver',
    tries: 'Make /etc/hosts or /etc/ld.so.preload, which later jobs would use.',
    code: `
if os.access("/etc", os.W_OK): reached("/etc is writable")
for path in ("/etc/hosts", "/etc/ld.so.preload", "/etc/resolv.conf"):
  try: os.close(os.open(path, os.O_WRONLY))
  except OSError: continue
  reached(path)`,
  },
  {
    name: 'python-itself',
    tries: 'Change a module that other jobs import.',
    code: `
for path in [sys.prefix, os.__file__, *sys.path]:
  if os.path.exists(path) and not os.statvfs(path).f_flag & os.ST_RDONLY: reached(path)`,
  },
  {
    name: 'programs',
    tries: 'Change a program that the host runs.',
    code: `
for path in ("/usr/bin/env", "/usr/bin/prlimit", "/bin/sh", sys.executable, "/proc/1/exe"):
  try: os.close(os.open(path, os.O_WRONLY))
  except OSError: continue
  reached(path)
if not os.statvfs("/usr").f_flag & os.ST_RDONLY: reached("/usr is mounted writable")`,
  },
  {
    name: 'setuid-programs',
    tries: 'Gain a right from a setuid program.',
    code: `
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
if status["NoNewPrivs"].strip() != "1": reached("new privileges are possible")
for path in ("/usr", "/tmp", "/dev/shm"):
  if not os.statvfs(path).f_flag & os.ST_NOSUID: reached(path)`,
  },
  {
    name: 'block-device',
    tries: 'Make a device for the disk of the host.',
    code: `os.mknod("/tmp/probe-disk", 0o600 | stat.S_IFBLK, os.makedev(8, 0)); reached("made")`,
  },
  {
    name: 'character-device',
    tries: 'Make a device for the memory of the host.',
    code: `os.mknod("/tmp/probe-memory", 0o600 | stat.S_IFCHR, os.makedev(1, 1)); reached("made")`,
  },
  {
    name: 'devices',
    tries: 'Find a device other than the harmless ones: disks, memory, kvm, fuse, tun.',
    code: `
allowed = {"null", "zero", "full", "random", "urandom", "tty", "console", "ptmx", "pts", "shm", "core", "fd", "stdin", "stdout", "stderr"}
found = set(os.listdir("/dev")) - allowed
if found: reached(str(sorted(found)[:5]))`,
  },
  {
    name: 'sys',
    tries: 'See the devices and control groups of the host (release_agent, CVE-2022-0492).',
    code: `
if os.path.isdir("/sys") and os.listdir("/sys"): reached("/sys")
if glob.glob("/sys/fs/cgroup/**/release_agent", recursive=True): reached("release_agent")`,
  },
  {
    name: 'places-of-secrets',
    tries: 'Files in which hosts keep keys and tokens.',
    code: `
for path in ("/var/run/secrets/kubernetes.io/serviceaccount/token", "/root/.ssh", "/root/.aws", "/root/.netrc", "/run/secrets",
             "/.dockerenv", "/var/lib/datamaker", "/var/lib/postgresql", "/etc/ssh", "/proc/self/root/root/.bash_history"):
  if os.path.exists(path): reached(path)`,
  },
];
