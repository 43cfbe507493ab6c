import { collectSensitive, sensitiveTypes } from '../services/scenarios/sensitive-names.ts';
import type { Tenant } from '../store/tenant.ts';

/** What a project has that is sensitive, by what calls may name it by. */
export interface SensitiveData {
  /** Names of fields. */
  readonly names: ReadonlySet<string>;
  /** Ids of templates and scenarios, and names of sets, that hold or make values of such fields. */
  readonly holders: ReadonlySet<string>;
}

/** In place of a value that the agent may not see. */
export const REDACTED = '[REDACTED]';

/** Looks at the templates, sets and scenarios of a project, as they are now. */
export function findSensitiveData(tenant: Tenant, projectId: string): Promise<SensitiveData> {
  return tenant(async (tx) => {
    const templates = await tx
      .selectFrom('template')
      .innerJoin('template_version', 'template_version.template_id', 'template.id')
      .where('template.project_id', '=', projectId)
      .where('template.deleted_at', 'is', null)
      .select(['template.id', 'template_version.name', 'template_version.document'])
      .execute();
    const sets = await tx
      .selectFrom('saved_set')
      .innerJoin('set_version', 'set_version.set_id', 'saved_set.id')
      .where('saved_set.project_id', '=', projectId)
      .where('saved_set.deleted_at', 'is', null)
      .where('set_version.sensitive', 'is not', null)
      .select(['saved_set.id', 'saved_set.name', 'set_version.sensitive'])
      .execute();
    const scenarios = await tx
      .selectFrom('scenario')
      .innerJoin('scenario_version', 'scenario_version.scenario_id', 'scenario.id')
      .where('scenario.project_id', '=', projectId)
      .where('scenario.deleted_at', 'is', null)
      .select(['scenario.id', 'scenario_version.code'])
      .execute();
    const types = sensitiveTypes();
    const names = new Set<string>();
    const holders = new Set<string>();
    const documents = templates.map(({ id, name, document }) => {
      const own = new Set<string>();
      collectSensitive(document.fields, types, own);
      for (const one of own) names.add(one);
      if (own.size > 0) holders.add(id).add(name);
      return { id, name, document };
    });
    for (const { id, name, sensitive } of sets) {
      for (const one of sensitive ?? []) names.add(one);
      if ((sensitive ?? []).length > 0) holders.add(id).add(name);
    }
    // What nests one that is sensitive is sensitive, as deep as it goes.
    for (let before = -1; before !== holders.size; ) {
      before = holders.size;
      for (const { id, name, document } of documents) if (isNamedIn(document, holders)) holders.add(id).add(name);
    }
    for (const { id, code } of scenarios) if (isNamedIn(code, holders)) holders.add(id);
    return { names, holders };
  });
}

/** Whether a text anywhere in a value is one of these, or has one in quotes, as code has it. */
function isNamedIn(value: unknown, holders: ReadonlySet<string>): boolean {
  if (typeof value === 'string') {
    const quoted = [...value.matchAll(/["']([^"'\n]{1,200})["']/g)].map(([, one = '']) => one);
    return [value, ...quoted].some((one) => holders.has(one.replace(/@v\d+$/, '')));
  }
  return value !== null && typeof value === 'object' && Object.values(value).some((one) => isNamedIn(one, holders));
}

/** Whether a call would send values of sensitive fields: it names what holds them, or has them in its arguments. */
export function sendsSensitive(input: unknown, { names, holders }: SensitiveData): boolean {
  if (typeof input === 'string') return isNamedIn(input, holders);
  if (input === null || typeof input !== 'object') return false;
  const own = new Set<string>();
  collectSensitive(input, sensitiveTypes(), own);
  if (own.size > 0) return true;
  return Object.entries(input).some(([name, value]) => names.has(name) || sendsSensitive(value, { names, holders }));
}

/**
 * The same result without values of sensitive fields. As in logs, a value is known by the name that it stands beneath.
 * @param input of the call: its fields may be sensitive as well
 */
export function redactSensitive(result: unknown, input: unknown, { names }: SensitiveData): unknown {
  const all = new Set(names);
  collectSensitive(input, sensitiveTypes(), all);
  return all.size === 0 ? result : redact(result, all);
}

/** What says of each field what it is called elsewhere, and holds no values. */
const BY_FIELD = new Set(['columns', 'mapping']);

function redact(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => redact(one, names));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      if (BY_FIELD.has(name)) return [name, one];
      return [name, names.has(name) ? hidden(one) : redact(one, names)];
    }),
  );
}

/** What tells nothing stays, so that rows look like rows. */
const hidden = (value: unknown): unknown => (value === null || typeof value === 'boolean' ? value : REDACTED);
