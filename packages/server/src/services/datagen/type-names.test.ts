import { fieldTypes } from '@datamaker/engine';
import { describe, expect, it } from 'vitest';
import { findNamedType, namedTypeOf, namedTypes, nearestTypeName } from './type-names.ts';

/** The catalogue as its clients know it. */
const PUBLISHED: Readonly<Record<string, string>> = {
  personal:
    'firstName lastName middleName fullName email phone address birthdate gender age nationality bloodType passportNumber driversLicense ssnLastFour',
  geographic: 'country city state zipCode region latitude longitude timezone',
  business: 'company jobTitle department industry occupation employeeId',
  technical: 'url website username uuid ipAddress macAddress userAgent',
  product: 'color language brandName productName sku flavorName orderNumber shipmentStatus shipmentTrackingId',
  financial:
    'creditCard currency amount iban accountNumber bankName swiftCode invoiceNumber taxId ledgerCode costCenter transactionId transactionAmount paymentStatus',
  numbers: 'weightKg heightCm reviewScore integer decimal percentage',
  dates: 'date dateTime',
  freeform: 'text notes tags',
};

describe('the types of this door', () => {
  it('begin with the 70 published names, in their categories', () => {
    const published = Object.entries(PUBLISHED).flatMap(([category, names]) =>
      names.split(' ').map((name) => ({ name, category })),
    );
    expect(published).toHaveLength(70);
    expect(namedTypes.slice(0, 70).map(({ name, category }) => ({ name, category }))).toEqual(published);
  });

  it('are found by name, key and alias, in any case and with any separators', () => {
    for (const { name } of namedTypes) {
      for (const written of [name, name.toUpperCase(), name.replaceAll('_', '-'), name.replaceAll('_', ' ')]) {
        expect(findNamedType(written)?.name, written).toBe(name);
      }
    }
    for (const { key, aliases, external } of fieldTypes()) {
      for (const name of [key, ...aliases]) {
        expect(findNamedType(name) === undefined, name).toBe(external !== undefined);
      }
    }
  });

  it('cover every type that the engine makes itself', () => {
    for (const { key, external } of fieldTypes()) {
      if (external === undefined) expect(namedTypeOf(key)?.info.key).toBe(key);
    }
  });

  it('are suggested for what is nearly their name', () => {
    expect(nearestTypeName('fristName')).toBe('firstName');
    expect(nearestTypeName('e-mial')).toBe('email');
    expect(nearestTypeName('qqqqqqqqqqqq')).toBeUndefined();
  });
});
