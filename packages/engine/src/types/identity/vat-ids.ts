import type { IdNumber } from './id-number.ts';
import { aeVat } from './vat/ae.ts';
import { atVat } from './vat/at.ts';
import { beVat } from './vat/be.ts';
import { bgVat } from './vat/bg.ts';
import { chVat } from './vat/ch.ts';
import { cyVat } from './vat/cy.ts';
import { czVat } from './vat/cz.ts';
import { deVat } from './vat/de.ts';
import { dkVat } from './vat/dk.ts';
import { eeVat } from './vat/ee.ts';
import { esVat } from './vat/es.ts';
import { fiVat } from './vat/fi.ts';
import { frVat } from './vat/fr.ts';
import { gbVat } from './vat/gb.ts';
import { grVat } from './vat/gr.ts';
import { hrVat } from './vat/hr.ts';
import { huVat } from './vat/hu.ts';
import { ieVat } from './vat/ie.ts';
import { itVat } from './vat/it.ts';
import { ltVat } from './vat/lt.ts';
import { luVat } from './vat/lu.ts';
import { lvVat } from './vat/lv.ts';
import { mtVat } from './vat/mt.ts';
import { nlVat } from './vat/nl.ts';
import { noVat } from './vat/no.ts';
import { plVat } from './vat/pl.ts';
import { ptVat } from './vat/pt.ts';
import { roVat } from './vat/ro.ts';
import { rsVat } from './vat/rs.ts';
import { saVat } from './vat/sa.ts';
import { seVat } from './vat/se.ts';
import { siVat } from './vat/si.ts';
import { skVat } from './vat/sk.ts';
import { trVat } from './vat/tr.ts';

/** Numbers for value added tax, by country: the European Union, its neighbours and others. */
export const vatIds: readonly IdNumber[] = [
  aeVat,
  atVat,
  beVat,
  bgVat,
  chVat,
  cyVat,
  czVat,
  deVat,
  dkVat,
  eeVat,
  esVat,
  fiVat,
  frVat,
  gbVat,
  grVat,
  hrVat,
  huVat,
  ieVat,
  itVat,
  ltVat,
  luVat,
  lvVat,
  mtVat,
  nlVat,
  noVat,
  plVat,
  ptVat,
  roVat,
  rsVat,
  saVat,
  seVat,
  siVat,
  skVat,
  trVat,
];
