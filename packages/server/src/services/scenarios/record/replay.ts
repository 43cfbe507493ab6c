import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import type { BrokerHandler, BrokerRequest, BrokerResponse } from '../../../runner/broker/broker-handler.ts';
import type { RunError } from '../../../store/run-table.ts';
import type { RecordedCall, RecordedPiece, RecordHead } from './record-format.ts';
import { RequestDigest } from './request-digest.ts';

interface PlacedCall extends RecordedCall {
  /** Where its bytes are in the file. */
  readonly places: readonly Place[];
}

interface Place {
  readonly at: number;
  readonly bytes: number;
}

const LINE_END = 10;
/** More is no head of a call. */
const MOST_LINE = 4 * 1024 * 1024;
/** Who had read no further once may take a while until it lets go. */
const HELD_MS = 10_000;

/** Answers a script from what was answered to it before, and asks nobody. */
export class Replay {
  readonly head: RecordHead;
  readonly #path: string;
  readonly #left = new Map<string, PlacedCall[]>();
  #given = 0;

  private constructor(path: string, head: RecordHead, calls: readonly PlacedCall[]) {
    this.#path = path;
    this.head = head;
    for (const call of calls.toSorted((a, b) => a.call - b.call)) {
      const key = keyOf(call.method, call.path, call.body);
      this.#left.set(key, [...(this.#left.get(key) ?? []), call]);
    }
  }

  /**
   * @param record as it is kept
   * @param path of a file that is not there yet, for the time of the replay
   */
  static async open(record: Readable, path: string): Promise<Replay> {
    await pipeline(record, createGunzip(), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    const { head, calls } = await readLines(path);
    return new Replay(path, head, calls);
  }

  /**
   * @param tell puts a line into the log
   * @param stop told once of a call that was not made before: no answer to it is true
   */
  handler(tell: (line: string) => void, stop: (why: RunError) => void): BrokerHandler {
    return async (request) => {
      const digest = new RequestDigest(request.headers['content-type']);
      for await (const chunk of request.body) digest.update(chunk as Buffer);
      const call = this.#left.get(keyOf(request.method, request.path, digest.digest()))?.shift();
      if (call === undefined) {
        const why = this.#unknown(request);
        stop(why);
        return refusal(why);
      }
      this.#given++;
      for (const line of call.told) tell(line);
      return this.#answer(call, request.signal);
    };
  }

  /** What is to be seen of it afterwards. */
  get facts(): Readonly<Record<string, unknown>> {
    const left = [...this.#left.values()].reduce((sum, calls) => sum + calls.length, 0);
    return { run_id: this.head.runId, calls: this.#given, not_asked: left };
  }

  #unknown({ method, path }: BrokerRequest): RunError {
    const shown = `${method} ${path.replace(/\?.*/s, '').slice(0, 200)}`;
    const message = `call ${this.#given + 1}, ${shown}, is not in the record of ${this.head.runId}: it was not made then, or with another body`;
    return { code: 'not_in_record', message };
  }

  #answer({ status, headers, places, isCut }: PlacedCall, signal: AbortSignal): BrokerResponse {
    const body = Readable.from(piecesOf(this.#path, places, isCut ? signal : undefined));
    return { status, headers: { ...headers } as BrokerResponse['headers'], body };
  }
}

const keyOf = (method: string, path: string, body: string): string => `${method} ${path} ${body}`;

/** @param held of a script that had read no further: behind the bytes comes nothing until it lets go */
async function* piecesOf(
  path: string,
  places: readonly Place[],
  held: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for (const { at, bytes } of places) yield* createReadStream(path, { start: at, end: at + bytes - 1 });
  if (held === undefined) return;
  await wait(HELD_MS, undefined, { signal: held }).catch(() => undefined);
  throw new Error('what came behind it was not read then');
}

function refusal({ code, message }: RunError): BrokerResponse {
  const body = Buffer.from(JSON.stringify({ error: { code, message, details: {}, request_id: 'req_replay' } }));
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };
  return { status: 409, headers, body: Readable.from([body]) };
}

async function readLines(path: string): Promise<{ head: RecordHead; calls: PlacedCall[] }> {
  const file = await open(path, 'r');
  try {
    let head: RecordHead | undefined;
    const calls: PlacedCall[] = [];
    const pieces = new Map<number, Place[]>();
    for (let at = 0; ; ) {
      const line = await lineAt(file, at);
      if (line === undefined) break;
      at += line.length + 1;
      const said = JSON.parse(line.toString()) as RecordHead | RecordedCall | RecordedPiece;
      if ('of' in said) {
        const { of, bytes } = said;
        const known = pieces.get(of);
        if (known === undefined) pieces.set(of, [{ at, bytes }]);
        else known.push({ at, bytes });
        at += bytes + 1;
      } else if ('call' in said) {
        calls.push({ ...said, places: pieces.get(said.call) ?? [] });
        pieces.delete(said.call);
      } else head = said;
    }
    if (head === undefined) throw new Error('the record of the run is empty');
    return { head, calls };
  } finally {
    await file.close();
  }
}

async function lineAt(file: Awaited<ReturnType<typeof open>>, start: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  for (let at = start; at - start < MOST_LINE; ) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4096), 0, 4096, at);
    if (bytesRead === 0) return undefined;
    const end = buffer.subarray(0, bytesRead).indexOf(LINE_END);
    parts.push(buffer.subarray(0, end === -1 ? bytesRead : end));
    if (end !== -1) return Buffer.concat(parts);
    at += bytesRead;
  }
  throw new Error('the record of the run cannot be read');
}
