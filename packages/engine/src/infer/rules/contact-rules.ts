import type { Reading } from '../parse-name/reading.ts';
import { TYPED } from './front-rules.ts';
import { type Guess, kind } from './guess.ts';
import { isParticiple, TRUTHS } from './truth-rules.ts';

/** How somebody is reached, as names begin where heads come first, and the type of it. */
const CONTACTS: ReadonlyMap<string, string> = new Map([
  ['email', 'email'],
  ['mail', 'email'],
  ['correo', 'email'],
  ['courriel', 'email'],
  ['mel', 'email'],
  ['tel', 'phone'],
  ['telf', 'phone'],
  ['telefono', 'phone'],
  ['telefone', 'phone'],
  ['telefon', 'phone'],
  ['telefoon', 'phone'],
  ['telephone', 'phone'],
  ['fone', 'phone'],
  ['cel', 'phone'],
  ['celular', 'phone'],
  ['cellulare', 'phone'],
  ['movil', 'phone'],
  ['handy', 'phone'],
  ['mobiel', 'phone'],
]);
const OTHERWISE = new Set(
  'sent opened bounced clicked template body server host port provider domain verified subject list marketing newsletter mensaje message vendor brand model'.split(
    ' ',
  ),
);

/** `email_inst`, `tel_resp`: in languages other than English a contact in front is one, whosever it is. */
export function contactGuesses({ raw, spoken, language }: Reading): Guess[] {
  const type = CONTACTS.get(raw[0] as string);
  const last = spoken.at(-1) as string;
  if (type === undefined || language === undefined || raw.length < 2 || raw.length > 3) return [];
  if (TYPED.has(last) && !['email', 'phone', 'address', 'number', 'name', 'user'].includes(last)) return [];
  if (last === 'name' || OTHERWISE.has(last) || isParticiple(last) || TRUTHS_OF_CONTACTS.has(last)) return [];
  return [
    {
      ...kind('label'),
      type,
      options: {},
      description: type === 'email' ? 'e-mail address' : 'phone number',
      confidence: 0.895,
      reason: `"${raw[0]}" in front says how somebody is reached`,
      source: 'rule',
    },
  ];
}

const TRUTHS_OF_CONTACTS = new Set(
  [...TRUTHS].filter((word) => !/^(private|professional|main|primary|business|residential|personal|local)$/.test(word)),
);
