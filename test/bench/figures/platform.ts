import type { Options } from '../options.ts';
import type { Figure } from './figure.ts';
import { auditLists } from './platform/audit-lists.ts';
import { manyStreams } from './platform/many-streams.ts';
import { sharedLimit } from './platform/shared-limit.ts';
import { templateReads } from './platform/template-reads.ts';

const PARTS: Readonly<Record<string, (options: Options) => Promise<Figure>>> = {
  templateReads,
  manyStreams,
  sharedLimit,
  auditLists,
};

/** What the server promises several teams: reads that stay fast, many streams at once, limits that hold, an audit that grows. */
export async function platform(options: Options): Promise<Figure> {
  const figures: [string, Figure][] = [];
  for (const [name, measure] of Object.entries(PARTS)) figures.push([name, await measure(options)]);
  return {
    text: figures.map(([, { text }]) => text).join('\n'),
    data: Object.fromEntries(figures.map(([name, { data }]) => [name, data])),
    targets: figures.flatMap(([, { targets }]) => targets),
  };
}
