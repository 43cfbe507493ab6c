import prefixData from '../data/type-prefixes.json' with { type: 'json' };
import type { Language } from './languages.ts';

/** Different prefixes a table has to have before they are taken for ones. */
const LEAST = 3;

const prefixes: ReadonlyMap<string, string> = new Map(Object.entries(prefixData));

/** Prefixes that say no more than the word behind them: `NU_IDADE`, `DS_ENDERECO`. */
const NAMING = new Set(['nu', 'nr', 'ds', 'no', 'nm', 'tp', 'sg', 'co', 'cd']);
/** Letters by which the layouts of Brazilian invoices say the same: `vProd`, `qCom`, `xNome`; more than three of them. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['v', 'valor'],
  ['q', 'quantidade'],
  ['n', 'numero'],
  ['c', 'codigo'],
  ['x', 'nome'],
  ['d', 'data'],
  ['p', 'percentual'],
  ['dh', 'data hora'],
]);
/** What is a code or a number by itself. */
const KEEPING = new Set(['nf', 'uf', 'cpf', 'cnpj', 'pais']);
const PLAIN = new Set(
  'idade ano mes dia hora latitude longitude cpf cnpj cep telefone ddd fone celular email peso altura endereco logradouro bairro municipio cidade sexo raca cor url site senha uf pais estado data matricula rg pis nis cns'.split(
    ' ',
  ),
);

/**
 * Names with the two letters spelt out by which Brazilian data dictionaries say what a column is (`DT_NASCIMENTO`, `NM_MUNICIPIO`),
 * where the table is written so.
 */
export function spellTypePrefixes(
  written: readonly (readonly string[])[],
  language: Language | undefined,
): readonly (readonly string[])[] {
  if (language !== 'pt') return written;
  let names = written;
  const letters = new Set(
    names.filter((name) => name.length > 1 && LETTERS.has(name[0] as string)).map(([first]) => first),
  );
  if (letters.size > LEAST)
    names = names.map((name) => {
      const to = name.length > 1 ? LETTERS.get(name[0] as string) : undefined;
      return to === undefined || KEEPING.has(name.slice(1).join(' ')) ? name : [...to.split(' '), ...name.slice(1)];
    });
  const used = new Set<string>();
  for (const name of names) if (name.length > 1 && prefixes.has(name[0] as string)) used.add(name[0] as string);
  if (used.size < LEAST) return names;
  return names.map((name) => {
    const to = name.length > 1 ? prefixes.get(name[0] as string) : undefined;
    if (to === undefined) return name;
    // The short form of a state, a party or a type is called what the thing is.
    if ((name[0] === 'sg' && name[1] === 'uf') || name[1] === 'tipo') return name.slice(1);
    if (PLAIN.has(name[1] as string) && name.length === 2 && NAMING.has(name[0] as string)) return name.slice(1);
    return [...to.split(' '), ...name.slice(1)];
  });
}
