import validator from 'validator';
import {
  hasSteuerIdStructure,
  isBusinessRegistration,
  isCivilId,
  isCivilNumber,
  isCnh,
  isGermanLicence,
  isHungarianPersonalId,
  isIin,
  isJapaneseLicence,
  isNric,
  isUruguayanId,
} from './own-checks.ts';

/** Who says whether a value is right. */
export interface Check {
  /** A module of python-stdnum … */
  readonly stdnum?: string;
  /** … and what its `validate` is told. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** A check of another library, or of own-checks.ts, beside or in place of it. */
  readonly also?: (value: string) => boolean;
  /** Who `also` is, in words. */
  readonly by?: string;
}

const stdnum = (module: string, options?: Check['options']): Check => ({
  stdnum: module,
  ...(options === undefined ? {} : { options }),
});
const own = (also: (value: string) => boolean): Check => ({ also, by: 'own check of the rule' });
const form = (pattern: RegExp): Check => ({ also: (value) => pattern.test(value), by: 'own check of the form' });
const bare = (value: string): string => value.replaceAll(/[ ./()-]/g, '');
const of = (by: string, also: (value: string) => boolean): Check => ({ by: `validator ${by}`, also });
const luhn = of('isLuhnNumber', (value) => validator.isLuhnNumber(bare(value)));

/** Numbers of persons, by country. */
export const NATIONAL: Readonly<Record<string, Check>> = {
  AE: { ...luhn, also: (value) => /^784(19[4-9]|200)\d{9}$/.test(bare(value)) && validator.isLuhnNumber(bare(value)) },
  AR: stdnum('ar.dni'),
  AT: stdnum('at.vnr'),
  AU: stdnum('au.tfn'),
  BA: stdnum('si.emso'),
  BE: stdnum('be.nn'),
  BG: stdnum('bg.egn'),
  BR: stdnum('br.cpf'),
  CA: stdnum('ca.sin'),
  CH: stdnum('ch.ssn'),
  CL: stdnum('cl.rut'),
  CN: { ...stdnum('cn.ric'), ...of('isIdentityCard', (value) => validator.isIdentityCard(value, 'zh-CN')) },
  CO: form(/^1\.[01]\d{2}\.\d{3}\.\d{3}$/),
  CR: stdnum('cr.cpf'),
  CZ: stdnum('cz.rc'),
  DE: { ...stdnum('de.idnr'), ...own(hasSteuerIdStructure) },
  DK: { ...stdnum('dk.cpr'), ...of('isTaxID', (value) => validator.isTaxID(value, 'dk-DK')) },
  DO: stdnum('do.cedula'),
  EC: stdnum('ec.ci'),
  EE: stdnum('ee.ik'),
  ES: stdnum('es.dni'),
  FI: stdnum('fi.hetu'),
  FR: stdnum('fr.nir'),
  GB: of('isTaxID', (value) => validator.isTaxID(bare(value), 'en-GB')),
  GR: stdnum('gr.amka'),
  HK: of('isIdentityCard', (value) => validator.isIdentityCard(value, 'zh-HK')),
  HR: stdnum('hr.oib'),
  HU: own(isHungarianPersonalId),
  ID: stdnum('id.nik'),
  IE: stdnum('ie.pps'),
  IL: stdnum('il.idnr'),
  IN: stdnum('in_.aadhaar'),
  IS: stdnum('is_.kennitala'),
  IT: stdnum('it.codicefiscale'),
  JP: stdnum('jp.in_'),
  KR: stdnum('kr.rrn'),
  KW: own(isCivilId),
  KZ: own(isIin),
  LT: stdnum('lt.asmens'),
  LU: of('isTaxID', (value) => validator.isTaxID(value, 'fr-LU')),
  LV: stdnum('lv.pvn'),
  MD: stdnum('md.idno'),
  ME: stdnum('si.emso'),
  MK: stdnum('si.emso'),
  MX: stdnum('mx.curp'),
  MY: stdnum('my.nric'),
  NL: stdnum('nl.bsn'),
  NO: stdnum('no.fodselsnummer'),
  NZ: stdnum('nz.ird'),
  PE: stdnum('pe.cui'),
  PK: stdnum('pk.cnic'),
  PL: stdnum('pl.pesel'),
  PT: { ...stdnum('pt.cc'), ...own(isCivilNumber) },
  RO: stdnum('ro.cnp'),
  RS: stdnum('si.emso'),
  SA: { ...luhn, also: (value) => /^1\d{9}$/.test(value) && validator.isLuhnNumber(value) },
  SE: stdnum('se.personnummer'),
  SG: own(isNric),
  SI: stdnum('si.emso'),
  SK: stdnum('sk.rc'),
  TH: stdnum('th.pin'),
  TR: stdnum('tr.tckimlik'),
  TW: of('isIdentityCard', (value) => validator.isIdentityCard(value, 'zh-TW')),
  UA: stdnum('ua.rntrc'),
  US: stdnum('us.ssn'),
  UY: own(isUruguayanId),
  VN: form(/^0\d{2}[0-3]\d{8}$/),
  ZA: stdnum('za.idnr'),
};

