import { hkdfSync, randomBytes } from 'node:crypto';

/** What the keys of the data are wrapped with; kept apart from the data. */
export interface MasterKey {
  /** Follows from the key and does not give it away: what is wrapped names the key by it. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

export const KEY_BYTES = 32;
/** 32 random bytes have fewer different ones less than once in 10^16 times. */
const MIN_DIFFERENT = 16;

const HOW = 'make one with `openssl rand -base64 32`';

/** @param text 32 bytes in base64, base64url or hexadecimal digits. @throws Error that says what is wrong, without the text */
export function parseMasterKey(text: string): MasterKey {
  const bytes = bytesOf(text.trim());
  if (bytes === undefined) throw new Error(`it is no base64 and no hexadecimal digits: ${HOW}`);
  if (bytes.length !== KEY_BYTES) throw new Error(`it has ${bytes.length} bytes in place of ${KEY_BYTES}: ${HOW}`);
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) {
    throw new Error(`its bytes are a text and not random: ${HOW}`);
  }
  if (new Set(bytes).size < MIN_DIFFERENT) throw new Error(`its bytes are not random: ${HOW}`);
  return masterKey(bytes);
}

export const newMasterKey = (): MasterKey => masterKey(randomBytes(KEY_BYTES));

/** As files and variables have it. */
export const writeMasterKey = ({ bytes }: MasterKey): string => bytes.toString('base64url');

function bytesOf(text: string): Buffer | undefined {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  if (!/^[\w+/-]+={0,2}$/.test(text)) return undefined;
  return Buffer.from(text, 'base64');
}

function masterKey(bytes: Buffer): MasterKey {
  const id = Buffer.from(hkdfSync('sha256', bytes, '', 'master key id', 8)).toString('hex');
  return { id: `mk_${id}`, bytes };
}
