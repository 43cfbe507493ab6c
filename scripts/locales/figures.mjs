// Builds packages/engine/src/locales/figures/data: how often people bear a name, for locales with public figures.
//
//   node scripts/locales/figures.mjs
//
// The result is committed. It needs pip and the network once: the package is pinned in geography/packages.mjs. The same
// package gives the same bytes. Values of a seed follow the order of these lists, as they do that of names.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { slug } from '../../packages/engine/src/locales/slug.ts';
import { at } from '../lib/workspace.mjs';
import { cleanNames } from './clean.mjs';
import { packageFolder } from './geography/packages.mjs';
import { toJson } from './to-json.mjs';

const DATA = new URL('../../packages/engine/src/locales/figures/data/', import.meta.url);

/** Whose figures they are, as the provider of PyPI's Faker names them. Lists of unnamed or commercial origin are not taken. */
const SOURCES = {
  en_NZ: { given: 'Department of Internal Affairs: first names of births' },
  en_US: {
    given: 'Social Security Administration: births of the 1960s to 1990s',
    last: 'Census Bureau: the thousand most frequent surnames',
  },
  es_AR: { given: 'datos.gob.ar: names registered from 2010 to 2014' },
  es_CL: { given: 'Servicio de Registro Civil e Identificación', last: 'Servicio de Registro Civil e Identificación' },
  es_CO: { given: 'datos.gov.co: Ciudadanía Digital', last: 'datos.gov.co: Ciudadanía Digital' },
  fi_FI: { given: 'avoindata.fi: Population Information System', last: 'avoindata.fi: Population Information System' },
  fr_BE: { given: 'Statbel 2022: Wallonia', last: 'Statbel 2022: Walloon Region' },
  hu_HU: { given: 'Ministry of Interior, 2016', last: 'Ministry of Interior, 2016' },
  nl_BE: { given: 'Statbel 2022: Flanders', last: 'Statbel 2022: Flemish Region' },
  sv_SE: { given: 'Institute for Language and Folklore, 2023', last: 'Swedish Tax Agency, 2025' },
};

/** Weights are shares of a million. */
const WHOLE = 1_000_000;

function main() {
  mkdirSync(DATA, { recursive: true });
  for (const name of readdirSync(DATA)) rmSync(new URL(name, DATA));
  let bytes = 0;
  for (const [locale, sources] of Object.entries(SOURCES)) {
    const json = `${toJson({ sources, ...figuresOf(locale, sources) })}\n`;
    writeFileSync(new URL(`${locale}.json`, DATA), json);
    bytes += Buffer.byteLength(json);
  }
  process.stdout.write(`${Object.keys(SOURCES).length} files, ${bytes} bytes\n`);
}

function figuresOf(locale, sources) {
  const script = at('scripts', 'locales', 'figures', 'dump-faker.py');
  const output = execFileSync('python3', [script, packageFolder('faker'), locale], { encoding: 'utf8' });
  const { female, male, last } = JSON.parse(output);
  return {
    ...given(toShares(female), toShares(male)),
    last: sources.last === undefined ? undefined : table(toShares(bySlug(last, locale.slice(0, 2)))),
  };
}

/** Half of the people are women. A name of both sexes counts to the one that bears it more often. */
function given(female, male) {
  const ofSex = (own, other) =>
    new Map(
      [...own]
        .filter(([name, share]) => share >= (other.get(name) ?? 0) && !(share === other.get(name) && own === male))
        .map(([name, share]) => [name, (share + (other.get(name) ?? 0)) / 2]),
    );
  return { female: table(ofSex(female, male)), male: table(ofSex(male, female)) };
}

/** Names that the engine can lay out, with their share of all such. */
function toShares(pairs) {
  const usable = new Set(cleanNames(pairs.map(([name]) => name)));
  const weights = new Map();
  for (const [written, weight] of pairs) {
    // Some are there twice, with and without a blank at the end.
    const name = written.normalize('NFC').trim();
    if (usable.has(name)) weights.set(name, (weights.get(name) ?? 0) + weight);
  }
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  return new Map([...weights].map(([name, weight]) => [name, weight / sum]));
}

/** Of names that look the same in an e-mail address the most frequent, with the weight of all. */
function bySlug(pairs, language) {
  const best = new Map();
  for (const [name, weight] of [...pairs].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    const key = slug(name, language);
    const known = best.get(key);
    if (known === undefined) best.set(key, [name, weight]);
    else known[1] += weight;
  }
  return [...best.values()];
}

/** Sorted by name, as all lists are. */
function table(shares) {
  const sorted = [...shares].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    names: sorted.map(([name]) => name),
    weights: sorted.map(([, share]) => Math.max(1, Math.round(share * WHOLE))),
  };
}

main();
