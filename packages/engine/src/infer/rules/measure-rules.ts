import measureData from '../data/measures.json' with { type: 'json' };
import moreData from '../data/measures-more.json' with { type: 'json' };
import unitData from '../data/units.json' with { type: 'json' };
import type { Reading } from '../parse-name/reading.ts';
import type { TableContext } from '../table/table-context.ts';
import type { Guess } from './guess.ts';
import { PhraseIndex } from './phrase-index.ts';

interface Measure {
  readonly names: readonly string[];
  readonly contexts?: readonly string[];
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly description: string;
}

let measures: PhraseIndex<Measure> | undefined;
let units: PhraseIndex<Measure> | undefined;

const SURE = 0.88;
const BY_CONTEXT = 0.05;
const PER_WORD = 0.02;
/** Units that are names by themselves. */
const ALONE = new Set(
  'km kms kg kgs kwh mwh mph kmh ppm psi rpm mm cm ml hpa kpa sqm sqft hectares acres kilometers meters miles liters litres tons tonnes watts volts amps celsius fahrenheit'.split(
    ' ',
  ),
);
/** What the letters of a unit stand for as well: `nm`, `cd`, `pt`. */
const NAMED = new Set(['name', 'code', 'patient', 'point']);
const BY_UNIT = 0.8;
/** A capital behind small letters is no unit: `SellerG`. */
const GLUED_LETTER = /[a-z][A-Z]$/;

/** Ranges and units of what a name measures: `weight_kg`, or any quantity behind which a unit stands. */
export function measureGuesses(reading: Reading, context: TableContext): Guess[] {
  measures ??= new PhraseIndex([...measureData, ...moreData] as readonly Measure[]);
  units ??= new PhraseIndex(unitData as readonly Measure[]);
  const guesses: Guess[] = [];
  for (const { entries, phrase, length, place } of measures.ending(reading.words))
    for (const entry of entries) {
      const contexts = entry.contexts ?? ANYWHERE;
      const before = reading.words.length - length;
      const matches = contexts.some(
        (word) => context.near.has(word) || (before > 0 && reading.words.lastIndexOf(word, before - 1) >= 0),
      );
      if (contexts.length > 0 && !matches) continue;
      const confidence = SURE + PER_WORD * (length - 1) + (matches ? BY_CONTEXT : 0) - (place === 'whole' ? 0 : 0.03);
      const reason = `"${phrase}" is a measure with a usual range`;
      guesses.push(made(entry, Math.min(0.97, confidence), reason, length));
    }
  if (
    (reading.raw.length < 2 && !ALONE.has(reading.raw[0] ?? '')) ||
    NAMED.has(reading.spoken.at(-1) ?? '') ||
    GLUED_LETTER.test(reading.name)
  )
    return guesses;
  for (const { entries, phrase } of units.ending(reading.raw))
    for (const entry of entries) guesses.push(made(entry, BY_UNIT, `"${phrase}" at the end is a unit`));
  return guesses;
}

const ANYWHERE: readonly string[] = [];

const made = ({ type, options, description }: Measure, confidence: number, reason: string, words?: number): Guess => ({
  ...(words === undefined ? {} : { words }),
  type,
  options: options ?? {},
  description,
  confidence,
  reason,
  source: 'lexicon',
});
