import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/run-datamaker.ts';
import { BLOCK_BYTES, BlockWriter } from './block-writer.ts';
import { DIRECT_FROM, FileWriter } from './file-writer.ts';
import { openDirect } from './open-direct.ts';

const MOST = DIRECT_FROM + 7 * BLOCK_BYTES;

/** Bytes in which every place has its own: words that count. */
const BYTES = new Uint8Array(Uint32Array.from({ length: MOST / 4 + 1 }, (_, i) => i * 2654435761).buffer);

interface Writer {
  write(chunk: Uint8Array): void | Promise<void>;
  finish(): Promise<void>;
}

/** Hands out bytes in chunks of a size, all in one buffer, as the engine does. */
async function feed(writer: Writer, size: number, chunkBytes: number): Promise<void> {
  const chunk = new Uint8Array(chunkBytes);
  for (let at = 0; at < size; at += chunkBytes) {
    const part = BYTES.subarray(at, Math.min(size, at + chunkBytes));
    chunk.set(part);
    await writer.write(chunk.subarray(0, part.length));
    chunk.fill(0);
  }
  await writer.finish();
}

const expectBytes = (path: string, size: number): void =>
  expect(readFileSync(path).equals(BYTES.subarray(0, size))).toBe(true);

function open(path: string, flags: number | string): number {
  const descriptor = openSync(path, flags);
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

/** A new file, opened as usual and for direct writes; where there are none, as usual twice. */
function twice(): { path: string; ordinary: number; direct: number } {
  const path = join(temporaryFolder(), 'file');
  const ordinary = open(path, 'wx');
  const direct = openDirect(ordinary);
  if (direct !== undefined) onTestFinished(() => closeSync(direct));
  return { path, ordinary, direct: direct ?? open(path, 'r+') };
}

describe('a file that is written', () => {
  const edges = [0, 4096, BLOCK_BYTES, 4 * BLOCK_BYTES, 6 * BLOCK_BYTES + 4096].map((more) => DIRECT_FROM + more);
  const sizes = [0, 1, 4096, ...edges.flatMap((edge) => [edge - 1, edge, edge + 1])];

  it.each(sizes)('has the bytes it was given, directly or not (%i)', async (size) => {
    for (const chunkBytes of [4093, 700_001, MOST]) {
      for (const how of [openDirect, () => undefined]) {
        const path = join(temporaryFolder(), 'file');
        await feed(new FileWriter(path, 0o666, how), size, chunkBytes);
        expectBytes(path, size);
      }
    }
  });

  it('is opened for direct writes only where the system has them', () => {
    expect(openDirect(open('/dev/null', 'w'))).toBeUndefined();
  });
});

describe('the blocks of a file', () => {
  it('go past the ordinary descriptor', async () => {
    const { path, direct } = twice();
    // This one cannot be written to.
    await feed(new BlockWriter(open(path, 'r'), direct, 0), 6 * BLOCK_BYTES, 700_001);
    expectBytes(path, 6 * BLOCK_BYTES);
  });

  it('go the ordinary way when the file system refuses them', async () => {
    const { path, ordinary, direct } = twice();
    const start = 100;
    // Direct writes to places that are no multiples of the device's blocks are refused (EINVAL).
    await feed(new BlockWriter(ordinary, direct, start), 6 * BLOCK_BYTES + 5, 700_001);
    expect(
      readFileSync(path)
        .subarray(start)
        .equals(BYTES.subarray(0, 6 * BLOCK_BYTES + 5)),
    ).toBe(true);
  });

  it.runIf(process.platform === 'linux')('end with the error of the system when the disk is full', async () => {
    const full = open('/dev/full', constants.O_WRONLY);
    const writer = new BlockWriter(open('/dev/null', 'w'), full, 0);
    await expect(feed(writer, MOST, 700_001)).rejects.toMatchObject({ code: 'ENOSPC', syscall: 'write' });
    await expect(writer.write(BYTES.subarray(0, 1))).rejects.toMatchObject({ code: 'ENOSPC' });
    await expect(writer.finish()).rejects.toMatchObject({ code: 'ENOSPC' });
  });

  it.runIf(process.platform === 'linux')('are not left behind by an error at the very end', async () => {
    const writer = new BlockWriter(open('/dev/null', 'w'), open('/dev/full', constants.O_WRONLY), 0);
    expect(writer.write(BYTES.subarray(0, BLOCK_BYTES))).toBeUndefined();
    await expect(writer.finish()).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});
