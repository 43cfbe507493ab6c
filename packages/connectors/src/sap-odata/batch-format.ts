import { ConnectionError } from '../connection-error.ts';

/** A request that is part of a batch. */
export interface BatchRequest {
  readonly method: string;
  /** Relative to the root of the service. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface BatchAnswer {
  readonly status: number;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

const CRLF = '\r\n';

/**
 * The body of a $batch: change sets, each kept as a whole or not at all. The format is the same in both versions (OData 2.0 Batch
 * Processing; OData 4.01 Protocol, 11.7).
 */
export function writeBatch(changeSets: readonly (readonly BatchRequest[])[], boundary: string): string {
  let count = 0;
  const parts = changeSets.map((requests, i) => {
    const inner = `changeset_${i}_${boundary}`;
    const inside = requests.map(({ method, path, headers, body }) =>
      [
        `--${inner}`,
        'Content-Type: application/http',
        'Content-Transfer-Encoding: binary',
        `Content-ID: ${++count}`,
        '',
        `${method} ${path} HTTP/1.1`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join(CRLF),
    );
    return [`--${boundary}`, `Content-Type: multipart/mixed; boundary=${inner}`, '', ...inside, `--${inner}--`].join(
      CRLF,
    );
  });
  return [...parts, `--${boundary}--`, ''].join(CRLF);
}

/**
 * The answers of a batch, by change sets. A set that was refused has one answer, whatever number of requests it had.
 * @throws ConnectionError protocol
 */
export function readBatch(body: Uint8Array, contentType: string | undefined): BatchAnswer[][] {
  const text = Buffer.from(body).toString('latin1');
  return partsOf(text, boundaryOf(contentType)).map((part) => {
    const { headers, rest } = split(part);
    const type = headers['content-type'] ?? '';
    if (!/^multipart\/mixed/i.test(type)) return [answerOf(rest)];
    return partsOf(rest, boundaryOf(type)).map((inner) => answerOf(split(inner).rest));
  });
}

function answerOf(text: string): BatchAnswer {
  const [, status] = /^\s*HTTP\/\d(?:\.\d)? (\d{3})/.exec(text) ?? [];
  if (status === undefined) throw malformed();
  const { headers, rest } = split(text.trimStart().replace(/^[^\n]*\n/, ''));
  return { status: Number(status), headers, body: Buffer.from(rest, 'latin1').toString('utf8').trim() };
}

/** Without what stands before the first boundary and behind the last. */
function partsOf(text: string, boundary: string): string[] {
  const parts = `\n${text}`.split(`\n--${boundary}`);
  if (parts.length < 2 || !parts.at(-1)?.startsWith('--')) throw malformed();
  return parts.slice(1, -1).map((part) => part.replace(/^[^\n]*\n/, '').replace(/\r$/, ''));
}

function split(part: string): { headers: Record<string, string>; rest: string } {
  // Without any header the empty line comes at once.
  const [, head = '', rest = ''] = /^((?:[^\r\n]+\r?\n)*)(?:\r?\n([\s\S]*))?$/.exec(part) ?? [undefined, part];
  const lines = head.split(/\r?\n/).filter((line) => line.includes(':'));
  const headers = lines.map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()];
  });
  return { headers: Object.fromEntries(headers) as Record<string, string>, rest };
}

function boundaryOf(contentType: string | undefined): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed();
  return boundary;
}

const malformed = (): ConnectionError =>
  new ConnectionError('protocol', 'the answer to $batch is not in the format of batches');
