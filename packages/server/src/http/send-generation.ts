import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Generation as Prepared } from '../services/generation-service.ts';
import type { Limiter } from '../services/limits/limiter.ts';
import { reserveRows } from './limits.ts';
import { type Pump, sendChunks } from './send-chunks.ts';
import { sendExport } from './send-export.ts';

/** A generation, and the template at the version that it is of. */
interface Generation extends Prepared {
  readonly template: { readonly id: string; readonly version: number };
}

/** Writes the output of a generation as the client takes it. Rows are paid for when they are about to leave. @throws ApiError quota_exceeded */
export async function sendGeneration(
  generation: Generation,
  request: FastifyRequest,
  reply: FastifyReply,
  limiter: Limiter,
): Promise<void> {
  const head = (): void => {
    reply
      .type(generation.mediaType)
      .header('X-DataMaker-Seed', encodeURIComponent(generation.seed))
      .header('X-DataMaker-Rows', generation.rows)
      .header('Content-Disposition', `attachment; filename="${generation.fileName}"`);
    const { spreadsheetSafe } = generation;
    if (spreadsheetSafe !== undefined) reply.header('X-DataMaker-Spreadsheet-Safe', String(spreadsheetSafe));
  };
  const reservation = await reserveRows(request, reply, limiter, generation.rows);
  let rows = 0;
  const pump: Pump = (take, signal) => {
    let noted = 0;
    const takeNoted = async (chunk: Uint8Array): Promise<void> => {
      // Before it leaves: a server that dies now has noted it.
      if (rows > noted) await reservation.note(rows);
      noted = rows;
      await take(chunk);
    };
    return generation.pump(takeNoted, signal, (next) => {
      rows = next;
    });
  };
  try {
    const { template, sensitive: fields, format } = generation;
    await sendExport(
      request,
      { of: 'template', ...template, fields, rows: generation.rows, format },
      async (delivered) => {
        try {
          return await sendChunks(request, reply, head, pump);
        } finally {
          delivered(rows);
        }
      },
    );
  } finally {
    await reservation.settle(rows);
  }
}
