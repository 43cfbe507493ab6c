import { expect, it } from 'vitest';
import { tenantOf } from '../store/tenant.ts';
import { startOn } from '../testing/servers.ts';
import { findSensitiveData } from './sensitive-data.ts';

it('knows templates that name a sensitive one in their code, and what nests those', async () => {
  const server = await startOn('bundled');
  const store = await server.openDatabase();
  try {
    const create = async (name: string, field: object): Promise<string> =>
      (await server.client.post<{ id: string }>('/templates', { name, fields: [field] })).body.id;
    const code = (other: string) => `def value(dm):\n    return dm.template("${other}").generate()`;
    const patients = await create('patients', { name: 'mail', type: 'email' });
    const rooms = await create('rooms', { name: 'id', type: 'sequence' });
    const named = await create('named', { name: 'p', type: 'python', options: { code: code('patients') } });
    const nesting = await create('nesting', { name: 'n', type: 'template', options: { template_id: named } });
    await create('other', { name: 'p', type: 'python', options: { code: code('rooms') } });
    const project = await store.selectFrom('project').select(['id', 'workspace_id']).executeTakeFirstOrThrow();
    const { holders } = await findSensitiveData(tenantOf(store, project.workspace_id), project.id);
    expect([...holders].sort()).toEqual([patients, 'patients', named, 'named', nesting, 'nesting'].sort());
    expect(holders.has(rooms)).toBe(false);
  } finally {
    await store.destroy();
    await server.close();
  }
});
