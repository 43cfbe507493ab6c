import { limits, nearest } from '@datamaker/engine';
import { checkSchemaFields, type SchemaContext } from './check-schema-fields.ts';
import type { ContractField } from './contract.ts';
import { withEmirati } from './emirati.ts';
import type { FieldFault } from './field-fault.ts';
import { firstFree } from './first-free.ts';
import { findNamedType } from './type-names.ts';

/** Each round takes away at least one thing that is wrong; after so many, what is still wrong becomes text. */
const MAX_ROUNDS = 8;

/**
 * The fields as they might have been meant: what is wrong with a field is replaced or left out, first a constraint, then all
 * of them, then the type. The result is checked to be right.
 */
export async function repairFields(fields: readonly ContractField[], context: SchemaContext): Promise<ContractField[]> {
  const taken = new Set<string>();
  let current = fields.map((field): ContractField => ({ ...field, name: firstFree(cleanName(field.name), taken) }));
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const checked = await checkSchemaFields(current, context);
    if (checked.ok) return current;
    const last = round === MAX_ROUNDS - 1;
    const whole = checked.faults.some(({ index }) => index === undefined);
    current = current.map((field, index) => {
      const faults = checked.faults.filter((fault) => fault.index === index || (whole && fault.index === undefined));
      if (faults.length === 0) return field;
      return last ? plain(field) : faults.reduce(repaired, field);
    });
  }
  return (await checkSchemaFields(current, context)).ok ? current : current.map(plain);
}

const plain = ({ constraints: _, ...field }: ContractField): ContractField => ({ ...field, type: 'text' });

const normalise = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

function repaired(field: ContractField, fault: FieldFault): ContractField {
  const { constraints, ...bare } = field;
  const options = findNamedType(field.type)?.info.options ?? [];
  switch (fault.code) {
    case 'missing_country_code':
    case 'missing_country_prefix':
      return withEmirati(field);
    case 'missing_option': {
      const example = findNamedType(field.type)?.info.exampleOptions ?? {};
      const complete = { ...example, ...constraints };
      return Object.keys(complete).length > Object.keys(constraints ?? {}).length
        ? { ...bare, constraints: complete }
        : plain(field);
    }
  }
  if (constraints === undefined || fault.option === undefined) return constraints === undefined ? plain(field) : bare;
  const wanted = decoded(fault.option);
  const spec = options.find(({ name, aliases }) =>
    [name, ...aliases].some((alias) => normalise(alias) === normalise(wanted)),
  );
  const names = new Set([wanted, ...(spec === undefined ? [] : [spec.name, ...spec.aliases])].map(normalise));
  if (fault.code === 'unknown_option') {
    const meant = nearest(
      wanted,
      options.map(({ name }) => name),
    );
    if (meant !== undefined && !Object.keys(constraints).some((key) => normalise(key) === normalise(meant))) {
      const renamed = Object.entries(constraints).map(([key, value]) => [key === wanted ? meant : key, value]);
      return { ...bare, constraints: Object.fromEntries(renamed) };
    }
  }
  const kept = Object.entries(constraints).filter(([key]) => !names.has(normalise(key)));
  if (kept.length === Object.keys(constraints).length || kept.length === 0) return bare;
  return { ...bare, constraints: Object.fromEntries(kept) };
}

/** A step of a JSON pointer as the key it stands for. */
const decoded = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

const cleanName = (name: string): string =>
  name
    .slice(0, limits.MAX_NAME_LENGTH - 10)
    .toWellFormed()
    .replaceAll(CONTROL, ' ')
    .trim() || 'field';
