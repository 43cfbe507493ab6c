import { readdir, readFile, readlink } from 'node:fs/promises';
import { platform } from 'node:os';

/** Fields of a line of `/proc/net/tcp` (Linux, proc_net_tcp documentation): number, own address, other address, state, …, inode as the tenth. */
const LOCAL = 1;
const REMOTE = 2;
const INODE = 9;

/**
 * Whether a connection on 127.0.0.1 was opened by this process, as far as it can be told: on Linux, by what the kernel says.
 * @param from the port of who has connected @param to the port that was connected to
 * @returns undefined: this system does not tell
 */
export async function isOwnSocket(from: number, to: number): Promise<boolean | undefined> {
  if (platform() !== 'linux') return undefined;
  const [local, remote] = [from, to].map((port) => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`);
  const lines = (await readFile('/proc/net/tcp', 'latin1')).split('\n').map((line) => line.trim().split(/\s+/));
  const inode = lines.find((fields) => fields[LOCAL] === local && fields[REMOTE] === remote)?.[INODE];
  if (inode === undefined || inode === '0') return false;
  const wanted = `socket:[${inode}]`;
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
  return (await Promise.all(links)).includes(wanted);
}
