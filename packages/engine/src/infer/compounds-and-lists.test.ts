import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferTemplate } from './infer-template.ts';

const typesOf = (table: string, names: readonly string[], locale = 'en_US'): string[] =>
  inferTemplate(names, { table, locale }).fields.map(({ type }) => type);
/** Columns that make plain what a table is written in. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  en_US: ['customer_name', 'invoice_date'],
  de_DE: ['Nachname', 'Rechnungsdatum'],
  fr_FR: ['nom_client', 'date_facture'],
  es_ES: ['nombre_cliente', 'fecha_factura'],
  pt_BR: ['nome_cliente', 'data_vencimento'],
  it_IT: ['nome_cliente', 'data_fattura'],
  nl_NL: ['achternaam', 'factuurdatum'],
};
const typeOf = (locale: string, name: string): string | undefined =>
  typesOf('records', [...(BESIDE[locale] as readonly string[]), name], locale)[2];

describe('the last part of a compound', () => {
  it.each([
    ['Buchungstag', 'date'],
    ['Auftragskonto', 'account_number'],
    ['Xyzzykuerzel', 'regex'],
    ['Xyzzyart', 'enum'],
    ['Xyzzybetrag', 'currency'],
    ['RefXyzzyZeigen', 'boolean'],
  ])('tells what it is: %s', (name, type) => expect(typeOf('de_DE', name)).toBe(type));

  it.each(['Montag', 'Vertrag', 'Antwort'])('is not there by chance: %s', (name) =>
    expect(typeOf('de_DE', name)).not.toBe('date'),
  );
});

describe('two ways to say the same', () => {
  it.each([
    ['nl_NL', 'Naam / Omschrijving', 'first_name'],
    ['de_DE', 'Begünstigter/Zahlungspflichtiger', 'full_name'],
    ['de_DE', 'Umsatz (ohne Soll/Haben-Kz)', 'currency'],
    ['de_DE', 'Zahlungsempfänger*in', 'full_name'],
  ])('%s: %s is %s', (locale, name, type) => expect(typeOf(locale, name)).toBe(type));
});

describe('what happened last', () => {
  it.each(['last_interaction', 'last_notify', 'next_xyzzy'])('is a moment: %s', (name) =>
    expect(typeOf('en_US', name)).toBe('datetime'),
  );

  it.each(['last_page', 'last_value', 'last_ip', 'last_digits'])('is none where something of it is kept: %s', (name) =>
    expect(typeOf('en_US', name)).not.toBe('datetime'),
  );

  it.each([
    ['it_IT', 'UltimoCarico'],
    ['it_IT', 'd fine'],
    ['nl_NL', 'laatste_consult'],
  ])('is a day in other languages (%s): %s', (locale, name) => expect(typeOf(locale, name)).toBe('date'));
});

describe('heads in front', () => {
  it.each([
    ['fr_FR', 'type_position', 'enum'],
    ['nl_NL', 'BIC tegenpartij', 'bic'],
    ['pt_BR', 'numero_cpf_candidato', 'cpf'],
    ['es_ES', 'n_poliza', 'regex'],
    ['de_DE', 'WKZ Umsatz', 'currency_code'],
  ])('%s: %s is %s', (locale, name, type) => expect(typeOf(locale, name)).toBe(type));
});

describe('parts of names in Romance languages and Dutch', () => {
  it.each([
    ['fr_FR', 'prenom_client', 'first_name'],
    ['fr_FR', 'date_cotisation', 'date'],
    ['pt_BR', 'prazo_dias', 'number'],
    ['pt_BR', 'n_pisos', 'number'],
    ['nl_NL', 'datum_uit_dienst', 'date'],
  ])('%s: %s is %s', (locale, name, type) => expect(typeOf(locale, name)).toBe(type));

  it('are no keys because they end in the letters of one', () =>
    expect(typesOf('leden', ['achternaam', 'xyzzyheid', 'geboortedatum'], 'nl_NL')[1]).not.toBe('sequence'));
});

describe('what there is, in words', () => {
  it.each([
    ['fr_FR', 'caracteristiques'],
    ['de_DE', 'Ausstattung'],
    ['de_DE', 'Zubehör'],
    ['en_US', 'accessories'],
  ])('%s: %s', (locale, name) => expect(typeOf(locale, name)).toBe('sentence'));
});

describe('several columns of one first word', () => {
  const NAMES = ['config_pdf', 'config_java', 'config_flash', 'config_gears', 'config_os', 'id', 'ip', 'visited_at'];

  it('are had or not, where they are what a machine has', () =>
    expect(typesOf('visits', NAMES).slice(0, 4)).toEqual(['boolean', 'boolean', 'boolean', 'boolean']));

  it('say nothing of one alone', () => expect(typesOf('visits', ['config_pdf', 'id'])[0]).not.toBe('boolean'));
});

describe('names of people', () => {
  it('are whole beside both of their parts', () =>
    expect(typesOf('contacts', ['Name', 'Given Name', 'Family Name'])).toEqual([
      'full_name',
      'first_name',
      'last_name',
    ]));

  it('are theirs behind the noun for them', () =>
    expect(typesOf('loans', ['id', 'BorrowerFirst', 'BorrowerLast']).slice(1)).toEqual(['first_name', 'last_name']));
});

describe('questions', () => {
  it.each(['Xyzzy?', 'Unregistered Vehicle?', 'in_message', 'voicemail_left'])('are yes or no: %s', (name) =>
    expect(typeOf('en_US', name)).toBe('boolean'),
  );
});

it('reads any two words with a slash or in brackets', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (a, b) => {
      for (const name of [`x${a}/${b}`, `x${a} (${b})`])
        expect(inferTemplate([name], { locale: 'de_DE' }).fields[0]?.type).toBeTypeOf('string');
    }),
    { numRuns: 50 },
  );
});
