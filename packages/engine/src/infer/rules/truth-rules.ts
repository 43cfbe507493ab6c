import truths from '../data/truths.json' with { type: 'json' };
import { canBe } from '../normalise/can-be.ts';
import { PROPERTIES } from '../parse-name/head-last.ts';
import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind } from './guess.ts';

/** Words and phrases that are yes or no by themselves. */
export const TRUTHS = new Set(truths.truths.map((word) => word.replaceAll('_', ' ')));
const NOT_PARTICIPLES = new Set(truths.participles_not);
/** What stands behind its noun in Romance languages: `queja principal`. */
const ADJECTIVES = new Set([
  'main',
  'primary',
  'local',
  'official',
  'legal',
  'physical',
  'manual',
  'default',
  'public',
  'private',
  'professional',
  'final',
  'latest',
  'international',
  'digital',
]);

/** What the last words of a name say of its values being yes or no: `…_flag`, `…_approved`, `…_available`. */
export function truthGuesses({ spoken, spokenText, words, raw, foreign, language }: Reading): Guess[] {
  const guesses: Guess[] = [];
  const add = (kind: string, confidence: number, reason: string): void => {
    guesses.push(guessKind(kind, confidence, reason));
  };
  const last = spoken.at(-1) ?? '';
  const two = lastTwo(spoken);
  const written = lastTwo(raw);
  const whole = spokenText;
  const head = words.at(-1) ?? '';
  if ((head === 'indicator' || head === 'flag') && head !== last) add('boolean', 0.95, `"${head}" is yes or no`);
  if (TRUTHS.has(whole)) add('boolean', spoken.length === 1 ? 0.88 : 0.93, `"${whole}" is yes or no`);
  else if (TRUTHS.has(two) || (raw.length > 2 && TRUTHS.has(written)))
    add('boolean', 0.9, `"${written}" at the end is yes or no`);
  else if (TRUTHS.has(last) && words.at(-1) === last && !(foreign && spoken.length > 1 && ADJECTIVES.has(last)))
    add('boolean', last === 'flag' || last === 'indicator' ? 0.95 : 0.84, `"${last}" at the end is yes or no`);
  else if (isParticiple(last) && words.at(-1) === last) add('boolean', 0.74, `"${last}" says whether it was done`);
  else if (language !== undefined && words.at(-1) === raw.at(-1) && canBe(last))
    add('boolean', 0.8, `"${last.slice(0, 40)}" says whether it can be`);
  else if (last.length > 5 && (last.endsWith('able') || last.endsWith('ible')))
    add('boolean', 0.66, `"${last}" says whether it can be`);
  const noun = spoken.at(-2) ?? '';
  if (foreign && raw.length > 1 && spoken.length > 1 && !isQuantity(noun, raw.at(-2) as string)) {
    if (isParticiple(last) || SAID.has(last))
      add('boolean', 0.885, `"${raw.at(-1)}" behind its noun says whether it was done`);
    else if (DONE[language ?? '']?.test(raw.at(-1) as string) === true && last === raw.at(-1))
      add('boolean', 0.76, `"${last.slice(0, 40)}" sounds like what was done`);
  }
  return guesses;
}

/** The last two words, or the only one. */
const lastTwo = (words: readonly string[]): string =>
  words.length > 1 ? `${words.at(-2)} ${words.at(-1)}` : (words[0] ?? '');

/** Participles that English forms otherwise. */
const SAID = new Set(['paid', 'sent', 'sold', 'lent', 'known', 'valid', 'active', 'blocked', 'present', 'absent']);
/** Words for an amount or a value, of which a part may have been paid: `importe_pagado`. */
const AMOUNTS = new Set(
  'importe monto importo montant mt mnt valor vlr vl valeur valore wert betrag betr bedrag bedr total totale totaal precio prezzo preco prix prijs preis saldo solde suma soma somme somma summe som imp'.split(
    ' ',
  ),
);
/** What a payment is made of, which is paid or not as a whole. */
const DUES = new Set(['amount', 'fee', 'tax', 'fees', 'installment']);

/** Whether what was done to a noun leaves it a quantity or a property: `fecha_pactada`. */
const isQuantity = (noun: string, written: string): boolean =>
  AMOUNTS.has(written) ||
  (PROPERTIES.has(noun) && !DUES.has(noun)) ||
  ['hours', 'days', 'value', 'interest', 'salary', 'capital', 'stock', 'money'].includes(noun);
/** Endings of what was done in languages where it stands behind its noun. */
const DONE: Readonly<Record<string, RegExp>> = {
  es: /.{3}(ad|id)[oa]$/,
  pt: /.{3}(ad|id)[oa]$/,
  it: /.{3}(at|it|ut)[oa]$/,
  nl: /^(in|uit|af|aan|op|over|toe)?ge.{3,}([dt]|en)$/,
  de: /^(in|aus|ab|an|auf|ein|ver|zu|vor|um|fest|frei)?ge.{3,}t$/,
};
/** Whether a word says what was done. */
export const isParticiple = (word: string): boolean =>
  word.length > 4 && word.endsWith('ed') && !NOT_PARTICIPLES.has(word);
