import { parentPort } from 'node:worker_threads';
import { PartMaker, type PartTask } from './part-maker.ts';

/** The thread that makes parts: one after the other, as it is told. */
const port = parentPort;
if (port === null) throw new Error('this module runs in a worker thread');
const maker = new PartMaker();

port.on('message', (task: PartTask) => {
  maker.make(task).then(
    (made) => port.postMessage({ made }),
    // Own properties of errors do not survive the journey by themselves.
    (error: Error & { code?: string }) =>
      port.postMessage({ failed: { name: error.name, message: error.message, code: error.code } }),
  );
});
