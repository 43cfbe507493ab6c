import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fileTarget } from './file-sink.ts';

const never = new AbortController().signal;

it('takes nothing back that another program has written behind it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dm-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'rows.csv');
  writeFileSync(file, 'before\n');
  const sink = await fileTarget(file).open();
  onTestFinished(() => sink.close());
  const row = (text: string) => ({ from: 0, to: 1, bytes: new TextEncoder().encode(text) });
  // The file cannot be written to, at a moment when somebody else has written.
  const length = (): number => {
    appendFileSync(file, 'theirs\n');
    return 5;
  };
  const bytes = Object.defineProperty({}, 'length', { get: length });
  await expect(sink.send([{ ...row(''), bytes: bytes as Uint8Array }], () => undefined, never)).rejects.toThrow();
  await sink.send([row('ours\n')], () => undefined, never);
  expect(readFileSync(file, 'utf8')).toBe('before\ntheirs\nours\n');
});
