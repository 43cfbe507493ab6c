import { isObject, show } from './body-reader.ts';
import type { ContractField } from './contract.ts';
import type { FieldFault } from './field-fault.ts';
import { findLocale, suggestLocale } from './locales.ts';
import { findNamedType, nearestTypeName } from './type-names.ts';

/** A field of a request: what of it is right as it is, what is wrong reported and replaced by what was probably meant. */
export function readField(source: unknown, index: number, locale: string, faults: FieldFault[]): ContractField {
  const report = (code: string, message: string, hint: string): number => faults.push({ index, code, message, hint });
  if (!isObject(source)) {
    report('invalid_field', `is ${show(source)}, not an object`, 'write { "name": …, "type": … }');
    return { name: `field_${index + 1}`, type: 'text', locale };
  }
  const { name, type, constraints = null, blankPercentage = null, locale: own = null } = source;
  if (typeof name !== 'string' || name.trim() === '') {
    const given = name === undefined || name === null ? 'no name' : `${show(name)} for a name`;
    const message = typeof name === 'string' ? 'has an empty name' : `has ${given}`;
    report('invalid_name', message, 'give it a name, such as "customer_id"');
  }
  const known = typeof type === 'string' ? findNamedType(type) : undefined;
  // Looking for what was meant takes time: only where it is not known.
  const near = known === undefined && typeof type === 'string' ? nearestTypeName(type) : undefined;
  if (known === undefined) {
    const message = type === undefined || type === null ? 'has no type' : `has an unknown type, ${show(type)}`;
    report(
      'unknown_type',
      message,
      `${near === undefined ? '' : `did you mean "${near}"? `}GET /api/v1/field-types lists all`,
    );
  }
  if (constraints !== null && !isObject(constraints)) {
    report(
      'invalid_constraints',
      `has ${show(constraints)} for constraints`,
      'write { "option": value }, or leave them out',
    );
  }
  const percent = toPercent(blankPercentage);
  if (blankPercentage !== null && percent !== blankPercentage) {
    report('invalid_blank_percentage', `has ${show(blankPercentage)} for blankPercentage`, 'a number from 0 to 100');
  }
  const found = typeof own === 'string' ? findLocale(own) : undefined;
  if (own !== null && found === undefined) {
    report('unknown_locale', `has an unknown locale, ${show(own)}`, `for instance "${suggestLocale(own)}"`);
  }
  return {
    name: typeof name === 'string' && name.trim() !== '' ? name : `field_${index + 1}`,
    type: known?.name ?? near ?? 'text',
    locale: found ?? (own === null ? locale : suggestLocale(own)),
    ...(isObject(constraints) && Object.keys(constraints).length > 0 ? { constraints } : {}),
    ...(blankPercentage === null ? {} : { blankPercentage: percent }),
  };
}

const toPercent = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(100, Math.max(0, value)) : 0;
