import type { FastifyInstance } from 'fastify';
import { envelopeOf, fileOf, type Generation } from '../../../services/datagen/generation.ts';
import { readGenerateAi } from '../../../services/datagen/read-generate-ai.ts';
import type { RowsMaker } from '../../../services/datagen/rows-maker.ts';
import { EventStream } from '../../event-stream.ts';
import { payingCaller, watchCaller } from '../callers.ts';
import type { DatagenContext } from '../context.ts';
import { describe } from '../errors.ts';
import { generationOperations as operations } from '../openapi/operations/generation.ts';
import { requestKeyOf } from './generate.ts';

/** Most rows between two reports of progress. */
const STEP = 2000;

/**
 * AI mode as server-sent events, in this order: `status` (inferring_schema), `schema`, `status` (generating_rows), `progress`
 * (rows made so far, at least once), `result`, `done`; or `error`, after which the stream ends. A body that is wrong is
 * refused before the stream begins.
 */
export function generateStreamRoute(
  app: FastifyInstance,
  { callers, service, rows, open, exports }: DatagenContext,
): void {
  app.post('/generate-ai/stream', { config: { operation: operations.generateAiStream } }, async (request, reply) => {
    const caller = await payingCaller(request, callers);
    const asked = readGenerateAi(request.body, caller.tier);
    const events = new EventStream(request, reply);
    watchCaller(request, reply, { callers, open });
    let owed: Generation | undefined;
    try {
      await events.send('status', 'inferring_schema');
      let schema: string | undefined;
      const generation = await service
        .generateAi(caller, asked, requestKeyOf(request), request.body, {
          inferred: ({ fields }) => {
            schema = JSON.stringify(fields);
          },
        })
        .finally(async () => {
          // Also when there is trouble with it: whoever is refused sees what the columns were taken for.
          if (schema !== undefined) await events.send('schema', schema);
        });
      owed = generation;
      await events.send('status', 'generating_rows');
      const result = await resultOf(generation, rows, events.gone, (done) =>
        events.send(
          'progress',
          JSON.stringify({ rows: done, count: generation.count, percent: Math.floor((done / generation.count) * 100) }),
        ),
      );
      const end = await exports.begin(caller, generation, request.id);
      let sent = false;
      try {
        await events.send('result', result);
        sent = true;
      } finally {
        await end(sent ? generation.count : 0, sent).catch((error: unknown) =>
          request.log.error({ err: error }, 'the end of an export is missing in the audit'),
        );
      }
      owed = undefined;
      await events.send('done', JSON.stringify({ generation_id: generation.id }));
    } catch (error) {
      if (owed !== undefined) {
        await service
          .credit(owed, owed.count)
          .catch((failed: unknown) =>
            request.log.warn({ err: failed }, 'records that were not sent were not given back'),
          );
      }
      if (events.isGone) return reply;
      // In sentences, as the other door of this kind has it: the event is one object.
      const known = describe(error, false);
      if (known === undefined) request.fault = error;
      const { status, body } = known ?? { status: 500, body: { detail: ['Something went wrong in the server.'] } };
      await events.send('error', JSON.stringify({ ...(body as object), status })).catch(() => undefined);
    } finally {
      events.end();
    }
    return reply;
  });
}

/** The whole answer, made in steps: as JSON with the records in it, or with the file as `content`. */
async function resultOf(
  generation: Generation,
  rows: RowsMaker,
  signal: AbortSignal,
  progress: (rows: number) => Promise<void>,
): Promise<string> {
  const { plan, count, format } = generation;
  const envelope = JSON.stringify(envelopeOf(generation)).slice(1);
  if (format.name !== 'json') return `${await contentOf(generation, rows, signal, progress)},${envelope}`;
  const parts: string[] = [];
  const step = Math.min(STEP, rows.mostAtOnce(plan));
  for (let from = 0; from < count; from += step) {
    const to = Math.min(count, from + step);
    const array = Buffer.from(await rows.bytes(plan, format.options, from, to))
      .toString('utf8')
      .trim();
    parts.push(array.slice(1, -1).trim());
    await progress(to);
  }
  return `{"records":[${parts.join(',\n')}],${envelope}`;
}

/** Another format than JSON, as the beginning of an object: what is no text comes in base 64, and says so. */
async function contentOf(
  generation: Generation,
  rows: RowsMaker,
  signal: AbortSignal,
  progress: (rows: number) => Promise<void>,
): Promise<string> {
  const { plan, count, format } = generation;
  const chunks: Buffer[] = [];
  let made = 0;
  let told = 0;
  await rows.pump(
    plan,
    format.options,
    count,
    async (chunk) => {
      chunks.push(Buffer.from(chunk));
      if (made > told) await progress(made);
      told = made;
    },
    signal,
    (done) => {
      made = done;
    },
  );
  if (told < count) await progress(count);
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString('utf8');
  const isText = Buffer.from(text).equals(bytes);
  const content = isText ? { content: text } : { content: bytes.toString('base64'), content_encoding: 'base64' };
  return JSON.stringify({ ...content, media_type: fileOf(generation).mediaType }).slice(0, -1);
}
