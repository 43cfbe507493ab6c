import { Profiler, parseTemplate } from '@datamaker/engine';
import { describe, expect, it } from 'vitest';
import { CUSTOMER, datamaker, temporaryFolder, writeTemplate } from '../testing/run-datamaker.ts';
import { assertPromises } from './assert-promises.ts';
import { drawProfile } from './draw-profile.ts';

const template = parseTemplate({
  fields: [
    { name: 'n', type: 'number', options: { min: 1, max: 9 } },
    { name: '名', type: 'constant', options: { value: '値' } },
  ],
});
if (!template.ok) throw new Error('no template');

function profileOf(rows: readonly Record<string, unknown>[]) {
  const profiler = new Profiler(template.ok ? { template: template.value } : {});
  profiler.addAll(rows);
  return profiler.finish();
}

describe('datamaker profile', () => {
  it('draws a line for each field, the same for the same seed', async () => {
    const path = writeTemplate(temporaryFolder(), CUSTOMER);
    const first = await datamaker(['profile', path, '--seed', 's', '--count', '2000', '--check']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const lines = first.stdout.toString().split('\n');
    expect(lines[0]).toMatch(/^field +type +null +distinct +from +to +mean +histogram +commonest$/);
    expect(lines.slice(1, 5).map((line) => line.split(' ')[0])).toEqual(['id', 'uuid', 'email', 'balance']);
    expect(lines[4]).toMatch(/number +0\.0% +\d+ +1 +\d+ +\d+\.?\d* +[▁▂▃▄▅▆▇█]{8,}/);
    expect(first.stdout.toString()).toMatch(/\n(\d+) of \1 promises of the template hold\n$/);
    expect((await datamaker(['profile', path, '--seed', 's', '--count', '2000'])).stdout).toEqual(first.stdout);
  });

  it('gives JSON, and tells the seed it drew', async () => {
    const path = writeTemplate(temporaryFolder(), CUSTOMER);
    const { stdout, stderr, code } = await datamaker(['profile', path, '--json', '-n', '50']);
    expect(code).toBe(0);
    const found = JSON.parse(stdout.toString());
    expect(stderr).toBe(`seed: ${found.seed}\n`);
    expect(found).toMatchObject({ rows: 50, truncated: false });
    expect(found.fields[3]).toMatchObject({ path: 'balance', type: 'number', count: 50, histogram: { of: 'numbers' } });
  });

  it.each([
    [['--count', '0'], 'invalid_count'],
    [['--seed', ''], 'invalid_seed'],
    [['--chekc'], 'unknown_option'],
  ])('refuses %j', async (words, code) => {
    const path = writeTemplate(temporaryFolder(), CUSTOMER);
    const ended = await datamaker(['profile', path, ...words]);
    expect(ended).toMatchObject({ code: 2, stdout: Buffer.alloc(0) });
    expect(ended.stderr).toContain(code);
  });

  it('shows what does not hold, and ends with 1 for it when asked to', () => {
    const rows = Array.from({ length: 500 }, (_, i) => ({ n: (i % 9) + 1, 名: '値' }));
    expect(() => assertPromises(profileOf(rows))).not.toThrow();
    const planted = profileOf(rows.map((row, i) => (i === 7 ? { ...row, n: 12 } : row)));
    expect(drawProfile(planted)).toContain('  n: greatest value, at or below: expected 9, got 12 [max]\n');
    expect(() => assertPromises(planted)).toThrow(expect.objectContaining({ exitCode: 1, code: 'check_failed' }));
  });

  it('keeps columns straight under wide characters', () => {
    const [header = '', , row = ''] = drawProfile(profileOf([{ n: 1, 名: '値' }])).split('\n');
    expect(row.indexOf('constant')).toBe(header.indexOf('type') - 1);
  });
});
