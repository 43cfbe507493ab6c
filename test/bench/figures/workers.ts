import { performance } from 'node:perf_hooks';
import { until } from '../../../packages/server/src/testing/until.ts';
import { canMakeNetworks } from '../../workers/network-hosts.ts';
import { openWorkersOnHosts } from '../../workers/workers-on-hosts.ts';
import type { Options } from '../options.ts';
import { median } from '../statistics.ts';
import { atLeast, times } from '../targets.ts';
import { textTable } from '../text-table.ts';
import type { Figure } from './figure.ts';

const WORKERS = 4;
/** Of one worker, as it does where nothing is said. */
const AT_ONCE = 4;
const CODE = 'import time\ntime.sleep(1)\n';

/** How many scenarios that wait for a second end in a second: with one worker, and with four on hosts of their own. */
export async function workers({ quick }: Options): Promise<Figure> {
  if (!canMakeNetworks()) {
    return { text: 'Workers on hosts of their own: only root can make networks.', data: {}, targets: [] };
  }
  const rounds = quick ? 1 : 3;
  const runs = quick ? 32 : 64;
  const all = await openWorkersOnHosts();
  try {
    const { body } = await all.client.post('/scenarios', { name: 'scenario', code: CODE });
    const store = await all.server.openDatabase();
    const measure = async (): Promise<number> => {
      const begun = performance.now();
      for (let n = 0; n < runs; n++) await all.client.post(`/scenarios/${body.id}/run`, {});
      await until(async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const open = store.selectFrom('run').where('ended_at', 'is', null).select('id').limit(1);
        return (await open.executeTakeFirst()) === undefined;
      });
      return runs / ((performance.now() - begun) / 1000);
    };
    const ofRounds = async (): Promise<number> => {
      await measure();
      const rates: number[] = [];
      for (let round = 0; round < rounds; round++) rates.push(await measure());
      return median(rates);
    };
    await all.add('', String(AT_ONCE));
    const one = await ofRounds();
    for (let n = 1; n < WORKERS; n++) await all.add('', String(AT_ONCE));
    const four = await ofRounds();
    const { rows } = { rows: await store.selectFrom('run').where('state', '<>', 'done').select('id').execute() };
    await store.destroy();
    if (rows.length > 0) throw new Error(`${rows.length} runs were not done`);
    return {
      text: textTable(
        ['scenarios that wait for 1 s, in bubblewrap', 'a second'],
        [
          [`1 worker, ${AT_ONCE} at a time`, one.toFixed(1)],
          [`${WORKERS} workers in network namespaces`, four.toFixed(1)],
        ],
      ),
      data: { one, four, workers: WORKERS, atOnce: AT_ONCE, runs },
      targets: [atLeast('4 workers on hosts of their own, beside one', 1.8, four / one, times)],
    };
  } finally {
    await all.close();
  }
}
