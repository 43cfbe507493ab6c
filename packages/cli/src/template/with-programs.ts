import type { ExternalMaker } from '@datamaker/engine';
import type { LoadedPlan } from './load-plan.ts';

/**
 * Makes something of a template, with what runs the functions of its Python fields where it has any: the sandbox of this machine.
 * @throws CommandError where there is none, or a function fails
 */
export async function withPrograms<T>(
  { plan, badTemplate }: Pick<LoadedPlan, 'plan' | 'badTemplate'>,
  work: (external: ExternalMaker | undefined) => Promise<T>,
): Promise<T> {
  const { ExternalError, externalLevels } = await import('@datamaker/engine');
  const [level] = externalLevels(plan);
  if (level === undefined) return work(undefined);
  const { openLocalPrograms } = await import('@datamaker/server');
  const programs = await openLocalPrograms().catch((error: Error & { code?: string; hint?: string }) => {
    if (error.name !== 'SandboxError') throw error;
    throw badTemplate(
      level.fields.map(({ pointer }) => ({
        code: 'needs_a_worker',
        pointer: `${pointer}/type`,
        message: `functions of fields run in a sandbox, and there is none here: ${error.message}`,
        hint: error.hint ?? 'generate from the template on a server',
      })),
    );
  });
  try {
    return await programs.during(plan, new AbortController().signal, work);
  } catch (error) {
    throw error instanceof ExternalError ? badTemplate([error.diagnostic]) : error;
  }
}
