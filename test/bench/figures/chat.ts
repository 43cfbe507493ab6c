import { startScriptedModel } from '../../../packages/server/src/testing/scripted-model.ts';
import type { Options } from '../options.ts';
import { median, quantile } from '../statistics.ts';
import { below } from '../targets.ts';
import { type Figure, milliseconds } from './figure.ts';
import { startServerProcess } from './server-process.ts';

const KEY = 'bench-key-of-the-owner-0123456789';

/** How much later than the model says it a client of a chat has the first piece of an answer. */
export async function chat({ quick }: Options): Promise<Figure> {
  const model = await startScriptedModel();
  process.env['DATAMAKER_MODEL_URL'] = model.url;
  const server = await startServerProcess(KEY).finally(() => delete process.env['DATAMAKER_MODEL_URL']);
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  try {
    const made = await fetch(`${server.url}/chats`, { method: 'POST', headers, body: '{}' });
    const { id } = (await made.json()) as { id: string };
    const late: number[] = [];
    const rounds = quick ? 30 : 200;
    for (let round = -rounds / 5; round < rounds; round++) {
      let left = 0;
      const heard = Promise.withResolvers<void>();
      model.follow([
        { text: ['first', ' second'], between: () => heard.promise, onFirst: () => (left = performance.now()) },
      ]);
      const body = JSON.stringify({ text: 'hello' });
      const answer = await fetch(`${server.url}/chats/${id}/messages`, { method: 'POST', headers, body });
      let seen = '';
      for await (const text of (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
        const isFirst = !seen.includes('event: text');
        seen += text;
        if (!isFirst || !seen.includes('event: text')) continue;
        if (round >= 0) late.push(performance.now() - left);
        heard.resolve();
      }
      if (!seen.includes('event: done')) throw new Error(`the chat answered ${seen.slice(0, 200)}`);
    }
    const p99 = quantile(late, 0.99);
    return {
      text: `the first piece of an answer, beside the model: median ${median(late).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
      data: { median: median(late), p99 },
      targets: [below('the first piece of an answer, median beside the model', 50, median(late), milliseconds)],
    };
  } finally {
    await server.stop();
    await model.close();
  }
}
