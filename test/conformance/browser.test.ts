import { readFileSync } from 'node:fs';
import { compileTemplate, generateFile, parseTemplate } from '@datamaker/engine';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { startChromium } from '../browser/chromium.ts';

const template = JSON.parse(readFileSync(new URL('../bench/customer.template.json', import.meta.url), 'utf8')) as {
  fields: object[];
};
const fields = [
  ...template.fields,
  { name: 'tail', type: 'float', options: { distribution: 'lognormal', mean: 10, stddev: 40, max: 100_000 } },
  { name: 'label', type: 'derived', options: { expression: '{{first_name}} {{round(balance / 7, 3)}}' } },
  { name: 'code', type: 'regex', options: { pattern: '([A-Z]{2}|\\d{3,5})-x*' } },
];

/** Some rows as text and as files, in hexadecimal; runs here and, as source, in the browser. */
async function make(
  engine: {
    parseTemplate: typeof parseTemplate;
    compileTemplate: typeof compileTemplate;
    generateFile: typeof generateFile;
  },
  given: object[],
): Promise<Record<string, string>> {
  const parsed = engine.parseTemplate({ name: 'browser', fields: given });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const plan = await engine.compileTemplate(parsed.value, { seed: 'browser', now: 0 });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  const made: Record<string, string> = {};
  for (const format of ['csv', 'xml', 'xlsx', 'parquet', 'avro'] as const) {
    let text = '';
    for await (const chunk of engine.generateFile(plan.value, { format }, 1_000_000, 1_002_000)) {
      for (const byte of chunk) text += byte.toString(16).padStart(2, '0');
    }
    made[format] = text;
  }
  return made;
}

it('gives the same bytes in Chromium as in Node', async () => {
  const entry = new URL('../../packages/engine/src/index.ts', import.meta.url).pathname;
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'iife',
    globalName: 'engine',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  const browser = await startChromium();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    const there = await page.evaluate(`(${make.toString()})(engine, ${JSON.stringify(fields)})`);
    const here = await make({ parseTemplate, compileTemplate, generateFile }, fields);
    // Compared one by one: a difference of a megabyte is not worth showing.
    for (const [format, bytes] of Object.entries(here)) {
      expect(bytes.length).toBeGreaterThan(1000);
      expect((there as typeof here)[format] === bytes ? 'the same' : `another ${format}`).toBe('the same');
    }
  } finally {
    await browser.close();
  }
}, 120_000);
