/** DataMaker as a library: compile the template and run it, on as many threads as asked for. */
import { readFileSync } from 'node:fs';
import { compileTemplate, parseFormat, parseTemplateText } from '@datamaker/engine';
import { run } from '@datamaker/engine/run';
import { contenderArguments, measured, writing } from './measured.ts';

const { path, rows, threads } = contenderArguments();
const template = parseTemplateText(readFileSync(process.env['BENCH_TEMPLATE'] ?? '', 'utf8'));
const format = parseFormat(JSON.parse(process.env['BENCH_FORMAT'] ?? '{"format":"csv"}'));
if (!template.ok) throw new Error(JSON.stringify(template.diagnostics));
if (!format.ok) throw new Error(JSON.stringify(format.diagnostics));

await measured(rows, async () => {
  const plan = await compileTemplate(template.value, { seed: 'bench' });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics));
  return writing(path, (write) => run(plan.value, { format: format.value, to: rows, threads }, write));
});
