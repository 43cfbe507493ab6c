import truths from '../data/truths.json' with { type: 'json' };
import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind } from './guess.ts';

/** What a program does, or does not, where it ends a name: `menuShow`, `vehicleLock`. */
const SWITCHES = new Set('show hide enable disable force lock unlock allow notify track'.split(' '));
/** Without something, in the languages of the lexicon. */
const WITHOUT = new Set('without sin sans ohne zonder senza sem non kein keine geen bez utan'.split(' '));
/** Heads that say what the values are. */
const TYPED = new Set(
  'id no number code count date time at on by type name level status amount price key token text message reason url limit percent rate scheme set list group'.split(
    ' ',
  ),
);
/** What is done to what an adjective or a noun says: `limited`, `registered`. */
const TRUTHS = new Set(truths.truths.map((word) => word.replaceAll('_', ' ')));
const MESSAGES = new Set(['notifications', 'notification', 'alerts', 'updates', 'reminders', 'newsletters']);
const CHANNELS = new Set(['email', 'mail', 'sms', 'push', 'phone', 'text', 'desktop', 'browser', 'marketing']);
const WITHIN = new Set(['in', 'on']);
/** What something is in or not, though values are called so too. */
const CONTAINERS = new Set(
  'message list group cart stock use menu search feed index archive catalog catalogue library trash queue sitemap navigation header footer sidebar progress service transit warranty season scope review trial'.split(
    ' ',
  ),
);
const OF_TIME = new Set('date time at day month year ms sec seconds minutes hours days'.split(' '));
/** Verbs behind which `no` is no number. */
const HAVING = new Set('gone left lost has have with do does'.split(' '));
/** `is` and `has`, as other languages say them. */
const ASKING = new Set('ist hat es esta tiene est possede tem e ha heeft jest czy ar har'.split(' '));

/** Names that ask a question without `is`: verbs at the end, permissions, what is absent, where something is. */
export function questionGuesses({ name, spoken, raw, language }: Reading): Guess[] {
  const guesses: Guess[] = [];
  const add = (confidence: number, reason: string): void => {
    guesses.push(guessKind('boolean', confidence, reason));
  };
  const [first = '', second = ''] = raw;
  const last = spoken.at(-1) ?? '';
  if (name.trimEnd().endsWith('?') && first !== 'why' && first !== 'how' && first !== 'what')
    add(0.97, 'it is a question');
  if (spoken.length > 1 && (first === 'why' || (first === 'what' && !TYPED.has(last))))
    guesses.push(guessKind('text', 0.93, `"${first}" is answered in words`));
  if (raw.length === 2 && last === 'left' && !first.endsWith('s') && !OF_TIME.has(first))
    add(0.93, 'whether it was left');
  if (spoken.length > 1) {
    if (first === 'must') add(0.93, '"must" in front asks whether it has to');
    if (last === 'friendly') add(0.9, 'whether it suits them');
    if (SWITCHES.has(last)) add(0.9, `"${last}" at the end switches something`);
    if (spoken.indexOf('permission') >= 0 && spoken.indexOf('permission') < spoken.length - 1 && !TYPED.has(last))
      add(0.95, 'a permission is given or not');
    if (last === 'permission') add(0.72, 'a permission is given or not');
    if (spoken.includes('only', 1) || (spoken[0] !== 'force' && spoken.includes('force', 1)))
      add(0.92, 'whether only, or by force');
    if (WITHOUT.has(first) && !TYPED.has(last)) add(0.93, `"${first}" says whether it is absent`);
    if (first === 'no' && TRUTHS.has(last)) add(0.93, `"no" in front of "${last}" says whether it is not`);
    if (raw.indexOf('no') > 0 && raw.indexOf('no') < raw.length - 1 && HAVING.has(raw[raw.indexOf('no') - 1] as string))
      add(0.93, '"no" inside says that there is none');
    if (spoken.length === 2 && WITHIN.has(spoken[0] as string) && !OF_TIME.has(spoken.at(-1) ?? '') && !TYPED.has(last))
      add(0.78, `"${first}" in front says whether it is there`);
    if (raw.length === 2 && first === 'in' && CONTAINERS.has(second))
      add(0.92, `"in ${second}" says whether it is there`);
    if (spoken.length === 3 && spoken[0] === 'on' && !TYPED.has(last) && last !== 'of' && !OF_TIME.has(last))
      add(0.62, '"on" in front says whether it is there');
    if (language !== undefined && ASKING.has(first) && second !== '' && first.length > 1 && !TYPED.has(last))
      add(first === 'es' && language !== 'es' ? 0.4 : 0.93, `"${first}" asks a question`);
    if (MESSAGES.has(last) && CHANNELS.has(spoken.at(-2) ?? '')) add(0.9, 'messages are wanted or not');
    if (last === 'mode' && TRUTHS.has(spoken.at(-2) ?? '')) add(0.97, 'a mode is on or off');
  }
  return guesses;
}
