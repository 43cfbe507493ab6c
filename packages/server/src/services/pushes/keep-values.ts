import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { type Plan, valuesOf } from '@datamaker/engine';
import type { Spooled } from '../../store/blobs/spool.ts';
import type { FileUsage } from '../../store/files.ts';
import { keepPushValues } from '../../store/push-values.ts';
import { abandonOutput, beginOutput, type HeldRun } from '../../store/run-leases.ts';
import type { Tenant } from '../../store/tenant.ts';
import { readWorkspace } from '../../store/workspaces.ts';
import { checkValues } from '../files/file-limits.ts';
import { type Plans, planOf } from '../limits/plans.ts';
import { withPrograms } from '../programs/with-programs.ts';
import type { RowRange } from '../row-range.ts';
import { LeaseLost } from '../runs/lease-lost.ts';
import { OutputTooLarge } from '../runs/make-output.ts';
import type { PushingPlaces } from '../runs/system-places.ts';
import { HEAD_BYTES, MadeValues } from './made-values.ts';
import { valueBlocks } from './value-blocks.ts';

const pack = promisify(deflate);

/**
 * Has programs make the values of all rows of a push, and keeps them before the first row is sent: a counter, a clock or another Python would make
 * others the next time, and whoever goes on, looks or takes back has to know the rows that were sent.
 * @throws ExternalError, ApiError, OutputTooLarge, LeaseLost, the reason of `signal`
 */
export async function keepValues(
  run: HeldRun,
  tenant: Tenant,
  { programs, spool, plans }: Pick<PushingPlaces, 'programs' | 'spool' | 'plans'>,
  plan: Plan,
  range: RowRange,
  signal: AbortSignal,
): Promise<MadeValues> {
  const scope = { tenant, workspaceId: run.workspaceId, projectId: run.projectId };
  const file = await withPrograms(plan, programs.of(scope), { counters: 'kept', signal }, (make) => {
    if (make === undefined) throw new Error(`push ${run.id} has no values that programs make`);
    return spool.fill(async (take) => {
      const values = await valuesOf(plan, make, range.to);
      let bytes = 0;
      for await (const block of valueBlocks(values, range)) {
        signal.throwIfAborted();
        // What a run may have is said of what is made, not of how well that packs.
        bytes += Buffer.byteLength(block);
        if (run.maxBytes !== null && bytes > run.maxBytes) throw tooLarge(run.maxBytes);
        await take(framed(await pack(block)));
      }
    });
  });
  const made = new MadeValues(file.path, range.from);
  try {
    await keep(run, tenant, plans, file);
    return made;
  } catch (error) {
    made.close();
    await spool.discard(file);
    throw error;
  }
}

async function keep(run: HeldRun, tenant: Tenant, plans: Plans, { path, bytes, sha256 }: Spooled): Promise<void> {
  const { blobs } = tenant;
  if (blobs === undefined) throw new Error('there is no file store here');
  const { plan } = await tenant((tx) => readWorkspace(tx, run.workspaceId));
  const allow = (usage: FileUsage): void => checkValues(planOf(plans, plan), usage, bytes);
  const blobId = await beginOutput(tenant, run.workspaceId);
  let isKept = false;
  try {
    // The file goes away here; who has opened it reads on.
    await blobs.put(`${run.workspaceId}/${blobId}`, path, bytes, sha256);
    isKept = await keepPushValues(tenant, run, { blobId, bytes, sha256 }, allow);
  } finally {
    if (!isKept) await abandonOutput(tenant, blobId);
  }
  if (!isKept) throw new LeaseLost('the run has ended or somebody else holds it');
}

function framed(block: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(block.length);
  return Buffer.concat([head, block]);
}

const tooLarge = (most: number): OutputTooLarge =>
  new OutputTooLarge(
    `what programs make for the rows has more than the ${most} bytes that a run may have: push fewer rows at a time`,
  );
