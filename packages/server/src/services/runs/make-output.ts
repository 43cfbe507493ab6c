import { ExternalError } from '@datamaker/engine';
import { ApiError } from '../../errors.ts';
import type { Spool, Spooled } from '../../store/blobs/spool.ts';
import type { DoneToSystem, HeldRun } from '../../store/run-leases.ts';
import type { GenerationRecipe } from '../../store/run-table.ts';
import type { Tenant } from '../../store/tenant.ts';
import { prepareGeneration } from '../generation-service.ts';
import type { FetchedRows } from '../responses/fetch-responses.ts';
import { openFetching } from '../responses/open-fetching.ts';
import { RememberedTemplates } from './recorded-templates.ts';
import { RunFailure } from './run-failure.ts';
import type { SystemPlaces } from './system-places.ts';

/** An output that is more than a run may have. */
export class OutputTooLarge extends Error {}

/** What a worker sees of what it makes. */
export interface OutputProgress {
  rows: number;
  bytes: number;
  /** What a system has kept. */
  done?: DoneToSystem;
}

export interface MadeOutput {
  readonly file: Spooled;
  readonly rows: number;
  readonly name: string;
  readonly contentType: string;
  readonly sensitive: readonly string[];
  /** What systems answered that the rows are made of. */
  readonly fetched: readonly FetchedRows[];
}

/**
 * Makes the output of a generation in a file aside. The same run gives the same bytes, whoever makes them and however often, as long as
 * systems whose rows it picks from answer the same: they are asked now.
 * @param progress is kept up to date
 * @throws OutputTooLarge, ApiError validation_error, connection_failed, the reason of `signal`
 */
export async function makeOutput(
  run: HeldRun,
  tenant: Tenant,
  spool: Spool,
  systems: SystemPlaces,
  progress: OutputProgress,
  signal: AbortSignal,
): Promise<MadeOutput> {
  const { workspaceId, projectId, maxBytes } = run;
  const recipe = run.recipe as GenerationRecipe;
  const templates = new RememberedTemplates({ tenant, projectId }, recipe.nested);
  const request = { ...recipe.request, seed: recipe.seed };
  const fetched: FetchedRows[] = [];
  const generation = await prepareGeneration(recipe.template, request, templates, recipe.now, {
    ...openFetching(systems, { tenant, workspaceId, projectId }, signal),
    note: (rows) => void fetched.push(...rows),
  });
  const file = await spool.fill((take) =>
    generation.pump(
      async (chunk) => {
        progress.bytes += chunk.length;
        if (maxBytes !== null && progress.bytes > maxBytes) {
          throw new OutputTooLarge(
            `the output has more than the ${maxBytes} bytes that a run may have: ask for fewer rows`,
          );
        }
        await take(chunk);
      },
      signal,
      (rows) => {
        progress.rows = rows;
      },
    ),
  );
  return {
    file,
    rows: generation.rows,
    name: generation.fileName,
    contentType: generation.mediaType,
    sensitive: generation.sensitive,
    fetched,
  };
}

/** What clients are told of what went wrong; undefined: nothing that they could do about. */
export function failureOf(error: unknown): { readonly code: string; readonly message: string } | undefined {
  if (error instanceof RunFailure) return { code: error.code, message: error.message };
  if (error instanceof OutputTooLarge) return { code: 'output_too_large', message: error.message };
  if (error instanceof ApiError && error.code !== 'unavailable') return { code: error.code, message: error.message };
  if (error instanceof ExternalError) return { code: error.code, message: error.message };
  if (error instanceof Error && error.name === 'ExpressionError') {
    const { code = 'expression_error' } = error as { code?: string };
    return { code, message: error.message };
  }
  return undefined;
}
