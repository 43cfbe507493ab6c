import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { newId } from '../../ids.ts';
import { removeSecret } from '../../store/secrets.ts';
import { deletedNow, HOUR, MARKS, nextNumber, type Place, type Workshop } from './place.ts';

export async function makeTemplate(
  shop: Workshop,
  { workspaceId, projectId, mark, personId }: Place,
  isDeleted = false,
): Promise<string> {
  const id = newId('tmpl');
  const deletion = isDeleted ? deletedNow() : {};
  await shop.store
    .insertInto('template')
    .values({ id, workspace_id: workspaceId, project_id: projectId, version: 1, ...deletion })
    .execute();
  const document = JSON.stringify({ fields: [{ name: 'mark', type: 'constant', options: { value: mark } }] });
  const version = { template_id: id, workspace_id: workspaceId, version: 1, name: mark, document };
  await shop.store
    .insertInto('template_version')
    .values({ ...version, created_by: personId })
    .execute();
  return id;
}

export async function makeSet(
  shop: Workshop,
  { workspaceId, projectId, mark, personId }: Place,
  isDeleted = false,
): Promise<string> {
  const id = newId('set');
  const name = `set-${nextNumber()}`;
  const owner = { workspace_id: workspaceId, version: 1 };
  const deletion = isDeleted ? deletedNow() : {};
  const rows = Buffer.from(`{"mark":${JSON.stringify(mark)}}\n`);
  await shop.store
    .insertInto('saved_set')
    .values({ id, ...owner, project_id: projectId, name, ...deletion })
    .execute();
  for (const version of [1, 2]) {
    await shop.store
      .insertInto('set_version')
      .values({
        set_id: id,
        ...owner,
        version,
        row_count: '1',
        byte_count: String(rows.length),
        sha256: createHash('sha256').update(rows).digest(),
        columns: JSON.stringify(['mark']),
        created_by: personId,
      })
      .execute();
    await shop.store
      .insertInto('set_chunk')
      .values({ set_id: id, ...owner, version, first_row: '0', row_count: 1, data: deflateSync(rows) })
      .execute();
  }
  return name;
}

export async function makeFile(
  shop: Workshop,
  { workspaceId, projectId, mark, personId }: Place,
  isDeleted = false,
): Promise<string> {
  const name = `file-${nextNumber()}`;
  if (isDeleted) return name;
  const bytes = Buffer.from(`mark\n${mark}\n`);
  const [id, blob] = [newId('file'), newId('blob')];
  const about = { workspace_id: workspaceId, byte_count: String(bytes.length) };
  await mkdir(join(shop.files, workspaceId), { recursive: true });
  await writeFile(join(shop.files, workspaceId, blob), bytes);
  await shop.store
    .insertInto('file_blob')
    .values({ id: blob, ...about, state: 'kept' })
    .execute();
  await shop.store
    .insertInto('workspace_file')
    .values({
      id,
      ...about,
      project_id: projectId,
      name,
      blob_id: blob,
      sha256: createHash('sha256').update(bytes).digest(),
      content_type: 'text/csv; charset=utf-8',
      kind: 'csv',
      uploaded_by: personId,
    })
    .execute();
  return name;
}

export async function makeCounter(
  shop: Workshop,
  { workspaceId, projectId }: Place,
  isDeleted: boolean,
): Promise<string> {
  const name = `counter-${nextNumber()}`;
  const values = { name, workspace_id: workspaceId, project_id: projectId, value: '5' };
  if (!isDeleted) await shop.store.insertInto('counter').values(values).execute();
  return name;
}

export async function makeContract(shop: Workshop, { projectId, mark }: Place, isOver: boolean): Promise<string> {
  const id = `ctr_${nextNumber().toString(16).padStart(64, '0')}`;
  const document = { locale: 'en', fields: [{ name: mark, type: 'uuid' }] };
  await shop.store
    .insertInto('datagen_contract')
    .values({
      owner: projectId,
      id,
      hash: id,
      document: JSON.stringify(document),
      expires_at: new Date(Date.now() + (isOver ? -HOUR : HOUR)),
    })
    .execute();
  return id;
}

export async function makeSecret(
  shop: Workshop,
  { workspaceId, mark }: Place,
  projectId: string | null,
  isDeleted: boolean,
): Promise<string> {
  const about = {
    workspace_id: workspaceId,
    project_id: projectId,
    kind: 'user',
    name: `MARK_${nextNumber()}`,
  } as const;
  // Those of the whole workspace are for its other project to see as well.
  const author = projectId === null && mark !== MARKS.foreign ? MARKS.other : mark;
  return shop.store.transaction().execute(async (tx) => {
    const secret = await shop.vault.add(tx, about, mark, author);
    if (secret === undefined) throw new Error('the name is taken');
    if (isDeleted) await removeSecret(tx, secret.id);
    return secret.id;
  });
}
