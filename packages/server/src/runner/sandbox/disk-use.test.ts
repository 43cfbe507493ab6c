import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deletedBytes, diskUse } from './disk-use.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'datamaker-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('counts what is allocated, not what a file says of itself', async () => {
  const { bytes: empty } = await diskUse([folder], 1e9);
  writeFileSync(join(folder, 'holes'), '');
  truncateSync(join(folder, 'holes'), 1e9);
  expect((await diskUse([folder], 1e9)).bytes - empty).toBeLessThan(100_000);
  writeFileSync(join(folder, 'full'), Buffer.alloc(1_000_000, 1));
  expect((await diskUse([folder], 1e9)).bytes).toBeGreaterThanOrEqual(1_000_000);
});

it('looks into folders that were closed, and at links but not behind them', async () => {
  mkdirSync(join(folder, 'closed'));
  writeFileSync(join(folder, 'closed', 'file'), Buffer.alloc(500_000, 1));
  chmodSync(join(folder, 'closed'), 0);
  symlinkSync('/', join(folder, 'root'));
  symlinkSync(folder, join(folder, 'loop'));
  const { bytes, entries } = await diskUse([folder], 1e9);
  expect(bytes).toBeGreaterThanOrEqual(500_000);
  expect(entries).toBe(5);
});

/** Puts a link in the place of a folder and back, for as long as it lives; says a line when it has begun. */
const EXCHANGE = `
import ctypes, os, sys
rename = ctypes.CDLL(None, use_errno=True).renameat2
os.chdir(sys.argv[1])
os.mkdir("folder")
os.symlink(sys.argv[2], "link")
print("begun", flush=True)
while True:
    for _ in range(50): rename(-100, b"folder", -100, b"link", 2)
    for name in ("folder", "link"):
        try:
            if not os.path.islink(name): os.chmod(name, 0o6077)
        except OSError: pass
`;

describe.runIf(process.platform === 'linux')('beside a job that exchanges a folder and a link', () => {
  it.each(['folder', 'file'])('changes nothing of the %s that the link leads to', async (kind) => {
    const aside = mkdtempSync(join(tmpdir(), 'datamaker-test-'));
    const outside = join(aside, 'outside');
    if (kind === 'folder') {
      mkdirSync(outside);
      writeFileSync(join(outside, 'file'), Buffer.alloc(500_000, 1));
    } else writeFileSync(outside, Buffer.alloc(500_000, 1));
    chmodSync(outside, 0o700);
    const job = spawn('python3', ['-c', EXCHANGE, folder, outside], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(job.stdout, 'data');
      for (let look = 0; look < 1500; look++) {
        expect((await diskUse([folder], 1e9)).bytes).toBeLessThan(500_000);
        expect(statSync(outside).mode & 0o7777).toBe(0o700);
      }
    } finally {
      job.kill('SIGKILL');
      rmSync(aside, { recursive: true, force: true });
    }
  });
});

it('says that it cannot count folders that are nested too deeply', async () => {
  mkdirSync(join(folder, ...Array.from({ length: 250 }, () => 'd')), { recursive: true });
  await expect(diskUse([folder], 1e9)).rejects.toThrow('too deeply');
});

it('stops above the most', async () => {
  for (let at = 0; at < 20; at++) writeFileSync(join(folder, String(at)), Buffer.alloc(100_000, 1));
  const { bytes, entries } = await diskUse([folder], 300_000);
  expect(bytes).toBeGreaterThan(300_000);
  expect(entries).toBeLessThan(10);
});

it('takes a folder that is gone for empty', async () => {
  expect(await diskUse([join(folder, 'gone')], 1e9)).toEqual({ bytes: 0, entries: 0 });
});

it.runIf(process.platform === 'linux')('counts files that are open and deleted, each once', () => {
  const path = join(folder, 'gone');
  const files = [openSync(path, 'w'), openSync(path, 'r')];
  writeSync(files[0]!, Buffer.alloc(700_000, 1));
  linkSync(path, join(folder, 'other'));
  unlinkSync(path);
  expect(deletedBytes([process.pid])).toBeLessThan(700_000);
  unlinkSync(join(folder, 'other'));
  const counted = deletedBytes([process.pid]);
  expect(counted).toBeGreaterThanOrEqual(700_000);
  expect(counted).toBeLessThan(1_400_000);
  for (const file of files) closeSync(file);
});
