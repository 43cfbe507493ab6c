import type { MaskKey } from '@datamaker/engine';
import { badArgument } from '../errors/command-error.ts';
import { readInput } from '../template/read-input.ts';

/** Larger secrets are some other file, named by mistake. */
const MAX_KEY_BYTES = 65_536;
/** The variable that has the key where no file does. */
export const MASK_KEY = 'DATAMAKER_MASK_KEY';

/** Bytes of a key file. The end of the last line is no part of a key. */
export async function readKeyFile(path: string): Promise<Uint8Array> {
  const { bytes } = await readInput(path, MAX_KEY_BYTES);
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end--;
  return bytes.slice(0, end);
}

/** The key of a file, else that of $DATAMAKER_MASK_KEY; undefined where there is none. @throws CommandError */
export async function readMaskKey(path: string | undefined): Promise<MaskKey | undefined> {
  const { MaskKey, MIN_KEY_BYTES } = await import('@datamaker/engine');
  const text = process.env[MASK_KEY];
  const bytes =
    path !== undefined ? await readKeyFile(path) : text ? new TextEncoder().encode(text.trimEnd()) : undefined;
  if (bytes === undefined) return undefined;
  if (bytes.length >= MIN_KEY_BYTES) return new MaskKey(bytes);
  const message = `the key has ${bytes.length} bytes, fewer than ${MIN_KEY_BYTES}`;
  throw badArgument(
    path === undefined ? `$${MASK_KEY}` : '--key-file',
    'mask_key_too_short',
    message,
    'make one with `openssl rand -hex 32`',
  );
}
