import { limits } from '@datamaker/engine';
import { type BodyReader, isObject, show } from './body-reader.ts';
import { checkSchemaFields, type SchemaContext } from './check-schema-fields.ts';
import type { ContractField } from './contract.ts';
import type { FieldFault } from './field-fault.ts';
import type { Problem } from './problem.ts';
import { readField } from './read-field.ts';
import { repairFields } from './repair-fields.ts';
import type { Compiled } from './row-plans.ts';

export const MAX_SCHEMA_FIELDS = 50;
const EXAMPLE = [
  { name: 'id', type: 'uuid' },
  { name: 'email', type: 'email' },
];

export interface SchemaFields {
  readonly fields: readonly ContractField[];
  readonly compiled: Extract<Compiled, { ok: true }>;
}

/** The fields of a schema, all checked and compiled; undefined when something is wrong with them. */
export async function readSchemaFields(reader: BodyReader, context: SchemaContext): Promise<SchemaFields | undefined> {
  const given = reader.take('schema_fields', 'schema');
  if (!Array.isArray(given) || given.length === 0) {
    const message =
      given === undefined
        ? 'schema_fields is missing'
        : Array.isArray(given)
          ? 'schema_fields is empty'
          : `schema_fields must be a list of fields, not ${show(given)}`;
    const fix = reader.fix('schema_fields', EXAMPLE, 'schema');
    reader.report('schema_fields', 'missing_fields', message, `for instance ${JSON.stringify(EXAMPLE)}`, null, fix);
    return undefined;
  }
  const faults: FieldFault[] = [];
  const source = given.slice(0, MAX_SCHEMA_FIELDS) as unknown[];
  const fields = source.map((field, index) => readField(field, index, context.locale, faults));
  checkNames(fields, faults);
  const checked = await checkSchemaFields(fields, context);
  // Names have been judged above, in words of this door.
  if (!checked.ok) faults.push(...checked.faults.filter(({ code }) => code !== 'duplicate_name'));
  const tooMany = given.length > MAX_SCHEMA_FIELDS;
  if (checked.ok && faults.length === 0 && !tooMany) return { fields, compiled: checked.compiled };

  const repaired = await repairFields(fields, context);
  const whole = reader.fix('schema_fields', repaired.map(toFragment), 'schema');
  if (tooMany) {
    const message = `${given.length} fields; a call takes at most ${MAX_SCHEMA_FIELDS}`;
    reader.report('schema_fields', 'too_many_fields', message, 'send the rest in another call', null, whole);
  }
  // What is no object, or stands under another key, cannot be merged into: then the list is given anew.
  const mergeable = reader.gives('schema_fields') && !tooMany && source.every(isObject);
  for (const fault of faults) {
    const at = mergeable && fault.index !== undefined ? repaired[fault.index] : undefined;
    const fix =
      at === undefined
        ? { pointer: '', ...whole }
        : { pointer: `/schema_fields/${fault.index}`, suggested_fix: toFragment(at) };
    reader.problems.push({ ...toProblem(fault, fields), ...fix });
  }
  return undefined;
}

/** Names must differ, and be short. */
function checkNames(fields: readonly ContractField[], faults: FieldFault[]): void {
  const seen = new Map<string, number>();
  for (const [index, { name }] of fields.entries()) {
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else {
      const message = `has the same name as schema_fields[${first}]`;
      faults.push({ index, code: 'duplicate_name', message, hint: 'give each field its own name' });
    }
  }
}

function toProblem({ index, code, message, hint, upgrade_required }: FieldFault, fields: readonly ContractField[]) {
  const field = index === undefined ? undefined : fields[index];
  const name = field?.name.slice(0, Math.min(80, limits.MAX_NAME_LENGTH));
  return {
    code,
    field: name ?? 'schema_fields',
    message: `schema_fields${field === undefined ? '' : `[${index}] (${show(name)})`}: ${message}`,
    correction_hint: hint,
    ...(upgrade_required === true ? { upgrade_required } : {}),
  } satisfies Partial<Problem>;
}

/** A field as a client writes it; null stands for what is to be left out. */
const toFragment = ({ name, type, locale, constraints, blankPercentage }: ContractField) => ({
  name,
  type,
  locale: locale ?? null,
  constraints: constraints ?? null,
  ...(blankPercentage === undefined ? {} : { blankPercentage }),
});
