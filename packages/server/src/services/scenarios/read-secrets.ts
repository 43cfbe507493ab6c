import type { Tenant } from '../../store/tenant.ts';
import type { OpenedSecret, SecretVault } from '../secrets/secret-vault.ts';

/** What a run may know, and what its log must not show. */
export interface RunSecrets {
  /** By name: those of the project before those of the whole workspace. */
  readonly environment: Readonly<Record<string, string>>;
  /** All values of the workspace, also those of connections. */
  readonly values: readonly string[];
}

/** Reads the secrets of a workspace for a run of one of its projects. @throws ApiError secret_unreadable */
export async function readSecrets(tenant: Tenant, vault: SecretVault, projectId: string): Promise<RunSecrets> {
  const opened = await tenant((tx) => vault.openAll(tx));
  const own = opened.filter(({ kind }) => kind === 'user');
  const named = (project: string | null) =>
    Object.fromEntries(own.filter(({ project_id }) => project_id === project).map(({ name, value }) => [name, value]));
  return { environment: { ...named(null), ...named(projectId) }, values: opened.flatMap(valuesOf) };
}

/** Those of a connection are one JSON text together. */
function valuesOf({ kind, value }: OpenedSecret): string[] {
  if (kind === 'user') return [value];
  try {
    return textsIn(JSON.parse(value));
  } catch {
    return [value];
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(textsIn);
}
