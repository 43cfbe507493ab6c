import type { IdNumber } from './id-number.ts';
import { arTaxpayer } from './tax-persons/ar.ts';
import { atTaxpayer } from './tax-persons/at.ts';
import { coTaxpayer } from './tax-persons/co.ts';
import { frTaxpayer } from './tax-persons/fr.ts';
import { gbTaxpayer } from './tax-persons/gb.ts';
import { grTaxpayer } from './tax-persons/gr.ts';
import { huTaxpayer } from './tax-persons/hu.ts';
import { inTaxpayer } from './tax-persons/in.ts';
import { mxTaxpayer } from './tax-persons/mx.ts';
import { peTaxpayer } from './tax-persons/pe.ts';
import { ptTaxpayer } from './tax-persons/pt.ts';
import { ruTaxpayer } from './tax-persons/ru.ts';
import { siTaxpayer } from './tax-persons/si.ts';
import { vnTaxpayer } from './tax-persons/vn.ts';
import { zaTaxpayer } from './tax-persons/za.ts';

/** Tax numbers of persons where they are not the national id, by country. */
export const taxpayers: readonly IdNumber[] = [
  arTaxpayer,
  atTaxpayer,
  coTaxpayer,
  frTaxpayer,
  gbTaxpayer,
  grTaxpayer,
  huTaxpayer,
  inTaxpayer,
  mxTaxpayer,
  peTaxpayer,
  ptTaxpayer,
  ruTaxpayer,
  siTaxpayer,
  vnTaxpayer,
  zaTaxpayer,
];
