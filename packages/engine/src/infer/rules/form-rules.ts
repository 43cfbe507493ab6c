import textNouns from '../data/text-nouns.json' with { type: 'json' };
import type { Language } from '../normalise/languages.ts';
import { singular } from '../normalise/singular.ts';
import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind } from './guess.ts';

interface Form {
  readonly ending: RegExp;
  readonly kind: string;
  readonly reason: string;
  /** How sure it is, where it is more so than others. */
  readonly sure?: number;
}

const NOT_SURE = 0.4;
const HAS_BEEN: Omit<Form, 'ending'> = { kind: 'boolean', reason: 'says whether it was done' };
const MANY: Omit<Form, 'ending'> = { kind: 'text', reason: 'is a plural: what there is, in words' };

/** What forms of words tell that nobody knows, by language; the first that fits counts. */
const FORMS: Readonly<Partial<Record<Language | 'en', readonly Form[]>>> = {
  en: [
    { ending: /.{4}(ive|less|ful|ary)$/, kind: 'boolean', reason: 'is an adjective: whether it is so' },
    { ending: /.{3}(tion|sion|ment)$/, kind: 'term', reason: 'is something that has a name' },
  ],
  es: [
    { ending: /^se[^aeiou].*[ae]$/, kind: 'boolean', reason: 'is what is done or not' },
    { ending: /.{3}(ad|id)[oa]$/, ...HAS_BEEN },
    { ending: /.{3}[aeo]s$/, ...MANY },
    { ending: /.{3}cion$/, kind: 'term', reason: 'is something that has a name' },
  ],
  pt: [
    { ending: /.{3}(ad|id)[oa]$/, ...HAS_BEEN },
    { ending: /.{3}os[oa]$/, kind: 'boolean', reason: 'is an adjective: whether it is so' },
    { ending: /.{3}ente$/, kind: 'boolean', reason: 'says whether it still is' },
    { ending: /.{3}(oes|cao)$/, kind: 'term', reason: 'is something that has a name' },
    { ending: /.{3}[aeo]s$/, ...MANY },
  ],
  it: [
    { ending: /.{3}(at|it|ut)[oa]$/, ...HAS_BEEN },
    { ending: /.{3}ista$/, kind: 'person', reason: 'is somebody who does something' },
    { ending: /.{3}zione$/, kind: 'term', reason: 'is something that has a name' },
    { ending: /.{3}i$/, ...MANY },
  ],
  fr: [
    { ending: /.{3}ee?$/, kind: 'generic', reason: 'is not known' },
    { ending: /.{3}eur$/, kind: 'person', reason: 'is somebody who does something' },
    { ending: /.{3}tion$/, kind: 'term', reason: 'is something that has a name' },
  ],
  nl: [
    { ending: /^ge.{3,}[dt]$/, ...HAS_BEEN },
    { ending: /.{3}ing$/, kind: 'term', reason: 'is something that has a name' },
  ],
  de: [
    {
      ending:
        /^(be|ver|ent|er|zer|ueber|um|unter|ge|(ab|an|auf|aus|ein|vor|zu|nach|mit|frei|fest)ge).{2,}(iert|ellt|ahlt|agt|igt|etzt|utzt|eit|asst|elt|dacht|ucht|tet|ndt|auft|nnt|ommen|ossen|assen|ogen|ieben|rochen|alten)$/,
      kind: 'boolean',
      reason: 'says whether it was done',
      sure: 0.74,
    },
    { ending: /^(ab|an|auf|aus|ein|ver|zu|vor|um)?ge.{3,}(t|en)$/, ...HAS_BEEN },
    { ending: /.{3}ungen$/, kind: 'text', reason: 'are something put in words' },
    {
      ending: /.{3}(bar|lich|frei|pflichtig|faehig|fahig)$/,
      kind: 'boolean',
      reason: 'is an adjective: whether it is so',
    },
  ],
};
/** Things that are put in words, in English. */
const TEXTS = new Set(textNouns);
const IN_WORDS = 0.5;
/** Two letters behind `id`, or one: a key whose table is abbreviated. */
/** English adjectives that nouns end like as well. */
const ADJECTIVE = /^[a-z]{4,}(al|ic|ous)$/;
const KEY = /^id[a-z]{1,2}$/;

/** What the form of the last written word tells where the word itself is not known; never sure. */
export function formGuesses({ raw, words, language }: Reading): Guess[] {
  const last = raw.at(-1) ?? '';
  if (KEY.test(last)) return [guessKind('id', NOT_SURE, `"${last}" begins like a key`, 'fallback')];
  const head = words.at(-1) ?? '';
  if (language === undefined && ADJECTIVE.test(last) && head === last)
    return [guessKind('boolean', 0.3, `"${last.slice(0, 40)}" is an adjective: whether it is so`, 'fallback')];
  if (TEXTS.has(singular(head))) return [guessKind('label', IN_WORDS, `"${head}" is put in words`, 'fallback')];
  if (head !== last) return [];
  const fits = ({ ending }: Form): boolean => ending.test(last);
  const form = (language === undefined ? undefined : FORMS[language]?.find(fits)) ?? FORMS.en?.find(fits);
  return form === undefined || form.kind === 'generic'
    ? []
    : [guessKind(form.kind, form.sure ?? NOT_SURE, `"${last.slice(0, 40)}" ${form.reason}`, 'fallback')];
}
