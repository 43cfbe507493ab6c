import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { CommandError } from '../errors/command-error.ts';
import type { Output } from '../output/output.ts';
import { type ServerApi, unreachable } from '../remote/server-api.ts';
import { ServerError } from '../remote/server-error.ts';
import type { RemotePart } from './remote-job.ts';

/** How often a part is asked for again whose connection broke, and the pause before, in milliseconds. */
const TRIES = 5;
const PAUSE_MS = 500;

/**
 * Writes a part of a job. A connection that breaks is made again behind the last byte, and the part is compared with what the manifest says of it.
 * @param onBytes told how many bytes of the part there are
 * @throws CommandError when it is not what was made
 */
export async function downloadPart(
  api: ServerApi,
  id: string,
  part: RemotePart,
  output: Output,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const digest = createHash('sha256');
  let taken = 0;
  // What was not written is not to be had from the server again: it would go on behind it.
  let isUnwritten = false;
  const take = async (chunk: Uint8Array): Promise<void> => {
    if (taken + chunk.length > part.bytes) throw damaged(part.number);
    isUnwritten = true;
    await output.write(chunk);
    isUnwritten = false;
    taken += chunk.length;
    digest.update(chunk);
    onBytes(taken);
  };
  for (let attempt = 1; taken < part.bytes; attempt++) {
    try {
      await read(api, `/jobs/${id}/parts/${part.number}`, taken, take);
      if (taken < part.bytes) throw new Error('the answer is too short');
    } catch (error) {
      if (isUnwritten) throw error;
      if (error instanceof CommandError && !(error instanceof ServerError && error.status >= 500)) throw error;
      if (attempt === TRIES) throw error instanceof CommandError ? error : unreachable(api.url, error);
      await wait(PAUSE_MS * attempt);
    }
  }
  if (digest.digest('hex') !== part.sha256) throw damaged(part.number);
}

async function read(
  api: ServerApi,
  path: string,
  from: number,
  take: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  const answer = await api.open(path, from === 0 ? {} : { headers: { range: `bytes=${from}-` } });
  if (from > 0 && answer.status !== 206) throw new Error('the answer is not the range that was asked for');
  for await (const chunk of answer.body ?? []) await take(chunk);
}

const damaged = (part: number): CommandError =>
  new CommandError(1, 'part_damaged', `part ${part} is not what was made`, {
    hint: '`datamaker jobs verify` names all that are not; submitted again with its seed, the job makes the same',
  });
