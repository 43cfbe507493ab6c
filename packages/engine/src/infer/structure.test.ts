import { describe, expect, it } from 'vitest';
import { CONFIDENT, type InferOptions, inferTemplate } from './index.ts';

const fields = (names: string, options: InferOptions = {}) => inferTemplate(names.split(' '), options).fields;
const types = (names: string, options: InferOptions = {}): string[] => fields(names, options).map(({ type }) => type);

describe('names that carry the name of their table', () => {
  it.each([
    ['EmailClub NomClub VilleClub TelClub', 'Club', 'fr_FR', 'email company city phone'],
    [
      'proveedor_correo proveedor_telefono proveedor_ciudad proveedor_nif',
      'proveedores',
      'es_ES',
      'email phone city tax_id',
    ],
    ['correoalumno telefonoalumno apellidoalumno ciudadalumno', 'alumnos', 'es_ES', 'email phone last_name city'],
  ])('reads what is left of %s', (names, table, locale, expected) => {
    expect(types(names, { table, locale })).toEqual(expected.split(' '));
  });

  it('leaves names alone that share it by chance', () => {
    expect(types('order_date total customer_email', { table: 'orders' })[0]).toMatch(/^date/);
  });
});

describe('counts', () => {
  it.each([
    'num_charges',
    'nb_tests',
    'total_wins',
    'Total Losses',
    '# Times Played',
    'NumMortgagesOutstanding',
    'aantal_personen',
  ])('counts %s', (name) => expect(inferTemplate([name, 'id', 'naam']).fields[0]?.type).toBe('number'));

  it('takes totals of money for money', () => {
    expect(types('total_amount total_price total_tax')).not.toContain('number');
  });
});

describe('questions', () => {
  it.each([
    'menuShow',
    'passwordForceReset',
    'defaultPermissionAdmin',
    'trigger_only_on_weekdays',
    'email_notifications',
    'in_production',
  ])('answers %s by yes or no', (name) => expect(inferTemplate([name]).fields[0]?.type).toBe('boolean'));

  it.each(['order_no', 'support_email', 'permission_level'])('does not take %s for a question', (name) => {
    expect(inferTemplate([name]).fields[0]?.type).not.toBe('boolean');
  });
});

describe('what stands beside a name', () => {
  it.each([
    ['heading lat lon speed', 'number'],
    ['agent ip created_at', 'user_agent'],
    ['comment_date comment_date_gmt', 'datetime'],
    ['attached_by_name attached_time', 'full_name'],
    ['id_photo first_name last_name', 'image_url'],
  ])('tells %s', (names, type) => expect(types(names)[0]).toBe(type));

  it('finds keys inside names', () => {
    expect(types('id roleIDPrimary name email')[1]).toBe('number');
  });
});

describe('words that are known in part', () => {
  it.each([
    ['descripton', 'en_US', 'paragraph'],
    ['passwrod', 'en_US', 'password'],
    ['postcdoe', 'en_US', 'postcode'],
    ['Abrechnungsjahr', 'de_DE', 'year'],
  ])('reads %s', (name, locale, type) => expect(inferTemplate([name], { locale }).fields[0]?.type).toBe(type));
});

describe('what is not known', () => {
  it('is of the kind that most of its table is of, and said to be guessed', () => {
    const field = fields('is_open is_paid has_parking can_edit zqxv')[4];
    expect(field?.type).toBe('boolean');
    expect(field?.confidence).toBeLessThan(CONFIDENT);
  });

  it('follows the form of the word', () => {
    const field = fields('id nombre fecha_alta zurcificado', { locale: 'es_ES' })[3];
    expect(field?.type).toBe('boolean');
    expect(field?.confidence).toBeLessThan(CONFIDENT);
  });
});
