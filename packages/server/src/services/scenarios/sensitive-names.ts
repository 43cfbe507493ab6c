import { fieldTypes } from '@datamaker/engine';
import type { Tenant } from '../../store/tenant.ts';

/** Fewer letters are in too many words of a log. */
const SHORTEST = 2;

/** Names of sensitive fields: of the templates of a project, at their newest version, and of its saved sets. */
export function sensitiveNames(tenant: Tenant, projectId: string): Promise<string[]> {
  const types = sensitiveTypes();
  return tenant(async (tx) => {
    const templates = await tx
      .selectFrom('template')
      .innerJoin('template_version', (join) =>
        join
          .onRef('template_version.template_id', '=', 'template.id')
          .onRef('template_version.version', '=', 'template.version'),
      )
      .where('template.project_id', '=', projectId)
      .where('template.deleted_at', 'is', null)
      .select('template_version.document')
      .execute();
    const sets = await tx
      .selectFrom('saved_set')
      .innerJoin('set_version', (join) =>
        join.onRef('set_version.set_id', '=', 'saved_set.id').onRef('set_version.version', '=', 'saved_set.version'),
      )
      .where('saved_set.project_id', '=', projectId)
      .where('saved_set.deleted_at', 'is', null)
      .where('set_version.sensitive', 'is not', null)
      .select('set_version.sensitive')
      .execute();
    const names = new Set<string>();
    for (const { document } of templates) collectSensitive(document.fields, types, names);
    for (const { sensitive } of sets) for (const name of sensitive ?? []) names.add(name);
    return [...names].filter(({ length }) => length >= SHORTEST);
  });
}

let known: ReadonlySet<string> | undefined;

/** Types whose fields are sensitive unless they say otherwise. */
export function sensitiveTypes(): ReadonlySet<string> {
  known ??= new Set(fieldTypes().flatMap(({ key, sensitive }) => (sensitive ? [key] : [])));
  return known;
}

/** Adds the names of sensitive fields that are anywhere in a value: fields may have fields of their own, in their options. */
export function collectSensitive(value: unknown, types: ReadonlySet<string>, names: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) collectSensitive(one, types, names);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
  const { name, type, options, sensitive } = value as {
    readonly name?: unknown;
    readonly type?: unknown;
    readonly options?: { readonly sensitive?: unknown };
    readonly sensitive?: unknown;
  };
  if (typeof name === 'string' && typeof type === 'string') {
    if ((options?.sensitive ?? sensitive ?? types.has(type)) === true) names.add(name);
  }
  for (const one of Object.values(value)) collectSensitive(one, types, names);
}
