import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../ids.ts';
import { displayOfKey, hashApiKey, newApiKey } from '../security/api-key.ts';
import type { TestServer } from './servers.ts';

/** Adds a project with an owner to the workspace. @returns the key of the owner */
export async function addProject(server: TestServer): Promise<string> {
  const store = await server.openDatabase();
  try {
    const { id: workspaceId } = await store.selectFrom('workspace').select('id').executeTakeFirstOrThrow();
    const projectId = newId('proj');
    const personId = newId('usr');
    await store.insertInto('project').values({ id: projectId, workspace_id: workspaceId, name: 'Other' }).execute();
    await store
      .insertInto('person')
      .values({ id: personId, workspace_id: workspaceId, name: 'Other', role: 'owner' })
      .execute();
    const key = newApiKey('owner');
    const pepper = readFileSync(join(server.dataDirectory, 'secret'), 'utf8').trim();
    await store
      .insertInto('api_key')
      .values({
        id: newId('key'),
        workspace_id: workspaceId,
        project_id: projectId,
        person_id: personId,
        hash: hashApiKey(key, pepper),
        display: displayOfKey(key),
      })
      .execute();
    return key;
  } finally {
    await store.destroy();
  }
}
