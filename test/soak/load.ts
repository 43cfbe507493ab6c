import type { Asking } from './asking.ts';

/** One thing that people do, from its beginning to its end: what it makes it removes. */
export interface Act {
  readonly name: string;
  /** How often it is begun, in milliseconds. A team does each of them a tenth as often, on a busy day. */
  readonly every: number;
  do(): Promise<void>;
}

const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'full_name', type: 'full_name' },
  { name: 'email', type: 'email' },
  { name: 'amount', type: 'decimal', options: { min: 0, max: 1000 } },
];

/**
 * Makes what acts need, once.
 * @param target a system that takes rows over HTTP
 */
export async function makeLoad(asking: Asking, target: string): Promise<Act[]> {
  const { ask, bytes } = asking;
  const { id: template } = await ask<{ id: string }>('POST', '/templates', { name: 'soak', fields: FIELDS });
  const { id: connection } = await ask<{ id: string }>('POST', '/connections', {
    name: 'soak',
    type: 'rest',
    url: target,
  });
  const submit = async (path: string, body: object): Promise<string> =>
    (await ask<{ run_id: string }>('POST', path, body)).run_id;
  const ended = async (id: string, expected: string): Promise<void> => {
    let state: string;
    do ({ state } = await ask<{ state: string }>('GET', `/runs/${id}?wait=true`));
    while (state === 'queued' || state === 'running');
    if (state !== expected) throw new Error(`the run ${id} is ${state}`);
  };
  const remove = (id: string): Promise<unknown> => ask('DELETE', `/runs/${id}`);
  const job = { template_id: template, count: 20_000, format: 'csv', part_rows: 2000 };
  return [
    {
      name: 'generate',
      every: 250,
      do: () => bytes('POST', `/templates/${template}/generate`, { count: 1000, format: 'csv' }),
    },
    {
      name: 'template',
      every: 2000,
      do: async () => {
        const { id } = await ask<{ id: string }>('POST', '/templates', { name: 'passing', fields: FIELDS });
        await ask('DELETE', `/templates/${id}`);
      },
    },
    {
      name: 'run',
      every: 2000,
      do: async () => {
        const id = await submit(`/templates/${template}/generate`, { count: 5000, async: true });
        await ended(id, 'done');
        await bytes('GET', `/runs/${id}/output`);
        await remove(id);
      },
    },
    {
      name: 'push',
      every: 3000,
      do: async () => {
        const id = await submit(`/connections/${connection}/push`, { template_id: template, path: 'rows', count: 200 });
        await ended(id, 'done');
        await remove(id);
      },
    },
    {
      name: 'job',
      every: 5000,
      do: async () => {
        const id = await submit('/jobs', job);
        await ended(id, 'done');
        const check = await ask<{ ok: boolean }>('POST', `/jobs/${id}/verify`, {});
        if (!check.ok) throw new Error(`parts of ${id} are damaged`);
        await bytes('GET', `/jobs/${id}/content`);
        await remove(id);
      },
    },
    {
      name: 'cancelled job',
      every: 15_000,
      do: async () => {
        const id = await submit('/jobs', { ...job, count: 2_000_000, part_rows: 20_000 });
        await ask('POST', `/runs/${id}/cancel`, {});
        await remove(id);
      },
    },
    {
      name: 'chat',
      every: 3000,
      do: async () => {
        const { id } = await ask<{ id: string }>('POST', '/chats', {});
        for (const text of ['how are you?', 'and now?']) await bytes('POST', `/chats/${id}/messages`, { text });
        await ask('DELETE', `/chats/${id}`);
      },
    },
  ];
}
