import type { MaskKey } from './mask-key.ts';
import { permute } from './permute.ts';

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
/** Groups of an address of IPv6, and how many values each has. */
const GROUPS = 8;
const GROUP_SIZE = 65_536;

/**
 * Another IP address of the same version, as RFC 5952 writes it, the same for the same address and key; of different addresses no two
 * become the same. What stands behind a slash stays.
 * @returns undefined for what is no address
 */
export function preserveAddress(key: MaskKey, text: string): string | undefined {
  const slash = text.indexOf('/');
  const [address, rest] = slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash)];
  const octets = IPV4.exec(address)?.slice(1).map(Number);
  if (octets !== undefined) {
    if (octets.some((octet) => octet > 255)) return undefined;
    return permuted(key, octets, 256, 'ipv4').join('.') + rest;
  }
  const groups = groupsOf(address);
  if (groups === undefined) return undefined;
  const image = permuted(key, groups, GROUP_SIZE, 'ipv6').map((group) => group.toString(16));
  return shortened(image) + rest;
}

const permuted = (key: MaskKey, values: readonly number[], size: number, tweak: string): number[] =>
  permute(
    key,
    values.map((value) => ({ value, size })),
    tweak,
  );

/** The eight groups of RFC 4291, 2.2, or undefined. */
function groupsOf(address: string): number[] | undefined {
  if (!/^[0-9a-f:]*(?::\d+\.\d+\.\d+\.\d+)?$/i.test(address)) return undefined;
  const [head = '', tail, more] = address.split('::');
  if (more !== undefined) return undefined;
  const [left, right] = [partsOf(head), tail === undefined ? [] : partsOf(tail)];
  const missing = GROUPS - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...new Array<number>(missing).fill(0), ...right];
  return groups.every((group) => group >= 0 && group < GROUP_SIZE) ? groups : undefined;
}

function partsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((part) => {
    const octets = IPV4.exec(part)?.slice(1).map(Number);
    if (octets === undefined) return /^[0-9a-f]{1,4}$/i.test(part) ? [Number.parseInt(part, 16)] : [-1];
    if (octets.some((octet) => octet > 255)) return [-1];
    const [a = 0, b = 0, c = 0, d = 0] = octets;
    return [a * 256 + b, c * 256 + d];
  });
}

/** The longest run of two zeros or more is left out, the first of several. */
function shortened(groups: readonly string[]): string {
  const runs = [...groups.join(':').matchAll(/(?<![^:])0(?::0)+(?![^:])/g)];
  const [longest] = runs.toSorted((a, b) => b[0].length - a[0].length);
  if (longest === undefined) return groups.join(':');
  const text = groups.join(':');
  const [before, after] = [text.slice(0, longest.index), text.slice(longest.index + longest[0].length)];
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}
