import { parentPort } from 'node:worker_threads';
import { type LaneTask, runLane } from './lane-worker.ts';
import { ShardMaker, type ShardTask } from './shard-worker.ts';

/** Entry of a worker thread: lanes for `run`, single shards for `stream`. */
const port = parentPort;
if (port === null) throw new Error('this module runs in a worker thread');
const shards = new ShardMaker();

port.on('message', (task: LaneTask | ShardTask) => {
  if (task.kind === 'lane') {
    runLane(task, (memory) => port.postMessage({ kind: 'memory', memory }));
    port.postMessage({ kind: 'done' });
    return;
  }
  try {
    const bytes = shards.make(task);
    port.postMessage({ kind: 'shard', id: task.id, bytes }, [bytes.buffer as ArrayBuffer]);
  } catch (error) {
    port.postMessage({ kind: 'failed', id: task.id, error });
  }
});
