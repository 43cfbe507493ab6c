import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind } from './guess.ts';
import { isParticiple } from './truth-rules.ts';

/** What something does, in front of what it does it to: `participates_in_schemes`, `requires_approval`. */
const DOES = new Set(
  'sleeps eats wears walks rides cooks swims sings attends studies suffers exercises snores participates requires allows includes contains supports accepts offers provides sells owns uses needs wants likes speaks lives smokes drinks drives works receives follows serves shows hides permits prevents prefers attends belongs applies affects exceeds matches exists holds keeps involves covers produces uses causes counts takes plays practices knows understands consents agrees qualifies intends plans expects handles ships delivers expires inherits overrides blocks sends counts enables disables ignores bypasses'.split(
    ' ',
  ),
);
/** Of these, plurals of things too: they do only something before a preposition or more words. */
const THINGS = new Set(
  'works drinks drives plans uses needs likes shows practices covers matches plays ships counts blocks takes follows'.split(
    ' ',
  ),
);
const LINKS = new Set(['in', 'to', 'on', 'with', 'from', 'for', 'by', 'at', 'as', 'of']);
/** Said of things before `to` and `for`: `open_to_testing`. */
const INCLINED = new Set(
  'open prone subject willing able unable allergic exposed entitled eligible available ready liable resistant vulnerable sensitive accessible close near interested enrolled involved included subscribed opposed opted married attached connected allowed limited covered responsive receptive adjacent compatible compliant equal equivalent convertible transferable applicable proportionate opt suitable fit safe used trained'.split(
    ' ',
  ),
);
/** Prepositions behind them. */
const TOWARDS = new Set(['to', 'for', 'in', 'with', 'on', 'from', 'under', 'against']);
const AWAY = new Set('forward over out off away in up down back through'.split(' '));
/** What a program is told to do, behind what it does it to: `ptr_ignore`. */
const ORDERS = new Set(
  'ignore accrue assign include exclude require renew notify subscribe override inherit skip encrypt compress verify validate suppress bypass prohibit forbid permit prevent exempt waive mute hide show activate deactivate overwrite autoplay broadcast'.split(
    ' ',
  ),
);
/** Heads that say what the values are, so that no clause is a question. */
const TYPED = new Set(
  'date time at id no number code count amount price cost rate url email name type status level total percent method mode format limit version key token address phone year month day reason fee quantity duration score description comment comments note notes list group user text label message'.split(
    ' ',
  ),
);
/** What runs out. */
const RUNS_OUT = new Set('battery fuel stock signal tank water oil ink toner disk memory paper'.split(' '));
/** Verbs between what does something and what it does it to: `prices_include_tax`. */
const INSIDE = new Set(
  'include includes require requires contain contains exceed exceeds allow allows accept accepts need needs does have support supports'.split(
    ' ',
  ),
);
/** Past participles without -ed. */
const PAST = new Set(
  'met kept found broken hidden given taken worn gone stolen forgotten chosen eaten torn frozen'.split(' '),
);
const TIMES = new Set(['last', 'first', 'total', 'num', 'number', 'times', 'date', 'count']);
const WRITTEN_TRUE = new Set([
  'bool',
  'boolean',
  'flg',
  'yn',
  'yesno',
  'tf',
  'jn',
  'sn',
  'toggle',
  'checkbox',
  'optin',
  'optout',
]);
/** German words behind which stands whether it is so, and ends of such. */
const GERMAN =
  /(loeschung|loschung|loeschkennzeichen|kennz|kennzeichen|kz|erlaubnis|berechtigung|pflicht|sperre|vormerkung|bereitschaft|haftung|freigabe|zustimmung|einwilligung|verzicht)$/;
const NOT_GERMAN = /(kfz|auto|fahrzeug|laender|nummern|lkw)/;

/** Clauses that are yes or no: what something does, is inclined to, or is told to do. */
export function clauseGuesses({ spoken, raw, words, language }: Reading): Guess[] {
  const guesses: Guess[] = [];
  const add = (confidence: number, reason: string): void => {
    guesses.push(guessKind('boolean', confidence, reason));
  };
  const first = spoken[0] ?? '';
  const second = spoken[1] ?? '';
  const last = spoken.at(-1) ?? '';
  const written = raw.at(-1) ?? '';
  if (raw.length > 1 && (WRITTEN_TRUE.has(raw[0] as string) || WRITTEN_TRUE.has(written)))
    add(0.97, `"${WRITTEN_TRUE.has(written) ? written : raw[0]}" is yes or no`);
  if (spoken.length > 1 && !TYPED.has(last)) {
    if (DOES.has(first) && (LINKS.has(second) ? spoken.length > 2 : !THINGS.has(first)))
      add(0.9, `"${first}" in front is what it does or not`);
    if (spoken.length > 2 && TOWARDS.has(second) && INCLINED.has(first))
      add(0.92, `"${first} ${second}" says whether it is`);
    if (ORDERS.has(last) && words.at(-1) === last) add(0.85, `"${last}" at the end is done or not`);
  }
  if (spoken.length > 1 && AWAY.has(last) && isParticiple(spoken.at(-2) as string))
    add(0.86, `"${spoken.at(-2)} ${last}" says whether it was done`);
  if (first === 'not' && spoken.length > 2 && LINKS.has(second) && !TYPED.has(last))
    add(0.92, '"not" in front says whether it is not');
  if (last === 'low' && RUNS_OUT.has(spoken.at(-2) as string)) add(0.9, 'whether it runs out');
  const verb = spoken.findIndex((word, i) => i > 0 && i < spoken.length - 1 && INSIDE.has(word));
  if (verb > 0 && !TYPED.has(last)) add(0.9, `"${spoken[verb]}" inside says whether it does`);
  if (spoken.length > 1 && PAST.has(last) && !TIMES.has(first)) add(0.84, `"${last}" at the end says whether it was`);
  if (spoken.length === 2 && last === 'before' && isParticiple(first)) add(0.75, 'whether it was done before');
  const on = spoken.indexOf('on');
  if (on > 0 && on < spoken.length - 1 && /(ate|ated)$/.test(spoken[on - 1] as string) && on === 1)
    add(0.9, `"${first} on" says whether it depends on it`);
  if (language === 'de') {
    if (raw[0] === 'nicht' && raw.length > 1 && !TYPED.has(last)) add(0.9, '"nicht" in front says whether it is not');
    else if (GERMAN.test(written) && !NOT_GERMAN.test(written) && !(written === 'kennzeichen'))
      add(0.7, `"${written.slice(0, 40)}" says whether there is one`);
  }
  return guesses;
}
