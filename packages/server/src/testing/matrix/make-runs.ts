import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { newId } from '../../ids.ts';
import { startOf } from '../../services/pushes/push-progress.ts';
import { MARKED_TABLE, makeConnection } from './make-connection.ts';
import type { Place, Workshop } from './place.ts';

/** One that is queued gets no notice: nobody works on it. */
export async function makeRun(
  shop: Workshop,
  place: Place,
  state: 'done' | 'queued',
  isDeleted: boolean,
): Promise<string> {
  const { workspaceId, projectId, mark, personId } = place;
  const [id, blob] = [newId('run'), newId('blob')];
  const bytes = Buffer.from(`mark\n${mark}\n`);
  const size = String(bytes.length);
  await mkdir(join(shop.files, workspaceId), { recursive: true });
  await writeFile(join(shop.files, workspaceId, blob), bytes);
  const kept = { id: blob, workspace_id: workspaceId, byte_count: size, state: 'kept' as const };
  await shop.store.insertInto('file_blob').values(kept).execute();
  const output = {
    name: 'mark.csv',
    contentType: 'text/csv; charset=utf-8',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sensitive: [],
  };
  const ended = { ended_at: new Date(), blob_id: blob, output: JSON.stringify(output), byte_count: size };
  await shop.store
    .insertInto('run')
    .values({
      id,
      workspace_id: workspaceId,
      project_id: projectId,
      kind: 'generation',
      state,
      subject_id: 'tmpl_x',
      params: JSON.stringify({ mark }),
      total_rows: '1',
      created_by: personId,
      request_id: 'req_x',
      deleted_at: isDeleted ? new Date() : null,
      ...(state === 'done' ? ended : {}),
    })
    .execute();
  return id;
}

/** A job that is done, whose only part is what a run would have made. */
export async function makeJob(shop: Workshop, place: Place, isDeleted: boolean): Promise<string> {
  const { workspaceId, mark } = place;
  const id = await makeRun(shop, place, 'done', isDeleted);
  const made = await shop.store
    .updateTable('run')
    .set({ kind: 'generation_job', output: null, blob_id: null })
    .from(shop.store.selectFrom('run').where('id', '=', id).select(['id', 'blob_id', 'output', 'byte_count']).as('old'))
    .whereRef('run.id', '=', 'old.id')
    .returning(['old.blob_id', 'old.output', 'old.byte_count'])
    .executeTakeFirstOrThrow();
  const template = { id: 'tmpl_x', name: mark, version: 1, document: { fields: [] } };
  const about = { format: 'csv', contentType: 'text/csv', fileName: 'mark.csv', locale: 'en', sensitive: [] };
  await shop.store
    .insertInto('generation_job')
    .values({
      run_id: id,
      workspace_id: workspaceId,
      recipe: JSON.stringify({ template, nested: [], request: { count: 1 }, seed: mark, now: 0 }),
      sink: 'files',
      part_count: 1,
      engine_version: 'x',
      plan_sha256: Buffer.alloc(32),
      about: JSON.stringify(about),
    })
    .execute();
  // A run that is deleted keeps none.
  if (isDeleted) return id;
  await shop.store
    .insertInto('generation_job_part')
    .values({
      run_id: id,
      number: 1,
      workspace_id: workspaceId,
      first_row: '0',
      end_row: '1',
      byte_count: made.byte_count,
      sha256: Buffer.from(made.output?.sha256 ?? '', 'hex'),
      blob_id: made.blob_id,
      ended_at: new Date(),
    })
    .execute();
  return id;
}

/** One that has failed before its first row, and whose connection is gone since. */
export async function makePushRun(shop: Workshop, place: Place, isDeleted: boolean): Promise<string> {
  const { workspaceId, projectId, mark, personId } = place;
  const id = newId('run');
  const run = {
    id,
    workspace_id: workspaceId,
    project_id: projectId,
    kind: 'push' as const,
    state: 'failed' as const,
  };
  await shop.store
    .insertInto('run')
    .values({
      ...run,
      subject_id: 'tmpl_x',
      params: JSON.stringify({ mark, connection_id: 'conn_x' }),
      total_rows: '1',
      ended_at: new Date(),
      created_by: personId,
      request_id: 'req_x',
      deleted_at: isDeleted ? new Date() : null,
    })
    .execute();
  const plan = {
    template: { id: 'tmpl_x', version: 1 },
    by: { exportId: 'exp_x' },
    table: { schema: '', name: MARKED_TABLE },
    columns: {},
    identity: null,
    from: 0,
    to: 1,
  };
  await shop.store
    .insertInto('push_receipt')
    .values({
      run_id: id,
      workspace_id: workspaceId,
      plan: JSON.stringify(plan),
      state: JSON.stringify(startOf(plan)),
    })
    .execute();
  return id;
}

/** One that has written nothing into the system of a connection. */
export async function makeSeedRun(shop: Workshop, place: Place, isDeleted: boolean): Promise<string> {
  const { workspaceId, projectId, mark, personId } = place;
  const [id, connectionId] = [newId('run'), await makeConnection(shop, place, false)];
  const run = { id, workspace_id: workspaceId, project_id: projectId, kind: 'seed' as const, state: 'done' as const };
  await shop.store
    .insertInto('run')
    .values({
      ...run,
      subject_id: connectionId,
      params: JSON.stringify({ mark, connection_id: connectionId }),
      total_rows: '0',
      ended_at: new Date(),
      created_by: personId,
      request_id: 'req_x',
      deleted_at: isDeleted ? new Date() : null,
    })
    .execute();
  const plan = { seed: mark, now: 0, tables: [], needsDeferred: false, problems: [] };
  const target = JSON.stringify({ type: 'postgres', url: shop.target.url });
  await shop.store
    .insertInto('seed_receipt')
    .values({
      run_id: id,
      workspace_id: workspaceId,
      target,
      mode: 'chunks',
      plan: deflateSync(JSON.stringify(plan)),
    })
    .execute();
  return id;
}
