import { parentPort } from 'node:worker_threads';
import { type LaneTask, runLane } from './lane-worker.ts';
import { ShardMaker, type ShardTask } from './shard-worker.ts';

/** Entry of a worker thread: lanes for `run`, single shards for `stream`. */
const port = parentPort;
if (port === null) throw new Error('this module runs in a worker thread');
const shards = new ShardMaker();

port.on('message', (task: LaneTask | ShardTask) => {
  if (task.kind === 'lane') {
    runLane(task, (memory) => port.postMessage({ kind: 'memory', memory })).catch(fail);
    return;
  }
  shards.make(task).then((part) => {
    if (part === undefined) port.postMessage({ kind: 'unknown job' });
    else port.postMessage({ kind: 'shard', part }, [part.bytes.buffer]);
  }, fail);
});

/** Own properties and names of errors do not survive the journey by themselves. */
function fail(error: unknown): void {
  const { name, message, code } = error as Error & { code?: string };
  port?.postMessage({ kind: 'failed', error: { name, message, code } });
}
