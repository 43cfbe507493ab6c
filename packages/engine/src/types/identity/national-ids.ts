import { ae } from './countries/ae.ts';
import { ar } from './countries/ar.ts';
import { at } from './countries/at.ts';
import { au } from './countries/au.ts';
import { ba } from './countries/ba.ts';
import { be } from './countries/be.ts';
import { bg } from './countries/bg.ts';
import { br } from './countries/br.ts';
import { ca } from './countries/ca.ts';
import { ch } from './countries/ch.ts';
import { cl } from './countries/cl.ts';
import { cn } from './countries/cn.ts';
import { co } from './countries/co.ts';
import { cr } from './countries/cr.ts';
import { cz } from './countries/cz.ts';
import { de } from './countries/de.ts';
import { dk } from './countries/dk.ts';
import { dominicanRepublic } from './countries/do.ts';
import { ec } from './countries/ec.ts';
import { ee } from './countries/ee.ts';
import { es } from './countries/es.ts';
import { fi } from './countries/fi.ts';
import { fr } from './countries/fr.ts';
import { gb } from './countries/gb.ts';
import { gr } from './countries/gr.ts';
import { hk } from './countries/hk.ts';
import { hr } from './countries/hr.ts';
import { hu } from './countries/hu.ts';
import { id } from './countries/id.ts';
import { ie } from './countries/ie.ts';
import { il } from './countries/il.ts';
import { india } from './countries/in.ts';
import { iceland } from './countries/is.ts';
import { it } from './countries/it.ts';
import { jp } from './countries/jp.ts';
import { kr } from './countries/kr.ts';
import { kw } from './countries/kw.ts';
import { kz } from './countries/kz.ts';
import { lt } from './countries/lt.ts';
import { lu } from './countries/lu.ts';
import { lv } from './countries/lv.ts';
import { md } from './countries/md.ts';
import { me } from './countries/me.ts';
import { mk } from './countries/mk.ts';
import { mx } from './countries/mx.ts';
import { my } from './countries/my.ts';
import { nl } from './countries/nl.ts';
import { no } from './countries/no.ts';
import { nz } from './countries/nz.ts';
import { pe } from './countries/pe.ts';
import { pk } from './countries/pk.ts';
import { pl } from './countries/pl.ts';
import { pt } from './countries/pt.ts';
import { ro } from './countries/ro.ts';
import { rs } from './countries/rs.ts';
import { sa } from './countries/sa.ts';
import { se } from './countries/se.ts';
import { sg } from './countries/sg.ts';
import { si } from './countries/si.ts';
import { sk } from './countries/sk.ts';
import { th } from './countries/th.ts';
import { tr } from './countries/tr.ts';
import { tw } from './countries/tw.ts';
import { ua } from './countries/ua.ts';
import { us } from './countries/us.ts';
import { uy } from './countries/uy.ts';
import { vn } from './countries/vn.ts';
import { za } from './countries/za.ts';
import type { IdNumber } from './id-number.ts';

/** National ids, by country; where there is none, the number that stands for it. */
export const nationalIds: readonly IdNumber[] = [
  ae,
  ar,
  at,
  au,
  ba,
  be,
  bg,
  br,
  ca,
  ch,
  cl,
  cn,
  co,
  cr,
  cz,
  de,
  dk,
  dominicanRepublic,
  ec,
  ee,
  es,
  fi,
  fr,
  gb,
  gr,
  hk,
  hr,
  hu,
  id,
  ie,
  il,
  india,
  iceland,
  it,
  jp,
  kr,
  kw,
  kz,
  lt,
  lu,
  lv,
  md,
  me,
  mk,
  mx,
  my,
  nl,
  no,
  nz,
  pe,
  pk,
  pl,
  pt,
  ro,
  rs,
  sa,
  se,
  sg,
  si,
  sk,
  th,
  tr,
  tw,
  ua,
  us,
  uy,
  vn,
  za,
];
