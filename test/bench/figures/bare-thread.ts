/** A thread that makes rows of a template as CSV, and does nothing else: says when it is ready, and when it is done. */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { compileTemplate, parseTemplate, prepareGenerator } from '@datamaker/engine';

const { template, from, to, hashes, path } = workerData as {
  template: unknown;
  from: number;
  to: number;
  hashes: boolean;
  path: string | undefined;
};
const parsed = parseTemplate(template);
if (!parsed.ok) throw new Error('the template is not right');
const compiled = await compileTemplate(parsed.value, { seed: 'bench' });
if (!compiled.ok) throw new Error('the template cannot be compiled');
const generator = prepareGenerator(compiled.value, { format: 'csv' }, 512 * 1024);
const digest = createHash('sha256');
parentPort?.postMessage('ready');
parentPort?.once('message', () => {
  const file = path === undefined ? undefined : openSync(path, 'wx');
  let bytes = 0;
  for (const chunk of generator.bytes('bench', from, to)) {
    if (hashes) digest.update(chunk);
    if (file !== undefined) writeSync(file, chunk);
    bytes += chunk.length;
  }
  if (file !== undefined) {
    // As a part that is kept is on the disk before it is said to be.
    fsyncSync(file);
    closeSync(file);
  }
  parentPort?.postMessage({ bytes, sha256: digest.digest('hex') });
});
