import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { secretFile } from './secret-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'datamaker-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('makes a secret that only its owner may read, and finds it again', async () => {
  const path = join(folder, 'deep', 'er', 'secret');
  const secret = await secretFile(path);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await secretFile(path)).toBe(secret);
  expect(readFileSync(path, 'utf8')).toBe(`${secret}\n`);
});

it('gives all who ask at once the same secret, and leaves no draft', async () => {
  for (let round = 0; round < 10; round++) {
    const path = join(folder, `secret-${round}`);
    const secrets = await Promise.all(Array.from({ length: 8 }, () => secretFile(path)));
    expect(new Set(secrets).size).toBe(1);
    expect(readFileSync(path, 'utf8').trim()).toBe(secrets[0]);
  }
  expect(readdirSync(folder)).toHaveLength(10);
});

it('makes another one in another place', async () => {
  expect(await secretFile(join(folder, 'a'))).not.toBe(await secretFile(join(folder, 'b')));
});
