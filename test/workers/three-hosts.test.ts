import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3Blobs } from '../../packages/server/src/store/blobs/s3-blobs.ts';
import { removeFolder, temporaryFolder } from '../../packages/server/src/testing/servers.ts';
import { tries } from '../../packages/server/src/testing/tries.ts';
import { until } from '../../packages/server/src/testing/until.ts';
import { canMakeNetworks } from './network-hosts.ts';
import { type Hosted, openThreeHosts, type ThreeHosts } from './three-hosts.ts';

const ROWS = 4_000_000;
const PARTS = 800;
const FULL = tries(0, 1) === 1;
const HOUR = 3_600_000;
const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'name', type: 'full_name' },
  { name: 'mail', type: 'email' },
  { name: 'born', type: 'date' },
];

interface JobBody {
  readonly state: string;
  readonly progress: { readonly rows: number; readonly bytes: number };
  readonly parts: { readonly total: number; readonly done: number; readonly running: number };
  readonly error: { readonly code: string; readonly message: string } | null;
}

interface ManifestPart {
  readonly number: number;
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

describe.skipIf(!canMakeNetworks())('a job of three hosts', () => {
  let all: ThreeHosts;
  let template: string;
  beforeAll(async () => {
    // The clock of the second is an hour before all others.
    all = await openThreeHosts([{}, { clockOffset: HOUR }]);
    template = await all.client().create(FIELDS);
  }, 300_000);
  afterAll(() => all?.close(), 120_000);

  const submit = async (body: object): Promise<string> => {
    const wanted = { template_id: template, seed: 'drill', format: 'csv', ...body };
    const answer = await all.client().post<{ run_id: string }>('/jobs', wanted);
    expect(answer.status).toBe(202);
    return answer.body.run_id;
  };
  const look = async (id: string): Promise<JobBody> => (await all.client().get<JobBody>(`/jobs/${id}`)).body;
  const sumOf = async (path: string, body?: object): Promise<string> => {
    const sum = createHash('sha256');
    for await (const chunk of await all.bytesOf(path, body)) sum.update(chunk);
    return sum.digest('hex');
  };
  /** How many parts are made, and how many were taken from a worker that was not heard of. */
  const figures = async (id: string): Promise<{ done: number; lost: number }> => {
    const { rows } = await sql<{ done: number; lost: number }>`
      SELECT count(*) FILTER (WHERE sha256 IS NOT NULL)::integer AS done,
             coalesce(sum(greatest(attempt - fault_count - 1, 0)), 0)::integer AS lost
        FROM generation_job_part WHERE run_id = ${id}`.execute(all.store);
    return rows[0] ?? { done: 0, lost: 0 };
  };
  const goesOn = async (id: string, parts = 3): Promise<void> => {
    const { done } = await figures(id);
    await until(async () => (await figures(id)).done >= done + parts);
  };
  /** Waits until what is held now is made, also of who is away: others take it when its lease is over. */
  const goesOnWithout = async (id: string): Promise<void> => {
    const held = () =>
      all.store.selectFrom('generation_job_part').where('run_id', '=', id).where('token', 'is not', null);
    const tokens = (await held().select('token').execute()).map(({ token }) => token);
    await until(async () => {
      await pause(200);
      return (await held().where(sql<boolean>`token = ANY(${tokens}::text[])`).select('token').execute()).length === 0;
    });
    await goesOn(id);
  };

  // It lasts for minutes: leases are what they are.
  it.runIf(FULL)(
    'has the bytes of one process, whatever befalls links, processes and the object store',
    {
      timeout: 900_000,
    },
    async () => {
      const { server, workers, objects } = all;
      const [first, second] = workers as [Hosted, Hosted];
      // As slow as it is, the job outlasts all that follows.
      objects.dawdle(300);
      const id = await submit({ count: ROWS, part_rows: ROWS / PARTS });
      await goesOn(id, 1);
      const trouble: readonly (readonly [what: string, befall: () => Promise<void>])[] = [
        [
          'a worker is cut off from the database',
          async () => {
            first.host.cut('database');
            await goesOnWithout(id);
            first.host.mend();
          },
        ],
        [
          'a worker is cut off from the object store',
          async () => {
            second.host.cut('objects');
            await goesOn(id);
            second.host.mend();
          },
        ],
        [
          'what a worker says to the database is lost',
          async () => {
            second.host.mute('database', 'from');
            await goesOnWithout(id);
            second.host.mend();
          },
        ],
        [
          'what the database says to a worker is lost',
          async () => {
            first.host.mute('database', 'to');
            await goesOnWithout(id);
            first.host.mend();
          },
        ],
        [
          'what the object store says is lost',
          async () => {
            first.host.mute('objects', 'to');
            await goesOn(id);
            first.host.mend();
          },
        ],
        [
          'a worker is killed, and another comes',
          async () => {
            await first.kill('SIGKILL');
            await goesOnWithout(id);
            await first.start();
          },
        ],
        [
          'the server is killed, and comes again',
          async () => {
            await server.kill('SIGKILL');
            await goesOn(id);
            await server.start();
          },
        ],
        [
          'the server is cut off',
          async () => {
            server.host.cut();
            await goesOn(id);
            server.host.mend();
          },
        ],
        [
          'the object store says yes, and keeps nothing',
          async () => {
            const before = objects.lies;
            objects.behave('forgets', 0, 2);
            await until(() => objects.lies === before + 2);
            objects.behave('keeps');
          },
        ],
        [
          'the object store fails',
          async () => {
            const before = objects.lies;
            objects.behave('fails', 0, 6);
            await until(() => objects.lies === before + 6);
            objects.behave('keeps');
          },
        ],
        [
          'both workers are killed at once',
          async () => {
            await Promise.all([first.kill('SIGKILL'), second.kill('SIGKILL')]);
            await first.start();
            await goesOnWithout(id);
            await second.start();
          },
        ],
      ];
      for (const [what, befall] of trouble) {
        await befall();
        await goesOn(id, 2);
        // It is still under way: what comes next befalls it as well.
        expect((await figures(id)).done, what).toBeLessThan(PARTS);
      }
      expect((await figures(id)).lost).toBeGreaterThan(0);
      objects.dawdle(0);
      await until(async () => !['queued', 'running'].includes((await look(id)).state));
      const job = await look(id);
      expect(job).toMatchObject({ state: 'done', error: null, progress: { rows: ROWS }, parts: { done: PARTS } });

      // Each part counts once: what was made of it before, by whoever was away, is not kept and not paid for.
      const { parts } = (await all.client().get<{ parts: ManifestPart[] }>(`/jobs/${id}/manifest`)).body;
      expect(parts.map(({ number, from }) => [number, from])).toEqual(
        Array.from({ length: PARTS }, (_, n) => [n + 1, (n * ROWS) / PARTS]),
      );
      expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(job.progress.bytes);
      const kept = all.store.selectFrom('file_blob').where('state', '=', 'kept').select('id');
      expect(await kept.execute()).toHaveLength(PARTS);

      const whole = { count: ROWS, seed: 'drill', format: 'csv' };
      expect(await sumOf(`/jobs/${id}/content`)).toBe(await sumOf(`/templates/${template}/generate`, whole));
      expect((await all.client().post(`/jobs/${id}/verify`, {})).body).toMatchObject({ ok: true, parts: PARTS });
    },
  );

  it('is found out where somebody has overwritten parts by hand, or a store gives back something else', async () => {
    const id = await submit({ count: 3000, part_rows: 1000 });
    await until(async () => (await look(id)).state === 'done');
    const [second] = await all.store
      .selectFrom('generation_job_part')
      .where('run_id', '=', id)
      .where('number', '=', 2)
      .select(['workspace_id', 'blob_id'])
      .execute();
    // By somebody with the rights to, whose checksum is right for what he has written.
    const folder = temporaryFolder();
    const bytes = Buffer.from('id,name,mail,born\n1,Somebody,else@example.org,2000-01-01\n');
    const path = join(folder, 'other');
    writeFileSync(path, bytes);
    const sum = createHash('sha256').update(bytes).digest();
    const key = `${second?.workspace_id}/${second?.blob_id}`;
    await new S3Blobs(all.objects.settings).put(key, path, bytes.length, sum);
    removeFolder(folder);
    const verify = async () => (await all.client().post(`/jobs/${id}/verify`, {})).body;
    expect(await verify()).toMatchObject({ ok: false, parts: 3, damaged: [{ part: 2, code: 'part_damaged' }] });
    all.objects.behave('garbles');
    const codes = Array(3).fill({ code: 'part_damaged' });
    expect(await verify()).toMatchObject({ ok: false, damaged: codes });
    await expect(sumOf(`/jobs/${id}/content`)).rejects.toThrow();
    all.objects.behave('keeps');
    expect(await verify()).toMatchObject({ ok: false, damaged: [{ part: 2 }] });
  });

  it.runIf(FULL)(
    'is refused by a worker of another version, which says why, and made by those that fit',
    {
      timeout: 120_000,
    },
    async () => {
      for (const worker of all.workers) await worker.kill('SIGKILL');
      const older = await all.addWorker({ engineVersion: '0.0.0-older' });
      const id = await submit({ count: 3000, part_rows: 1000 });
      const reason = /the job run_\w+ is left to others: it is of the engine \S+, and this process has 0\.0\.0-older/;
      await until(() => older.process.said.some((line) => reason.test(line)));
      expect(await look(id)).toMatchObject({ state: 'queued', parts: { done: 0, running: 0 } });
      await all.workers[1]?.start();
      await until(async () => (await look(id)).state === 'done');
      expect(await older.kill('SIGTERM')).toEqual([0, null]);
    },
  );
});
