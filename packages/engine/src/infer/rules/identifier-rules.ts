import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind, kind } from './guess.ts';

/** Numbers that are what they are whosever they are, and their types. */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['iban', 'iban'],
  ['bic', 'bic'],
  ['swift', 'bic'],
  ['cpf', 'cpf'],
  ['cnpj', 'cnpj'],
  ['curp', 'curp'],
  ['rfc', 'rfc'],
  ['siret', 'siret'],
  ['siren', 'siren'],
  ['isbn', 'isbn'],
  ['vin', 'vin'],
  ['wkz', 'currency_code'],
]);
/** What stands in front of them in names that begin with their kind. */
const NAMING = new Set('numero nr nu num no n nro numeros nummer nummero cod codigo codice code'.split(' '));
/** What stands behind them and makes something else of them. */
const OTHERWISE = new Set(
  'valid valido valida verified verificado type tipo status date data fecha datum count check image photo file country id name nome nombre'.split(
    ' ',
  ),
);

const ROMANCE = new Set(['fr', 'es', 'pt', 'it']);
/** What has a number by which it is called, in languages where `n` in front is short for one: `n_poliza`. */
const DOCUMENTS = new Set(
  'policy contract shipment order invoice document file operation case receipt ticket voucher card license registration member booking reservation request protocol delivery series lot batch'.split(
    ' ',
  ),
);

/** `BIC tegenpartij`, `NR_CPF_CANDIDATO`: in languages other than English such a number in front is one, whosever it is. */
export function identifierGuesses({ raw, language, spoken, words }: Reading): Guess[] {
  if (
    (raw[0] === 'n' || raw[0] === 'nro') &&
    raw.length === 2 &&
    language !== undefined &&
    ROMANCE.has(language) &&
    DOCUMENTS.has(words.find((word) => DOCUMENTS.has(word)) ?? '')
  )
    return [guessKind('number', 0.87, `"${raw[0]}" in front names it`)];
  if (language === undefined || raw.length < 2 || raw.length > 4) return [];
  if ((raw[0] === 'n' || raw[0] === 'nro') && raw.length === 2 && language !== undefined && ROMANCE.has(language))
    return [
      /(s|x|[^o]i)$/.test(raw[1] as string)
        ? guessKind('count', 0.87, `"${raw[0]}" in front counts`)
        : guessKind('number', 0.55, `"${raw[0]}" in front names it`),
    ];
  const at = NAMING.has(raw[0] as string) ? 1 : 0;
  const type = NUMBERS.get(raw[at] as string);
  if (type === undefined || OTHERWISE.has(raw.at(-1) as string) || OTHERWISE.has(spoken.at(-1) as string)) return [];
  return [
    {
      ...kind('label'),
      type,
      options: {},
      description: type,
      confidence: 0.945,
      reason: `"${raw[at]}" in front is one, whosever it is`,
      source: 'rule',
    },
  ];
}
