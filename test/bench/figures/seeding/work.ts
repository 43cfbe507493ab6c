/** A process of its own, so that its memory is its own: `work.ts seed|undo TYPE URL ROWS RECEIPT` prints what was measured. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Dialer, loadConnector, OutboundPolicy } from '@datamaker/connectors';
import { applySeed, planSeed, type Receipt, undoSeed } from '@datamaker/seeding';
import { cpuSeconds, peakBytes } from '../process-usage.ts';

/** What a process says of its work. */
export interface Work {
  readonly rows: number;
  readonly seconds: number;
  /** Of this process alone. */
  readonly cpuSeconds: number;
  readonly peak: number;
}

const [what, type, url = '', rows, path = ''] = process.argv.slice(2);
const connector = await loadConnector(type as 'postgres' | 'mysql');
const { config, secrets } = connector.parse({ url });
const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']));
const session = await connector.open(config, { dialer, secrets, readOnly: false });
const start = performance.now();
let count = 0;
if (what === 'seed') {
  const plan = await planSeed(session, await session.introspect(), { everyTable: Number(rows), seed: 'bench' });
  const receipt = await applySeed(session, plan);
  count = plan.tables.reduce((sum, table) => sum + table.rows, 0);
  writeFileSync(path, JSON.stringify(receipt));
} else {
  const receipt = JSON.parse(readFileSync(path, 'utf8')) as Receipt;
  const report = await undoSeed(session, receipt);
  if (!report.isDone) throw new Error(`not undone: ${report.reason}`);
  count = report.tables.reduce((sum, { removed }) => sum + removed, 0);
}
const seconds = (performance.now() - start) / 1000;
await session.close();
const work: Work = { rows: count, seconds, cpuSeconds: cpuSeconds(process.pid), peak: peakBytes(process.pid) };
console.log(JSON.stringify(work));
