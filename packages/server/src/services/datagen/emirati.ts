import type { ContractField } from './contract.ts';
import type { FieldFault } from './field-fault.ts';
import { DEFAULT_LOCALE, isEmirati } from './locales.ts';

const CODE = /^(country|calling)_?code$/i;
const PREFIX = /^country(_?(code|prefix))?$/i;

/** In the locales of the Emirates, phone numbers and bank accounts must say that they are Emirati. */
export function emiratiFaults(field: ContractField, index: number): FieldFault[] {
  const { type, locale = DEFAULT_LOCALE, constraints = {} } = field;
  if (!isEmirati(locale)) return [];
  const value = (names: RegExp): unknown => Object.entries(constraints).find(([key]) => names.test(key))?.[1];
  if (type === 'phone' && value(/^format$/i) === undefined && value(CODE) !== '+971') {
    const message = `is a phone number in ${locale} and needs the country code +971`;
    return [{ index, code: 'missing_country_code', message, hint: 'add "constraints": {"country_code": "+971"}' }];
  }
  if (type === 'iban' && value(PREFIX) !== 'AE') {
    const message = `is an IBAN in ${locale} and needs the country prefix AE`;
    return [{ index, code: 'missing_country_prefix', message, hint: 'add "constraints": {"country_prefix": "AE"}' }];
  }
  return [];
}

/** A field with the constraint that those locales ask for, where it lacks it. */
export function withEmirati(field: ContractField): ContractField {
  if (emiratiFaults(field, 0).length === 0) return field;
  const { type, constraints = {} } = field;
  const names = type === 'phone' ? CODE : PREFIX;
  const others = Object.fromEntries(Object.entries(constraints).filter(([key]) => !names.test(key)));
  const own = type === 'phone' ? { country_code: '+971' } : { country_prefix: 'AE' };
  return { ...field, constraints: { ...others, ...own } };
}
