import { arch, availableParallelism, platform, release, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { ENGINE_VERSION } from '../../services/engine-version.ts';
import { type ExamineOptions, examineHost } from '../examine-host.ts';
import type { Finding } from '../finding.ts';
import { askServer } from './ask-server.ts';
import { lookIntoStore } from './look-into-store.ts';
import { readLog } from './read-log.ts';
import { scrubOf } from './scrub.ts';
import { secretsAtHand } from './secrets-at-hand.ts';
import { showSettings } from './show-settings.ts';

export interface BundleOptions extends ExamineOptions {
  /** Of the program. */
  readonly version: string;
  /** A file with what a server has written; undefined: none is looked at. */
  readonly logFile?: string | undefined;
  /** Told of each finding as it comes. */
  readonly onFinding?: (finding: Finding) => void | Promise<void>;
}

const MOST_LINES = 500;

/**
 * All that helps somebody else to help: what `datamaker doctor` finds, versions, settings, the state of the database and of the server, the
 * end of its log. Each part is made of what is known to hold no secrets; then every secret that is known here is looked for in all of them,
 * and taken out.
 * @returns texts by their names in the bundle
 */
export async function gatherBundle(options: BundleOptions): Promise<ReadonlyMap<string, string>> {
  const { environment, databaseUrl, logFile, host = '127.0.0.1', port = 3000 } = options;
  const dataDirectory = resolve(options.dataDirectory ?? '.datamaker');
  const scrub = scrubOf(await secretsAtHand({ ...environment, DATABASE_URL: databaseUrl }, dataDirectory));
  const findings: Finding[] = [];
  for await (const finding of examineHost(options)) {
    findings.push(finding);
    await options.onFinding?.(finding);
  }
  const server = await askServer(urlOf(host, port), environment['DATAMAKER_METRICS_TOKEN']?.trim() || undefined);
  const files = new Map<string, string>();
  const add = (name: string, value: unknown): void =>
    void files.set(name, `${JSON.stringify(scrub(value), undefined, 2)}\n`);
  add('about.json', {
    made_at: new Date().toISOString(),
    versions: { datamaker: options.version, engine: ENGINE_VERSION, node: process.versions.node },
    host: { platform: platform(), release: release(), arch: arch(), cores: availableParallelism(), memory: totalmem() },
  });
  add('findings.json', findings);
  add('settings.json', showSettings(environment));
  add('database.json', await lookIntoStore(databaseUrl, dataDirectory));
  add('readyz.json', server.readiness);
  if (server.metrics !== undefined) files.set('metrics.txt', scrub(server.metrics));
  if (logFile !== undefined) {
    const { lines, leftOut } = await readLog(logFile, MOST_LINES);
    files.set('log.ndjson', lines.map((line) => `${JSON.stringify(scrub(line))}\n`).join(''));
    add('log.json', { lines: lines.length, left_out: leftOut });
  }
  return files;
}

/** Where a server on this host is reached that listens there. */
function urlOf(host: string, port: number): string {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
