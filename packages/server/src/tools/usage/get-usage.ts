import { z } from 'zod';
import { LOOKS } from '../annotations.ts';
import { defineTool } from '../tool.ts';

interface Identity {
  readonly person: { readonly role: string };
  readonly readOnly: boolean;
  readonly projectId: string | null;
}

export const getUsage = defineTool({
  name: 'get_usage',
  title: 'Who I am, and what is left',
  description: 'Role and plan of the key, requests left this minute, and runs that have not ended.',
  input: z.strictObject({}),
  output: z.strictObject({
    role: z.string(),
    read_only: z.boolean(),
    plan: z.string(),
    project: z.string().nullable(),
    requests_left: z.int().nullable(),
    open_runs: z.int(),
  }),
  annotations: LOOKS,
  risk: 'read',
  permission: 'read',
  readsForeignData: false,
  call: async (_input, { api }) => {
    const session = await api.text('GET', '/session');
    const { person, readOnly, projectId } = JSON.parse(session.text) as Identity;
    const { plan } = await api.json<{ plan: string }>('GET', '/workspace');
    const states = ['queued', 'running'].map((state) =>
      api.json<{ total: number }>('GET', '/runs', { query: { state, limit: 1 } }),
    );
    const left = session.headers['x-ratelimit-remaining'];
    return {
      role: person.role,
      read_only: readOnly,
      plan,
      project: projectId,
      requests_left: left === undefined ? null : Number(left),
      open_runs: (await Promise.all(states)).reduce((sum, { total }) => sum + total, 0),
    };
  },
});
