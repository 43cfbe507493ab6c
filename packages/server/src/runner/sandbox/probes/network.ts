import type { Probe } from './probe.ts';

const connect = (name: string, family: string, address: string, tries: string): Probe => ({
  name,
  tries,
  code: `
with socket.socket(socket.${family}, socket.SOCK_STREAM) as one:
  one.settimeout(1)
  try: one.connect(${address})
  except TimeoutError: denied("nobody answers")
reached("connected")`,
});

/** A family of sockets that is none of AF_UNIX: [name, number, kind, protocol, what it is known for]. */
const FAMILIES: readonly (readonly [string, number, number, number, string])[] = [
  ['netlink', 16, 3, 0, 'Ask the kernel for its network.'],
  ['packet', 17, 3, 0x300, 'Listen to all packets (CVE-2020-14386).'],
  ['raw', 2, 3, 1, 'Send packets by hand.'],
  ['crypto', 38, 5, 0, 'Have the kernel encrypt (AF_ALG, CVE-2026-31431 and before).'],
  ['hypervisor', 40, 1, 0, 'Speak to the machine that this one runs on (AF_VSOCK).'],
  ['key-management', 15, 3, 2, 'Change the keys of IPsec (AF_KEY).'],
  ['bluetooth', 31, 3, 1, 'Speak to what is near.'],
  ['cluster', 30, 2, 0, 'Use TIPC (CVE-2021-43267).'],
  ['reliable-datagrams', 21, 5, 0, 'Use RDS (CVE-2010-3904).'],
];

/** Everything but the broker. */
export const NETWORK_PROBES: readonly Probe[] = [
  connect('loopback', 'AF_INET', '("127.0.0.1", facts["port"])', 'Reach the server on loopback.'),
  connect('loopback-6', 'AF_INET6', '("::1", facts["port"])', 'The same by IPv6.'),
  connect('loopback-any', 'AF_INET', '("0.0.0.0", facts["port"])', 'The same by the address that stands for all.'),
  connect('database', 'AF_INET', '("127.0.0.1", 5432)', 'Reach the database of the server.'),
  connect('metadata', 'AF_INET', '("169.254.169.254", 80)', 'Ask the cloud for the keys of the host.'),
  connect('internet', 'AF_INET', '("192.0.2.1", 443)', 'Reach anything outside.'),
  connect('host-socket', 'AF_UNIX', 'facts["socket"]', 'Reach a unix socket of the host by its path.'),
  connect('abstract-socket', 'AF_UNIX', '"\\0" + facts["abstractSocket"]', 'Reach one that has no path.'),
  {
    name: 'names',
    tries: 'Send something out in questions for names.',
    code: `
try: socket.getaddrinfo("probe.example.com", 443)
except OSError: denied("no resolver")
reached("resolved")`,
  },
  {
    name: 'names-by-hand',
    tries: 'The same past the library.',
    code: `
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
  one.sendto(b"\\0" * 12, ("127.0.0.53", 53))
reached("sent")`,
  },
  {
    name: 'sockets-of-services',
    tries: 'Reach what runs as root on hosts: Docker, systemd, D-Bus, PostgreSQL.',
    code: `
for path in ("/var/run/docker.sock", "/run/docker.sock", "/run/systemd/private", "/run/dbus/system_bus_socket", "/run/containerd/containerd.sock",
             "/var/run/postgresql/.s.PGSQL.5432", "/run/snapd.socket", "/run/podman/podman.sock"):
  with socket.socket(socket.AF_UNIX) as one:
    try: one.connect(path)
    except OSError: continue
    reached(path)`,
  },
  ...FAMILIES.map(
    ([name, family, kind, protocol, tries]): Probe => ({
      name: `socket-${name}`,
      tries,
      code: `forbidden("socket", ${family}, ${kind}, ${protocol})`,
    }),
  ),
];