/** Tax numbers of persons, where they are not the national id. */
export const TAXPAYER: Readonly<Record<string, Check>> = {
  AR: stdnum('ar.cuit'),
  AT: stdnum('at.tin'),
  CO: stdnum('co.nit'),
  FR: stdnum('fr.nif'),
  GB: stdnum('gb.utr'),
  GR: stdnum('gr.vat'),
  HU: of('isTaxID', (value) => validator.isTaxID(value, 'hu-HU')),
  IN: stdnum('in_.pan'),
  MX: stdnum('mx.rfc', { validate_check_digits: true }),
  PE: stdnum('pe.ruc'),
  PT: stdnum('pt.nif'),
  RU: stdnum('ru.inn'),
  SI: stdnum('si.ddv'),
  VN: stdnum('vn.mst'),
  ZA: stdnum('za.tin'),
};

/** Numbers of firms for value added tax. */
export const VAT: Readonly<Record<string, Check>> = {
  AE: form(/^100\d{8}0003$/),
  AT: stdnum('at.uid'),
  BE: stdnum('be.vat'),
  BG: stdnum('bg.vat'),
  CH: stdnum('ch.vat'),
  CY: stdnum('cy.vat'),
  CZ: stdnum('cz.dic'),
  DE: stdnum('de.vat'),
  DK: stdnum('dk.cvr'),
  EE: stdnum('ee.kmkr'),
  ES: stdnum('es.nif'),
  FI: stdnum('fi.alv'),
  FR: stdnum('fr.tva'),
  GB: stdnum('gb.vat'),
  GR: stdnum('gr.vat'),
  HR: stdnum('hr.oib'),
  HU: stdnum('hu.anum'),
  IE: stdnum('ie.vat'),
  IT: stdnum('it.iva'),
  LT: stdnum('lt.pvm'),
  LU: stdnum('lu.tva'),
  LV: stdnum('lv.pvn'),
  MT: stdnum('mt.vat'),
  NL: stdnum('nl.btw'),
  NO: stdnum('no.mva'),
  PL: stdnum('pl.nip'),
  PT: stdnum('pt.nif'),
  RO: stdnum('ro.cf'),
  RS: stdnum('rs.pib'),
  SA: form(/^3\d{10}0003$/),
  SE: stdnum('se.vat'),
  SI: stdnum('si.ddv'),
  SK: stdnum('sk.dph'),
  TR: stdnum('tr.vkn'),
};

/** Tax numbers of firms, where they are not the number for value added tax. */
export const COMPANY: Readonly<Record<string, Check>> = {
  AR: stdnum('ar.cuit'),
  AU: stdnum('au.abn'),
  BR: stdnum('br.cnpj'),
  CA: stdnum('ca.bn'),
  CL: stdnum('cl.rut'),
  CN: stdnum('cn.uscc'),
  CO: stdnum('co.nit'),
  GB: stdnum('gb.utr'),
  IL: stdnum('il.hp'),
  IN: stdnum('in_.gstin'),
  JP: stdnum('jp.cn'),
  KR: { ...stdnum('kr.brn'), ...own(isBusinessRegistration) },
  MX: stdnum('mx.rfc', { validate_check_digits: true }),
  PE: stdnum('pe.ruc'),
  RU: stdnum('ru.inn'),
  SG: stdnum('sg.uen'),
  TW: stdnum('tw.ubn'),
  UA: stdnum('ua.edrpou'),
  US: stdnum('us.ein'),
  ZA: stdnum('za.tin'),
};

/** Numbers of one country that have a type of their own but are not in the lists above. */
export const OTHERS: Readonly<Record<string, Check>> = {
  itin: stdnum('us.itin'),
  nie: stdnum('es.nie'),
  siren: stdnum('fr.siren'),
};

// Missing in @types/validator 13.15.10.
const { passportNumberLocales } = validator as unknown as { readonly passportNumberLocales: readonly string[] };
const CODES = new Set(passportNumberLocales);

/** Passport numbers: by validator where it knows the country, and by the lengths of ICAO Doc 9303. */
export const passportCheck = (country: string): Check =>
  CODES.has(country)
    ? of('isPassportNumber', (value) => validator.isPassportNumber(value, country))
    : form(/^(?=.*\d{5})[A-Z0-9]{7,9}$/);

/** Licence numbers with a published check digit; of the others only the form is known. */
export const LICENCE: Readonly<Record<string, Check>> = {
  BR: own(isCnh),
  DE: own(isGermanLicence),
  ES: stdnum('es.dni'),
  FI: stdnum('fi.hetu'),
  GB: form(/^[A-Z]{5}\d[0156]\d[0-3]\d\d[A-Z]{2}9[A-Z]{2}$/),
  JP: own(isJapaneseLicence),
  SE: stdnum('se.personnummer'),
  SG: own(isNric),
};
