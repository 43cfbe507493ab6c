import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datamaker, shell } from '../testing/run-datamaker.ts';

describe('a template with a Python field', () => {
  let folder: string;
  const write = (name: string, code: string): string => {
    const path = join(folder, name);
    const fields = [
      { name: 'id', type: 'sequence' },
      { name: 'p', type: 'python', options: { code } },
    ];
    writeFileSync(path, JSON.stringify({ fields }, undefined, 2));
    return path;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dm-py-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.skipIf(!existsSync('/usr/bin/bwrap'))('is made in the sandbox of this machine', async () => {
    const path = write(
      'right.json',
      'def value(rng, row, dm):\n    return [dm.counter("n").next(), rng.randint(1, 6)]',
    );
    const { code, stdout, stderr } = await datamaker(['generate', path, '-n', '3', '-f', 'ndjson', '-s', 'a']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows = String(stdout)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toEqual([1, 2, 3].map((id) => ({ id, p: [id, expect.any(Number)] })));
    const wrong = write('wrong.json', 'def value(rng, row, dm):\n    return 1 / (row["id"] - 2)');
    const failed = await datamaker(['generate', wrong, '-n', '3', '-s', 'a']);
    expect(failed.code).toBe(2);
    expect(failed.stderr).toContain('row 1: field "p": ZeroDivisionError: division by zero (line 2)');
    expect(failed.stderr).toMatch(/wrong\.json:\d+:\d+/);
  });

  it('is refused where there is no sandbox', async () => {
    const path = write('none.json', 'def value(rng, row, dm):\n    return 1');
    const { code, stdout, stderr } = await shell(`PATH=/nonexistent datamaker generate ${path} -n 3`);
    expect({ code, stdout: String(stdout) }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('needs_a_worker');
  });
});
