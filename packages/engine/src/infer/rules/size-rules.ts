import type { Reading } from '../parse-name/reading.ts';
import type { TableContext } from '../table/table-context.ts';
import { type Guess, kind } from './guess.ts';

/** What has a length that is counted in characters, entries or bytes. */
const COUNTED = new Set(
  'name password title key text word string message field code content prefix line queue list array body header payload packet frame record token description comment username mask path url url buffer stack chain track playlist sequence read passphrase hash max min pin subject document file data value address label number column'.split(
    ' ',
  ),
);
const PICTURES = new Set(
  'avatar image photo picture thumb thumbnail logo icon banner video screen window page viewport display canvas frame cover poster sprite media preview img pic resolution crop popup sidebar'.split(
    ' ',
  ),
);
const SIDES = new Set(['width', 'height']);
const BYTES = new Set(
  'file attachment upload download image photo avatar backup disk document object payload body message packet response request content memory heap cache log mail email page thumbnail media archive blob artifact asset database table index chunk block pack package bundle layer mailbox'.split(
    ' ',
  ),
);
/** What has a size in numbers. */
const GROUNDS = new Set(
  'plot land lot property farm field garden house floor holding area site sample batch population herd step window'.split(
    ' ',
  ),
);
const OF_SIZES = new Set(['total', 'average', 'avg', 'mean', 'median', 'maximum', 'minimum']);
/** Ends of ranges, and what has them. */
const BOUNDS = new Set(['low', 'high', 'lower', 'upper', 'min', 'max']);
const BOUNDED = new Set([
  'range',
  'limit',
  'bound',
  'threshold',
  'interval',
  'ci',
  'normal',
  'band',
  'percentile',
  'estimate',
]);
const CLOTHES = new Set(['shirt', 'shoe', 'tshirt', 'dress', 'clothing', 'uniform', 'clothes']);
/** What one speaks with through a port. */
const MACHINES = new Set(
  'imap smtp pop pop3 http https ftp sftp ssh mqtt amqp ldap db database server host proxy source src destination dst dest remote local nas tcp udp listen bind sip rtp vpn redis mysql postgres api web mail client peer target service admin debug metrics health grpc websocket rdp vnc snmp radius dns syslog public private internal external incoming outgoing forward'.split(
    ' ',
  ),
);
const SHIPS = [
  'ship',
  'vessel',
  'shipment',
  'cargo',
  'container',
  'freight',
  'loading',
  'discharge',
  'voyage',
  'customs',
  'export',
  'import',
  'incoterms',
];
/** The same in languages in which they end a name that begins with what lasts: `prazo_dias`, `duree_jours`. */
const SPANS_OF_TIME = new Set(
  'dias jours giorni tage tagen dagen meses mois mesi monate maanden minutos minutes minuti minuten segundos secondes secondi sekunden semanas semaines settimane wochen weken'.split(
    ' ',
  ),
);
const DAYS_OF = /^(date|fecha|data|datum|day|dia|jour|giorno|tag|dag|per|por|par|last|ultimos|derniers)/;
const PERIODS = new Set(['years', 'months', 'weeks', 'days', 'hours', 'minutes']);
const THROUGH = new Set(
  'in as since until at with to of before after experience without between past overdue left remaining open old'.split(
    ' ',
  ),
);

const whole = (min: number, max: number, description: string, confidence: number, reason: string): Guess => ({
  ...kind('count'),
  kind: 'count',
  options: { min, max },
  description,
  confidence,
  reason,
  source: 'rule',
});

/** Sizes in whole numbers: characters, pixels, bytes, ports and periods, by what has them. */
export function sizeGuesses({ spoken, raw }: Reading, context: TableContext): Guess[] {
  const last = spoken.at(-1) ?? '';
  const before = spoken.at(-2) ?? '';
  const guesses: Guess[] = [];
  if (spoken.length < 2) return guesses;
  if (last === 'length' && COUNTED.has(before))
    guesses.push(whole(1, 255, 'a length in characters', 0.95, `a ${before} is so many long`));
  if (SIDES.has(last) && (PICTURES.has(before) || PICTURES.has(spoken[0] as string)))
    guesses.push(whole(16, 1920, 'pixels', 0.95, `the ${last} of a picture`));
  if (last === 'size' && !CLOTHES.has(before) && (BYTES.has(before) || raw.includes('bytes')))
    guesses.push(whole(1000, 5000000, 'size in bytes', 0.94, `the size of a ${before}`));
  if (last === 'size' && (GROUNDS.has(before) || OF_SIZES.has(spoken[0] as string)))
    guesses.push({
      ...kind('measure'),
      kind: 'measure',
      confidence: 0.93,
      reason: `the size of a ${before}`,
      source: 'rule',
    });
  if (last === 'port' && (MACHINES.has(before) || !SHIPS.some((word) => context.near.has(word))))
    guesses.push({ ...whole(1, 65535, 'port', 0.95, 'a port of a machine'), type: 'port', options: {} });
  if (BOUNDS.has(last) && BOUNDED.has(before))
    guesses.push({
      ...kind('measure'),
      kind: 'measure',
      confidence: 0.93,
      reason: `a bound of a ${before}`,
      source: 'rule',
    });
  const at = spoken.findIndex((word) => PERIODS.has(word));
  if (at >= 0 && at < spoken.length - 1 && THROUGH.has(spoken[at + 1] as string) && !isTyped(last))
    guesses.push(whole(0, 40, `how many ${spoken[at]}`, 0.93, `"${spoken[at]} ${spoken[at + 1]}" counts them`));
  if (raw.length > 2 && PERIODS.has(last) && /^\d+$/.test(raw.at(-2) as string))
    guesses.push(whole(0, 20, 'how many in that time', 0.93, `in ${raw.at(-2)} ${last}`));
  if (SPANS_OF_TIME.has(raw.at(-1) as string) && !DAYS_OF.test(raw[0] as string))
    guesses.push(whole(1, 90, 'how long', 0.925, `"${raw.at(-1)}" at the end counts them`));
  if (spoken.includes('time') && (raw.at(-1) === 'min' || raw.at(-1) === 'mins' || raw.at(-1) === 'sec'))
    guesses.push(whole(1, 120, 'how long', 0.96, `"${raw.at(-1)}" at the end is a unit of time`));
  if (raw[0] === 'day' && raw[1] === 'of' && raw.length > 2 && last !== 'week' && raw[2] !== 'week')
    guesses.push(whole(1, raw[2] === 'year' ? 365 : 28, 'a day of a month', 0.96, '"day of" is a number'));
  return guesses;
}

const isTyped = (word: string): boolean => word === 'date' || word === 'flag' || word === 'status' || word === 'type';
