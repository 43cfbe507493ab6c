import type { Reading } from '../parse-name/reading.ts';
import { type Guess, kind } from './guess.ts';

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
]);
/** What stands in front of them in names that begin with their kind. */
const NAMING = new Set('numero nr nu num no n nro numeros nummer nummero cod codigo codice code'.split(' '));
/** What stands behind them and makes something else of them. */
const OTHERWISE = new Set(
  'valid valido valida verified verificado type tipo status date data fecha datum count check image photo file country id name nome nombre'.split(
    ' ',
  ),
);

/** `BIC tegenpartij`, `NR_CPF_CANDIDATO`: in languages other than English such a number in front is one, whosever it is. */
export function identifierGuesses({ raw, language, spoken }: Reading): Guess[] {
  if (language === undefined || raw.length < 2 || raw.length > 4) return [];
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
