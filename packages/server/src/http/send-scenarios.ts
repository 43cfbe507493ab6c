import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredScenario } from '../store/scenarios.ts';
import { presentListed } from './schemas/scenario.ts';
import { sendChunks } from './send-chunks.ts';

/** What `zip` has in it beside the code: which file is which scenario. */
const INDEX = 'scenarios.json';
/** Archives of the same scenarios are the same bytes, in whatever time zone the server is. */
const NO_DATE = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true };

/** Sends scenarios as an archive: a file of Python for each, and an index. */
export async function sendScenarios(
  request: FastifyRequest,
  reply: FastifyReply,
  scenarios: AsyncIterable<StoredScenario>,
): Promise<FastifyReply> {
  const { default: yazl } = await import('yazl');
  const zip = new yazl.ZipFile();
  const head = (): void => {
    reply.headers({
      'Content-Type': 'application/zip',
      'Content-Disposition': 'attachment; filename="scenarios.zip"',
      'Cache-Control': 'no-store',
    });
  };
  await sendChunks(request, reply, head, async (take) => {
    const index: object[] = [];
    const names = new Set<string>([INDEX]);
    for await (const scenario of scenarios) {
      const file = fileNameOf(scenario, names);
      zip.addBuffer(Buffer.from(scenario.code), file, NO_DATE);
      index.push({ file, ...presentListed(scenario) });
    }
    zip.addBuffer(Buffer.from(`${JSON.stringify({ scenarios: index }, undefined, 2)}\n`), INDEX, NO_DATE);
    zip.end();
    for await (const chunk of zip.outputStream as Readable) await take(chunk as Uint8Array);
  });
  return reply;
}

/** A name that is fit for all file systems, and is the same each time: that of the scenario, and its id where two are alike. */
export function fileNameOf({ id, name }: Pick<StoredScenario, 'id' | 'name'>, taken: Set<string>): string {
  const slug = name
    .normalize('NFKD')
    .replace(/[^\w]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase()
    .slice(0, 80);
  const plain = `${slug === '' ? id : slug}.py`;
  const file = taken.has(plain) ? `${slug}_${id}.py` : plain;
  taken.add(file);
  return file;
}
