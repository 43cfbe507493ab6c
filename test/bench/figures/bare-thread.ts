/** A thread that makes rows of a template as CSV, and does nothing else: seconds that it took once it was ready. */
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { compileTemplate, parseTemplate, prepareGenerator } from '@datamaker/engine';

const { template, from, to, hashes } = workerData as {
  template: unknown;
  from: number;
  to: number;
  hashes: boolean;
};
const parsed = parseTemplate(template);
if (!parsed.ok) throw new Error('the template is not right');
const compiled = await compileTemplate(parsed.value, { seed: 'bench' });
if (!compiled.ok) throw new Error('the template cannot be compiled');
const generator = prepareGenerator(compiled.value, { format: 'csv' }, 512 * 1024);
const digest = createHash('sha256');
parentPort?.postMessage('ready');
parentPort?.once('message', () => {
  let bytes = 0;
  for (const chunk of generator.bytes('bench', from, to)) {
    if (hashes) digest.update(chunk);
    bytes += chunk.length;
  }
  parentPort?.postMessage({ bytes, sha256: digest.digest('hex') });
});
