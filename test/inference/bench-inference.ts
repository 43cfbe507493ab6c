// npm run bench:infer: how often the values generated for the names of real columns look like what they should.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateValues } from './generate-values.ts';
import { measureSpeed } from './measure-speed.ts';
import { readOptions } from './options.ts';
import { type LabelledTable, readTables } from './read-tables.ts';
import { missLines, report } from './report.ts';
import { score, type Verdict } from './score.ts';
import { summarise } from './summary.ts';

const OWN = fileURLToPath(new URL('columns.jsonl', import.meta.url));

const options = readOptions();
const tables = (options.files.length === 0 ? [OWN] : options.files).flatMap(tablesOf);
const verdicts: Verdict[][] = [];
for (const table of tables) verdicts.push(score(table, await generateValues(table)));
const summary = summarise(verdicts);
const microsecondsPerField = measureSpeed(tables);

if (options.json) {
  const misses = verdicts.flat().filter(({ either }) => !either);
  const date = new Date().toISOString();
  console.log(JSON.stringify({ date, node: process.versions.node, ...summary, microsecondsPerField, misses }, null, 2));
} else {
  console.log(report(summary, microsecondsPerField));
  if (options.misses) console.log(['', ...missLines(verdicts.flat())].join('\n'));
}

/** The tables of a file; ends the program when they cannot be read. */
function tablesOf(file: string): LabelledTable[] {
  try {
    return readTables(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`error: ${file} could not be read: ${(error as Error).message}`);
    console.error('Name files with one labelled table a line; test/inference/read-tables.ts says which keys it has.');
    process.exit(2);
  }
}
