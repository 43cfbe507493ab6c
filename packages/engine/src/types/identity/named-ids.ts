import { knownCountries } from '../../locales/places.ts';
import type { FieldType } from '../field-type.ts';
import { companyTaxIds } from './company-tax-ids.ts';
import type { IdNumber } from './id-number.ts';
import { idOfCountry } from './id-type.ts';
import { itin } from './itin.ts';
import { nationalIds } from './national-ids.ts';
import { nie } from './nie.ts';
import { siren } from './siren.ts';
import { taxpayers } from './taxpayers.ts';

/** Key, label, country and aliases of a number that has a type of its own. */
type Named = readonly [key: string, label: string, country: string, aliases?: readonly string[]];

const NATIONAL: readonly Named[] = [
  ['ssn', 'Social Security Number', 'US', ['social_security_number', 'us_ssn', 'ssn_full']],
  ['nino', 'National Insurance number', 'GB', ['national_insurance_number']],
  ['sin', 'Social Insurance Number', 'CA', ['social_insurance_number', 'canadian_sin']],
  ['tfn', 'Tax File Number', 'AU', ['tax_file_number']],
  ['ird_number', 'IRD number', 'NZ', ['ird']],
  ['steuer_id', 'Steuer-ID', 'DE', ['steuerliche_identifikationsnummer', 'idnr']],
  ['svnr', 'Sozialversicherungsnummer', 'AT', ['sozialversicherungsnummer']],
  ['ahv_number', 'AHV number', 'CH', ['ahv', 'avs', 'navs13']],
  ['bsn', 'Burgerservicenummer', 'NL', ['burgerservicenummer']],
  ['rijksregisternummer', 'Rijksregisternummer', 'BE', ['niss', 'insz', 'belgian_national_number']],
  ['nir', 'Numéro de sécurité sociale', 'FR', ['insee_number', 'numero_securite_sociale']],
  ['dni', 'DNI', 'ES', ['spanish_dni']],
  ['codice_fiscale', 'Codice fiscale', 'IT'],
  ['cartao_cidadao', 'Cartão de Cidadão', 'PT'],
  ['pps', 'PPS number', 'IE', ['ppsn', 'pps_number']],
  ['cpr', 'CPR number', 'DK', ['cpr_nummer']],
  ['personnummer', 'Personnummer', 'SE', ['swedish_personal_number']],
  ['fodselsnummer', 'Fødselsnummer', 'NO'],
  ['hetu', 'Henkilötunnus', 'FI', ['henkilotunnus']],
  ['kennitala', 'Kennitala', 'IS'],
  ['isikukood', 'Isikukood', 'EE'],
  ['asmens_kodas', 'Asmens kodas', 'LT'],
  ['personas_kods', 'Personas kods', 'LV'],
  ['pesel', 'PESEL', 'PL'],
  ['rodne_cislo', 'Rodné číslo', 'CZ', ['birth_number']],
  ['cnp', 'Cod numeric personal', 'RO'],
  ['egn', 'EGN', 'BG'],
  ['oib', 'OIB', 'HR'],
  ['emso', 'EMŠO', 'SI'],
  ['jmbg', 'JMBG', 'RS'],
  ['amka', 'AMKA', 'GR'],
  ['tc_kimlik', 'T.C. Kimlik No', 'TR', ['tckn', 'tc_kimlik_no']],
  ['cpf', 'CPF', 'BR'],
  ['curp', 'CURP', 'MX'],
  ['rut', 'RUT', 'CL', ['run']],
  ['cedula', 'Cédula de ciudadanía', 'CO', ['cedula_de_ciudadania']],
  ['aadhaar', 'Aadhaar', 'IN', ['aadhar', 'uidai']],
  ['cnic', 'CNIC', 'PK'],
  ['resident_identity_card', 'Resident Identity Card', 'CN', ['chinese_id', 'shenfenzheng']],
  ['hkid', 'HKID', 'HK'],
  ['my_number', 'My Number', 'JP'],
  ['rrn', 'Resident Registration Number', 'KR', ['resident_registration_number']],
  ['nric', 'NRIC', 'SG'],
  ['mykad', 'MyKad', 'MY'],
  ['nik', 'NIK', 'ID'],
  ['emirates_id', 'Emirates ID', 'AE'],
  ['mispar_zehut', 'Mispar Zehut', 'IL', ['teudat_zehut', 'israeli_id']],
  ['south_african_id', 'South African ID', 'ZA'],
];

const TAX: readonly Named[] = [
  ['utr', 'Unique Taxpayer Reference', 'GB'],
  ['pan_number', 'Permanent Account Number', 'IN', ['pan_card', 'indian_pan']],
  ['rfc', 'RFC', 'MX'],
  ['nif', 'NIF', 'PT', ['portuguese_nif']],
  ['cuil', 'CUIL', 'AR'],
];

const COMPANY: readonly Named[] = [
  ['ein', 'Employer Identification Number', 'US', ['employer_identification_number', 'fein']],
  ['cnpj', 'CNPJ', 'BR'],
  ['abn', 'Australian Business Number', 'AU'],
  ['gstin', 'GSTIN', 'IN', ['gst_number']],
  ['cuit', 'CUIT', 'AR'],
  ['uen', 'Unique Entity Number', 'SG'],
  ['unified_social_credit_code', 'Unified Social Credit Code', 'CN', ['uscc']],
];

const summaryOf = ({ name, country }: IdNumber): string =>
  `${name}, ${knownCountries().get(country)?.name ?? country}.`;

const typesOf = (named: readonly Named[], rules: readonly IdNumber[], company = false): FieldType[] =>
  named.map(([key, label, country, aliases = []]) => {
    const rule = rules.find((candidate) => candidate.country === country);
    if (rule === undefined) throw new Error(`${key} has no rule for ${country}`);
    return idOfCountry(rule, {
      key,
      label,
      summary: summaryOf(rule),
      aliases,
      ...(company ? { family: 'business', sensitive: false } : {}),
    });
  });

/** Numbers of one country, under the names by which they are looked for. */
export const namedIds: readonly FieldType[] = [
  ...typesOf(NATIONAL, nationalIds),
  ...typesOf(TAX, taxpayers),
  ...typesOf(COMPANY, companyTaxIds, true),
  idOfCountry(itin, {
    key: 'itin',
    label: 'Individual Taxpayer Identification Number',
    summary: summaryOf(itin),
    aliases: ['individual_taxpayer_identification_number'],
  }),
  idOfCountry(nie, { key: 'nie', label: 'NIE', summary: summaryOf(nie) }),
  idOfCountry(siren, {
    key: 'siren',
    label: 'SIREN',
    summary: summaryOf(siren),
    family: 'business',
    sensitive: false,
  }),
];
