import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferTemplate } from './infer-template.ts';

/** Columns that make plain what a table is written in. */
const BESIDE: Readonly<Record<string, string>> = {
  en_US: 'customer_name invoice_date',
  de_DE: 'Nachname Rechnungsdatum',
  fr_FR: 'nom_client date_facture',
  es_ES: 'nombre_cliente fecha_factura',
  pt_BR: 'nome_cliente data_vencimento',
  it_IT: 'nome_cliente data_fattura',
  nl_NL: 'achternaam factuurdatum',
};
const typeOf = (locale: string, name: string): string | undefined =>
  inferTemplate([...(BESIDE[locale] as string).split(' '), name], { locale, table: 'records' }).fields[2]?.type;

describe('short forms of words', () => {
  it.each([
    ['it_IT', 'codfis', /national_id/],
    ['it_IT', 'datnas', /birthdate/],
    ['it_IT', 'telefo', /phone/],
    ['it_IT', 'indir', /address/],
    ['es_ES', 'telcel', /phone/],
    ['es_ES', 'codpos', /postcode/],
    ['es_ES', 'fecbaja', /date/],
    ['es_ES', 'nroemergencia', /regex|phone/],
    ['pt_BR', 'dtnasc', /birthdate/],
    ['pt_BR', 'vlr_xyzzy', /currency/],
    ['fr_FR', 'obs', /note/],
    ['fr_FR', 'datnais', /birthdate/],
    ['de_DE', 'gebdat', /birthdate/],
  ])('%s reads %s', (locale, name, type) => expect(typeOf(locale, name)).toMatch(type));

  it('are those of the language of the table alone', () => expect(typeOf('en_US', 'datnas')).not.toBe('birthdate'));
});

describe('what systems put around names', () => {
  it.each([
    ['en_US', 'TrackingUrl__c', 'url'],
    ['en_US', 'Credit Limit (customer)', 'currency'],
    ['en_US', 'Custom field (Email)', 'email'],
    ['de_DE', 'Rabatt in Prozent (Debitor)', 'discount_percentage'],
    ['en_US', 'name_0_given_0', 'first_name'],
  ])('%s: %s is %s', (locale, name, type) => expect(typeOf(locale, name)).toBe(type));

  it('is kept where it is a unit', () => expect(typeOf('en_US', 'Distance (km)')).toMatch(/float|number/));
});

describe('what is done or not', () => {
  it.each([
    ['pt_BR', 'controla_estoque'],
    ['pt_BR', 'optante_xyzzy'],
    ['es_ES', 'acepta_publicidad'],
    ['es_ES', 'trabaja'],
    ['es_ES', 'prorrogable'],
    ['it_IT', 'esente_iva'],
    ['it_IT', 'quota_pagata'],
    ['fr_FR', 'avec_livraison'],
    ['nl_NL', 'toestemming_foto'],
    ['nl_NL', 'leges_betaald'],
    ['de_DE', 'kein_email_kontakt'],
    ['de_DE', 'rechnung_per_mail'],
    ['en_US', 'activate_legal'],
    ['en_US', 'add_teachers_to_courses'],
    ['en_US', 'verify_email'],
    ['en_US', 'is_in_stock'],
    ['en_US', 'pump_on'],
    ['en_US', 'ok_to_call'],
    ['en_US', 'consent_photos'],
  ])('%s: %s', (locale, name) => expect(typeOf(locale, name)).toBe('boolean'));

  it.each([
    ['en_US', 'create_date'],
    ['en_US', 'consent_date'],
    ['en_US', 'created_on'],
    ['en_US', 'uses_per_coupon'],
    ['en_US', 'restrict_to_products'],
    ['es_ES', 'importe_pagado'],
    ['de_DE', 'sn_fahrzeug'],
  ])('is not what %s: %s says', (locale, name) => expect(typeOf(locale, name)).not.toBe('boolean'));
});

describe('how many', () => {
  it.each(['emails_opened', 'uses_per_coupon', 'widgets_num', 'no_pages', 'total_headcount'])('%s', (name) =>
    expect(typeOf('en_US', name)).toBe('number'),
  );
});

describe('who and when, by what stands at the edges', () => {
  it.each([
    ['fr_FR', 'cree_par', 'full_name'],
    ['nl_NL', 'geplant_door', 'full_name'],
    ['it_IT', 'rilasciato_da', 'full_name'],
    ['de_DE', 'erfasst_von', 'full_name'],
    ['de_DE', 'wirksam_zum', 'date'],
    ['nl_NL', 'lid_sinds', 'date'],
    ['de_DE', 'Beginn Vertrag', 'date'],
    ['fr_FR', 'date_proch_ct', 'date'],
    ['en_US', 'last_failed_attempt', 'datetime'],
    ['nl_NL', 'email_ouder1', 'email'],
    ['fr_FR', 'tel_port', 'phone'],
    ['en_US', 'Billing Name', 'full_name'],
  ])('%s: %s is %s', (locale, name, type) => expect(typeOf(locale, name)).toBe(type));
});

describe('words of other languages', () => {
  it.each(['lit', 'lien_rank', 'balloon_ind', 'fport'])('are no parts of English names: %s', (name) =>
    expect(['url', 'currency', 'city', 'sex']).not.toContain(typeOf('en_US', name)),
  );
});

describe('any name', () => {
  it('with brackets, indices and short forms gets a field', () => {
    const piece = fc.constantFrom('cod', 'fis', 'fec', '0', '(', ')', '_', ' ', 'per', 'von', '__c', '/s', 'a', 'ado');
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...Object.keys(BESIDE)),
        (parts, locale) => {
          const name = parts.join('');
          expect(inferTemplate([name], { locale }).fields).toMatchObject([{ name }]);
        },
      ),
    );
  });
});
