/** `npm run bench`: measures DataMaker beside its peers, prints tables and writes results/latest.json. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Compared, compare } from './compare.ts';
import { chat } from './figures/chat.ts';
import { commandLine } from './figures/command-line.ts';
import { connections } from './figures/connections.ts';
import { datagen } from './figures/datagen.ts';
import type { Figure } from './figures/figure.ts';
import { formats } from './figures/formats.ts';
import { http } from './figures/http.ts';
import { jobs } from './figures/jobs.ts';
import { long } from './figures/long.ts';
import { mcp } from './figures/mcp.ts';
import { platform } from './figures/platform.ts';
import { queue } from './figures/queue.ts';
import { sandbox } from './figures/sandbox.ts';
import { sdkInserts } from './figures/sdk.ts';
import { seeding } from './figures/seeding.ts';
import { types } from './figures/types.ts';
import { web } from './figures/web.ts';
import { workers } from './figures/workers.ts';
import { machine } from './machine.ts';
import { type Options, readOptions, wanted } from './options.ts';
import { parallelCapacity } from './parallel-capacity.ts';
import { median } from './statistics.ts';
import { peerTargets, ratioOf, type Target } from './targets.ts';
import { count, ratio, textTable } from './text-table.ts';

const options = readOptions();
const log = (line: string): void => console.error(`  ${line}`);

const FIGURES: Readonly<Record<string, (options: Options) => Figure | Promise<Figure>>> = {
  http,
  datagen,
  'command-line': commandLine,
  types,
  formats,
  platform,
  connections,
  seeding,
  sandbox,
  mcp,
  chat,
  sdk: sdkInserts,
  workers,
  jobs,
  queue,
  web,
  ...(options.long ? { long } : {}),
};

const on = { ...machine(), parallelCapacity: await parallelCapacity() };
const compared = compare(options, log);
if (compared.length > 0) console.log(`\n${comparison(compared)}\n\n${notes(compared)}`);
const targets: Target[] = peerTargets(compared);
const figures: Record<string, unknown> = {};
for (const [name, measure] of Object.entries(FIGURES)) {
  if (!wanted(options, name)) continue;
  log(`measuring ${name}`);
  const figure = await measure(options);
  figures[name] = figure.data;
  targets.push(...figure.targets);
  console.log(`${figure.text}\n`);
}
const results = { machine: on, quick: options.quick, rounds: options.rounds, targets, figures, compared };
console.log(
  `${on.cpu}, ${on.cores} cores, ${on.platform}, Node ${on.node}, ${on.date}; two threads that share nothing did ${on.parallelCapacity.toFixed(2)} times the work of one\n`,
);
console.log(textTable(['target', 'wanted', 'measured', ''], targets.map(targetCells)));

const folder = join(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
// Commands hold paths of this machine.
const shown = JSON.stringify(results, (key, value: unknown) => (key === 'command' ? undefined : value), 2);
writeFileSync(join(folder, 'latest.json'), `${shown}\n`);
process.exitCode = options.check && targets.some((target) => target.met === false) ? 1 : 0;

function targetCells({ name, wanted, measured, met }: Target): string[] {
  return [name, wanted, measured, met === undefined ? 'not measured' : met ? 'met' : 'MISSED'];
}

function comparison(all: readonly Compared[]): string {
  const faker = all.find(({ contender }) => contender.peer === 'faker')?.device ?? [];
  const middle = (runs: Compared['device'], of: (run: Compared['device'][number]) => number): number =>
    median(runs.map(of));
  const rows = all.map(({ contender, comparable, absent, device, file }) => [
    contender.name +
      (Object.keys(contender.lighter ?? {}).length > 0 ? ' *' : '') +
      (comparable || absent ? '' : ' (not the same work)'),
    count(middle(device, (run) => run.rowsPerSecond)),
    count(middle(device, (run) => run.rowsPerCpuSecond)),
    comparable ? ratio(ratioOf(device, faker)) : '',
    count(middle(device, (run) => run.megabytesPerSecond)),
    count(middle(file, (run) => run.rowsPerSecond)),
    count(middle(file, (run) => run.megabytesPerSecond)),
    count(middle(device, (run) => run.rss / 1e6)),
  ]);
  const header = ['CSV, 18 columns', 'rows/s', 'rows/CPU s', 'x faker', 'MB/s', 'to file rows/s', 'MB/s', 'memory MB'];
  return textTable(header, rows);
}

function notes(all: readonly Compared[]): string {
  return all
    .flatMap(({ contender, deviations, absent }) => [
      ...(absent === undefined ? [] : [`${contender.name}: not measured: ${absent}`]),
      ...Object.entries(deviations).map(([column, what]) => `* ${contender.name}, ${column}: ${what}`),
    ])
    .map((line) => `${line}\n`)
    .join('');
}
