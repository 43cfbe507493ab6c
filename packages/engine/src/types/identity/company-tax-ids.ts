import type { IdNumber } from './id-number.ts';
import { arCompany } from './tax-companies/ar.ts';
import { auCompany } from './tax-companies/au.ts';
import { brCompany } from './tax-companies/br.ts';
import { caCompany } from './tax-companies/ca.ts';
import { clCompany } from './tax-companies/cl.ts';
import { cnCompany } from './tax-companies/cn.ts';
import { coCompany } from './tax-companies/co.ts';
import { gbCompany } from './tax-companies/gb.ts';
import { ilCompany } from './tax-companies/il.ts';
import { inCompany } from './tax-companies/in.ts';
import { jpCompany } from './tax-companies/jp.ts';
import { krCompany } from './tax-companies/kr.ts';
import { mxCompany } from './tax-companies/mx.ts';
import { peCompany } from './tax-companies/pe.ts';
import { ruCompany } from './tax-companies/ru.ts';
import { sgCompany } from './tax-companies/sg.ts';
import { twCompany } from './tax-companies/tw.ts';
import { uaCompany } from './tax-companies/ua.ts';
import { usCompany } from './tax-companies/us.ts';
import { zaCompany } from './tax-companies/za.ts';

/** Tax numbers of firms where they are not the number for value added tax, by country. */
export const companyTaxIds: readonly IdNumber[] = [
  arCompany,
  auCompany,
  brCompany,
  caCompany,
  clCompany,
  cnCompany,
  coCompany,
  gbCompany,
  ilCompany,
  inCompany,
  jpCompany,
  krCompany,
  mxCompany,
  peCompany,
  ruCompany,
  sgCompany,
  twCompany,
  uaCompany,
  usCompany,
  zaCompany,
];
