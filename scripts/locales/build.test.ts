import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildAll, DATA } from './build.mjs';
import { toJson } from './to-json.mjs';

describe('the locale data that is committed', () => {
  const files = buildAll();

  it('is what the script makes of its sources (else: node scripts/locales/build.mjs)', () => {
    expect(readdirSync(DATA).sort()).toEqual([...files.keys()].sort());
    const stale = [...files].filter(([name, text]) => readFileSync(new URL(name, DATA), 'utf8') !== text);
    expect(stale.map(([name]) => name)).toEqual([]);
  });

  it('is the same when made again', () => {
    expect(buildAll()).toEqual(files);
  });

  it('is under 2.5 MB', () => {
    const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(bytes).toBeLessThan(2.5e6);
  });
});

describe('toJson', () => {
  it('writes what JSON.parse reads back', () => {
    const value = { a: ['x', 'ü"'], b: { c: null, d: 1, e: [] }, f: [['g'], ['h', 'i']] };
    expect(JSON.parse(toJson(value))).toEqual(value);
  });

  it('keeps a list on one line and leaves out undefined members', () => {
    expect(toJson({ a: ['x', 'y'], b: undefined })).toBe('{\n  "a": ["x","y"]\n}');
  });
});
