import { describe, expect, it } from 'vitest';
import { inferTemplate } from './infer-template.ts';

const typesOf = (table: string, locale: string, names: string): string[] =>
  inferTemplate(names.split(' '), { table, locale }).fields.map(({ type }) => type);

describe('names behind letters that all begin with', () => {
  it('are read without them', () => {
    expect(typesOf('members', 'en_US', 'MBID MBFIRSTNAME MBLASTNAME MBEMAIL MBCITY MBZIP')).toEqual([
      'sequence',
      'first_name',
      'last_name',
      'email',
      'city',
      'postcode',
    ]);
  });
});

describe('languages of the north and east', () => {
  it.each([
    ['da_DK', 'fornavn efternavn vejnavn postnr bynavn', 'first_name last_name street_address postcode city'],
    ['nb_NO', 'fornavn etternavn fylke epost fodselsdato', 'first_name last_name state email birthdate'],
    ['id_ID', 'nama_lengkap alamat no_hp tgl_lahir harga', 'full_name street_address phone birthdate price'],
    ['en_IN', 'pita_ka_naam janm_tithi vetan pata shahar', 'full_name birthdate currency street_address city'],
    ['tr_TR', 'kiralama_tarihi oda_no aktif_mi yazar', 'date number boolean full_name'],
  ])('are read: %s %s', (locale, names, expected) => {
    const types = typesOf('kayit', locale, names);
    expect(types.filter((type, i) => type !== expected.split(' ')[i] && type !== 'regex')).toEqual([]);
  });
});

describe('days', () => {
  it('are days where another language calls them so, and moments of rows stay moments', () => {
    expect(typesOf('Bestellungen', 'de_DE', 'Kunde Bestelldatum erstellt_am')).toEqual([
      'full_name',
      'date',
      'datetime',
    ]);
  });
  it('are told from times of day by what they bound', () => {
    expect(typesOf('zeiten', 'de_DE', 'mitarbeiter arbeitszeit_von arbeitszeit_bis gueltig_bis').slice(1)).toEqual([
      'time',
      'time',
      'date',
    ]);
  });
});

describe('heads that stand in the middle', () => {
  it.each([
    ['fr_FR', 'voitures', 'photo_voiture', 'image_url'],
    ['pt_BR', 'pacientes', 'email_paciente', 'email'],
    ['pt_BR', 'pacientes', 'endereco_cidade', 'city'],
    ['nl_NL', 'autos', 'massa_ledig_voertuig', 'float'],
    ['es_AR', 'turnos', 'dni_paciente', 'national_id'],
  ])('are found in %s %s.%s', (locale, table, name, type) => {
    expect(typesOf(table, locale, `nome ${name} total`)[1]).toBe(type);
  });
});

describe('questions', () => {
  it.each([
    'flag_own_car',
    'host_has_photo',
    'must_change_password',
    'notifications_enabled',
    'email_sent',
    'in_stock',
    'pet_friendly',
    'newsletter_opt_in',
  ])('answers %s by yes or no', (name) => expect(typesOf('record', 'en_US', name)).toEqual(['boolean']));

  it('does not ask them of a fragment of a word', () => {
    expect(typesOf('messwerte', 'de_DE', 'messzeit wasserstand_cm niederschlag_mm')[1]).toBe('float');
    expect(typesOf('kontakte', 'de_DE', 'vorname nachname notfall_tel')[2]).toBe('phone');
  });

  it.each(['tax_refunded', 'discount_invoiced'])('takes what was done to money for money: %s', (name) => {
    expect(typesOf('record', 'en_US', name)).toEqual(['currency']);
  });
});

describe('who and which', () => {
  it.each([
    ['prescriber', 'full_name'],
    ['inspected_by', 'full_name'],
    ['grid_operator', 'company'],
    ['billing_state', 'state'],
    ['policy_state', 'state'],
    ['parent_station', 'number'],
    ['guarantor_national_id', 'national_id'],
  ])('%s is %s', (name, type) => expect(typesOf('record', 'en_US', name)).toEqual([type]));
});
