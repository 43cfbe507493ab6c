import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import type { ExportStart } from '../services/exports.ts';
import { type ByteRange, parseRange } from './range.ts';
import { sendChunks } from './send-chunks.ts';
import { sendExport } from './send-export.ts';

/** Bytes that are kept, as a download shows them. */
export interface Download {
  /** Without folders. */
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  /** What the audit is told of it, beside how much. */
  readonly leaving: Omit<ExportStart, 'bytes' | 'first_byte'>;
  /** Both ends of a range are inclusive. */
  open(range: ByteRange | undefined): Promise<Readable>;
}

/** Answers with bytes, all of them or the range that the request asks for. @throws ApiError range_not_satisfiable */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: Download): Promise<FastifyReply> {
  describe(file, reply);
  const etag = etagOf(file);
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  const condition = request.headers['if-range'];
  const whole = condition !== undefined && condition !== etag;
  const range = whole ? undefined : parseRange(request.headers.range, file.bytes);
  if (range === null) {
    for (const name of Object.keys(ABOUT)) reply.removeHeader(name);
    reply.header('Content-Range', `bytes */${file.bytes}`);
    throw new ApiError('range_not_satisfiable', `the file has ${file.bytes} bytes, and the range begins behind them`);
  }
  const length = range === undefined ? file.bytes : range.end - range.start + 1;
  const head = (): void => {
    reply.code(range === undefined ? 200 : 206).header('Content-Length', length);
    if (range !== undefined) reply.header('Content-Range', `bytes ${range.start}-${range.end}/${file.bytes}`);
  };
  const first = range === undefined ? {} : { first_byte: range.start };
  await sendExport(request, { ...file.leaving, bytes: length, ...first }, (delivered) =>
    sendChunks(request, reply, head, async (take, signal) => {
      if (length === 0) return;
      const bytes = await file.open(range);
      signal.addEventListener('abort', () => bytes.destroy(), { once: true });
      let taken = 0;
      for await (const chunk of bytes) {
        await take(chunk as Uint8Array);
        taken += (chunk as Uint8Array).length;
        delivered(taken);
      }
    }),
  );
  return reply;
}

/** Headers that no answer but the file's own has. */
const ABOUT = {
  'Content-Type': '',
  'Content-Disposition': '',
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'private, no-cache',
  'Accept-Ranges': 'bytes',
  ETag: '',
} as const;

/** Whatever is in it, no browser shows it as a page or runs it. */
function describe(file: Download, reply: FastifyReply): void {
  const { name } = file;
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  // RFC 8187: what encodeURIComponent leaves is allowed, but for these.
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  reply.headers({
    ...ABOUT,
    'Content-Type': file.contentType,
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
    ETag: etagOf(file),
  });
}

const etagOf = ({ sha256 }: Pick<Download, 'sha256'>): string => `"${sha256.toString('base64url')}"`;

/** Whether one of the tags of a header is the file's; weak ones count as well (RFC 9110, section 13.1.2). */
const matches = (header: string | undefined, etag: string): boolean =>
  header?.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag) === true;
