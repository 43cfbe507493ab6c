import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileTemplate, type FormatOptions, generateFile, type Plan, parseTemplate } from '@datamaker/engine';
import fc from 'fast-check';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { tries } from '../../testing/tries.ts';
import { CONTROL, PartMaker } from './part-maker.ts';

const FORMATS: readonly FormatOptions[] = [
  { format: 'csv' },
  { format: 'ndjson' },
  { format: 'json' },
  { format: 'sql', batch: 7, createTable: true },
  { format: 'xml' },
  { format: 'custom', line: '{{id}};{{name}}', separator: '\\n', head: '<', tail: '>' },
  { format: 'xlsx' },
  { format: 'parquet', rowGroup: 10 },
  { format: 'avro' },
];

let plan: Plan;
beforeAll(async () => {
  const fields = [
    { name: 'id', type: 'sequence' },
    { name: 'name', type: 'full_name', null_percentage: 20 },
    { name: 'key', type: 'integer', options: { min: 0, max: 100_000 }, unique: true },
  ];
  const parsed = parseTemplate({ name: 't', fields });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const compiled = await compileTemplate(parsed.value, { seed: 'demo' });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  plan = compiled.value;
});

it('makes of any part a file that is the output of its rows alone, where each is to be one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const control = new SharedArrayBuffer(CONTROL.places * BigInt64Array.BYTES_PER_ELEMENT);
  let files = 0;
  const range = fc.record({
    format: fc.constantFrom(...FORMATS),
    from: fc.integer({ min: 0, max: 1000 }),
    rows: fc.integer({ min: 1, max: 60 }),
    size: fc.integer({ min: 1, max: 60 }),
  });
  await fc.assert(
    fc.asyncProperty(range, async ({ format, from, rows, size }) => {
      const maker = new PartMaker();
      const to = from + rows;
      const source = { id: 'run_x', plan, format, partFiles: true, from, to };
      for (let start = from; start < to; start += size) {
        const end = Math.min(to, start + size);
        const path = join(folder, String(files++));
        const made = await maker.make({ id: source.id, source, start, end, path, most: Infinity, control });
        const alone: Uint8Array[] = [];
        for await (const chunk of generateFile(plan, format, start, end)) alone.push(chunk.slice());
        const bytes = readFileSync(path);
        expect(bytes.equals(Buffer.concat(alone))).toBe(true);
        expect([made.bytes, Buffer.from(made.sha256)]).toEqual([
          bytes.length,
          createHash('sha256').update(bytes).digest(),
        ]);
      }
    }),
    { numRuns: tries(40, 1000) },
  );
});
