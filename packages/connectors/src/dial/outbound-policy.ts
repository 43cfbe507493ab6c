import { networkInterfaces } from 'node:os';
import data from './data/closed-ranges.json' with { type: 'json' };
import { embeddedIpv4 } from './embedded-ipv4.ts';
import { type IpRange, isInRange, parseIp, parseRange } from './ip-range.ts';

/** Why an address may not be connected to. */
export type ClosedKind =
  | 'loopback'
  | 'private'
  | 'link_local'
  | 'metadata'
  | 'multicast'
  | 'unspecified'
  | 'reserved'
  | 'own_port'
  | 'not_an_address';

interface OpenRange {
  readonly range: IpRange;
  /** undefined: all. */
  readonly port: number | undefined;
}

/** An address and port that nobody may be led to, such as the server's own. */
export interface OwnPort {
  readonly port: number;
  /** undefined: on any of this machine's addresses, and so where it is one of those. */
  readonly address?: string | undefined;
}

/** Never to be opened by a range: only by naming the one address. */
const ONE_BY_ONE: ReadonlySet<ClosedKind> = new Set(['metadata', 'multicast', 'unspecified']);

/**
 * Which addresses may be connected to: those of the public internet, and what the operator has opened. What is closed is
 * from the IANA special-purpose address registries (RFC 6890), and addresses at which clouds give credentials away; an
 * IPv4 address inside an IPv6 one counts as itself.
 */
export class OutboundPolicy {
  readonly #open: readonly OpenRange[];
  readonly #own: readonly OwnPort[];
  readonly #addresses: () => readonly string[];

  /**
   * @param open ranges that the operator has opened: `10.1.0.0/16`, `127.0.0.1:5432`, `[fd00::/8]:5432`
   * @param own ports of this program: closed whatever is opened
   * @param addresses of this machine besides loopback, as they are at the moment
   * @throws Error that says which range is none
   */
  constructor(
    open: readonly string[] = [],
    own: readonly OwnPort[] = [],
    addresses: () => readonly string[] = addressesOfThisMachine,
  ) {
    this.#open = open.map(parseOpen);
    this.#own = own;
    this.#addresses = addresses;
  }

  /** @returns why an address is closed; undefined: it is open */
  problemOf(address: string, port: number): ClosedKind | undefined {
    const ip = parseIp(address);
    if (ip === undefined) return 'not_an_address';
    if (this.#isOwn(ip, port)) return 'own_port';
    const inner = embeddedIpv4(ip);
    return this.#closed(ip, port) ?? (inner === undefined ? undefined : this.#closed(inner, port));
  }

  #closed(ip: Uint8Array, port: number): ClosedKind | undefined {
    const kinds = CLOSED.filter(({ range }) => isInRange(ip, range)).map(({ kind }) => kind);
    const alone = kinds.some((kind) => ONE_BY_ONE.has(kind));
    const isOpen = this.#open.some(
      ({ range, port: only }) =>
        isInRange(ip, range) && (only === undefined || only === port) && (!alone || range.bits === ip.length * 8),
    );
    return isOpen ? undefined : (kinds.find((kind) => ONE_BY_ONE.has(kind)) ?? kinds[0]);
  }

  #isOwn(ip: Uint8Array, port: number): boolean {
    const own = this.#own.filter((one) => one.port === port);
    if (own.length === 0) return false;
    const given = [ip, embeddedIpv4(ip)].filter((one) => one !== undefined);
    const isHere = given.some((one) => this.#isOfThisMachine(one));
    return own.some(({ address }) => {
      if (address === undefined) return isHere;
      const bytes = parseIp(address);
      if (bytes === undefined) return false;
      // What listens at one address of a machine mostly listens at all of them.
      return given.some((one) => isSame(one, bytes)) || (isHere && this.#isOfThisMachine(bytes));
    });
  }

  #isOfThisMachine(ip: Uint8Array): boolean {
    if (LOOPBACK.some(({ range }) => isInRange(ip, range))) return true;
    return this.#addresses().some((address) => {
      const bytes = parseIp(address);
      return bytes !== undefined && isSame(ip, bytes);
    });
  }
}

const isSame = (ip: Uint8Array, bytes: Uint8Array): boolean => isInRange(ip, { bytes, bits: bytes.length * 8 });

const addressesOfThisMachine = (): string[] =>
  Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));

const CLOSED = data.ranges.map(({ range, kind }) => ({
  range: parseRange(range) as IpRange,
  kind: kind as ClosedKind,
}));
const LOOPBACK = CLOSED.filter(({ kind }) => kind === 'loopback' || kind === 'unspecified');

function parseOpen(text: string): OpenRange {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^[\]]*?))(?::(\d{1,5}))?$/.exec(text.trim()) ?? [];
  // Without brackets a colon belongs to an IPv6 address.
  const isIpv6 = bracketed === undefined && (text.match(/:/g)?.length ?? 0) > 1;
  const range = parseRange(isIpv6 ? text.trim() : (bracketed ?? plain ?? ''));
  const number = isIpv6 || port === undefined ? undefined : Number(port);
  if (range === undefined || (number !== undefined && (number < 1 || number > 65_535))) {
    throw new Error(
      `${JSON.stringify(text)} is no address range: write 10.1.0.0/16, 127.0.0.1:5432 or [fd00::/8]:5432`,
    );
  }
  return { range, port: number };
}
