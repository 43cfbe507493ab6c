import { describe, expect, it } from 'vitest';
import { inferTemplate } from './infer-template.ts';

const typesOf = (table: string, locale: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(inferTemplate(names, { table, locale }).fields.map(({ name, type }) => [name, type]));

describe('words of schemas in other languages', () => {
  it('are read without gaps as with them', () => {
    expect(typesOf('clientes', 'es_ES', ['razonsocial', 'codigopostal', 'cifnif', 'debaja', 'telefono'])).toEqual({
      razonsocial: 'company',
      codigopostal: 'postcode',
      cifnif: 'tax_id',
      debaja: 'boolean',
      telefono: 'phone',
    });
  });

  it('keep the head of a word that is made of two', () => {
    const types = typesOf('articulos', 'es_ES', ['referencia', 'codcliente', 'codproveedor', 'codagente']);
    expect(Object.values(types).slice(1)).toEqual(['customer_id', 'supplier_id', 'regex']);
  });

  it('count things in the plural, and so does the total of them', () => {
    const types = typesOf('regioni', 'it_IT', ['data', 'totale_casi', 'deceduti', 'totale_positivi', 'nuovi_casi']);
    expect(new Set(Object.values(types).slice(1))).toEqual(new Set(['number']));
  });

  it('say that a thing was done', () => {
    const types = typesOf('Boxen', 'it_IT', ['numero', 'occupato', 'riservato', 'cancellato']);
    expect(Object.values(types).slice(1)).toEqual(['boolean', 'boolean', 'boolean']);
  });

  it('spell sounds of Arabic as digits', () => {
    const types = typesOf('mowazafin', 'ar_SA', ['raqm_mowazaf', '3enwan', 'tarekh_milad', 'm3ash']);
    expect(types).toMatchObject({ '3enwan': 'street_address', tarekh_milad: 'birthdate', m3ash: 'currency' });
  });
});

describe('fields of SAP', () => {
  const CUSTOMER = ['mandt', 'kunnr', 'land1', 'name1', 'ort01', 'loevm', 'umsat', 'uwaer'];

  it('are known in small letters where most columns are such', () => {
    expect(typesOf('kna1', 'de_DE', CUSTOMER)).toMatchObject({
      loevm: 'enum',
      umsat: 'currency',
      uwaer: 'currency_code',
    });
  });

  it('are no fields of SAP beside words', () => {
    expect(typesOf('people', 'en_US', ['id', 'email', 'city', 'route', 'aktiv', 'menge'])['menge']).not.toBe(
      'sap_unit_of_measure',
    );
  });
});
