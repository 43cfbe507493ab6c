import type { Reading } from '../parse-name/reading.ts';
import { type Guess, guessKind, kind } from '../rules/guess.ts';
import { has, of } from './beside.ts';
import type { TableContext } from './table-context.ts';

const OF_PLACES = ['latitude', 'longitude', 'lat', 'lon', 'speed', 'altitude', 'gps', 'geo'];
const OF_STATIONS = ['station', 'stop', 'place', 'city', 'street', 'municipality', 'traffic', 'state'];
const OF_SIZE = ['height', 'weight', 'depth', 'size', 'volume', 'price', 'thickness', 'quantity', 'diameter'];
/** States of nations, as the languages that also call a status so write them. */
const NATIONS = new Set(['stato', 'staat', 'stati']);
const OF_NATIONS = ['region', 'province', 'latitude', 'municipality', 'region code', 'region name', 'province code'];
const DONE_TO_ROWS = new Set(
  'created modified updated changed edited deleted voided archived approved published posted inserted added assigned retired cancelled closed reviewed entered registered attached submitted'.split(
    ' ',
  ),
);
/** Companies and their like are founded on a day; rows are created at a moment. */
const FOUNDED = new Set(['company', 'establishment', 'unit', 'enterprise', 'organization', 'association', 'registry']);
const CREATION = new Set(['creation date', 'created date', 'date created', 'date creation', 'foundation date']);
/** Both ends of a span of time, as prepositions say them. */
const SPANS: readonly (readonly string[])[] = [
  ['van', 'tot'],
  ['von', 'bis'],
  ['desde', 'hasta'],
  ['du', 'au'],
  ['dal', 'al'],
  ['inicio', 'fin'],
  ['inicio', 'termino'],
  ['arrivo', 'partenza'],
  ['arrivee', 'depart'],
  ['anreise', 'abreise'],
  ['llegada', 'salida'],
  ['chegada', 'partida'],
  ['aankomst', 'vertrek'],
];
const PICTURE = new Set(['photo', 'image', 'picture', 'front', 'back', 'scan', 'copy']);
/** Words behind `id` that say which of several keys it is. */
const WHICH = new Set(
  'primary secondary main alternate parent other default first second original previous next all'.split(' '),
);

const OF_EMPLOYEES = [
  'salary',
  'hire date',
  'department',
  'department id',
  'manager id',
  'employee id',
  'weekly hours',
];
const OF_PERSONS = ['first name', 'last name', 'full name', 'birth date', 'name', 'email'];
/** Before `area`: bodies that govern one. */
const OF_OFFICES = new Set(
  'council government governmental authority statistical metro metropolitan census catchment planning municipal administrative community health police'.split(
    ' ',
  ),
);
const MAIL_SERVERS = new Set(
  'proxy broker relay upstream endpoint smtp imap pop pop3 server host ldap ntp dns radius syslog mqtt sip'.split(' '),
);
const AXES = new Set(['x', 'y', 'z', 'easting', 'northing', 'east', 'north']);
const COORDINATES = new Set(['coordinate', 'coordinates', 'coord', 'coords', 'position', 'easting', 'northing', 'utm']);
const TO_COME = new Set(
  'expected planned estimated scheduled anticipated projected target forecast promised requested actual'.split(' '),
);
const EVENTS = new Set(
  'return delivery arrival departure completion start end finish closing close shipment ship receipt launch release graduation discharge go_live opening handover pickup renewal'.split(
    ' ',
  ),
);

/** What names mean beside certain columns, or by two of their words. */
export function nearGuesses(
  { wordsText, spoken, spokenText, raw, rawText, language }: Reading,
  context: TableContext,
): Guess[] {
  const guesses: Guess[] = [];
  const last = spoken.at(-1) ?? '';
  const whole = wordsText;
  const near = (...names: readonly string[]): boolean => names.some((name) => context.near.has(name));
  if ((last === 'heading' || last === 'bearing' || last === 'course') && near(...OF_PLACES))
    guesses.push({ ...of('number', 0.96, 'beside a position', 'degrees'), options: { min: 0, max: 359 } });
  if (last === 'agent' && near('ip', 'ip address', 'referrer', 'referer', 'session'))
    guesses.push(of('user_agent', 0.95, 'beside an IP address', 'user agent'));
  if (raw.length === 1 && language === 'de' && near(...OF_STATIONS) && !near(...OF_SIZE)) {
    if (last === 'length') guesses.push(of('longitude', 0.95, 'beside a place and no other size', 'longitude'));
    if (last === 'width') guesses.push(of('latitude', 0.95, 'beside a place and no other size', 'latitude'));
  }
  if (raw.length === 1 && NATIONS.has(raw[0] as string) && has(context, ...OF_NATIONS))
    guesses.push(of('country', 0.9, 'beside parts of a country', 'country'));
  const by = (spoken.length > 1 && last === 'by') || (last === 'to' && spoken.at(-2) === 'assigned') ? 0.85 : 0;
  if (by > 0 && DONE_TO_ROWS.has(spoken.at(-2) as string))
    guesses.push({ ...kind('id'), kind: 'id', confidence: by, reason: 'who did it, as rows say it', source: 'rule' });
  const dated = spoken.includes('date') || spoken.includes('datetime');
  if (dated && (last === 'gmt' || last === 'utc')) guesses.push(guessKind('datetime', 0.97, `"${last}" is a clock's`));
  if (dated && has(context, `${spokenText} gmt`, `${spokenText} utc`))
    guesses.push(guessKind('datetime', 0.97, 'beside the same moment elsewhere'));
  if (dated && spoken.length === 2 && spoken.some((word) => DONE_TO_ROWS.has(word)) && near('by', 'uuid', 'voided'))
    guesses.push(guessKind('datetime', 0.95, 'kept with who did it'));
  if (spoken.length === 2 && spoken[1] === 'time' && DONE_TO_ROWS.has(spoken[0] as string))
    guesses.push(guessKind('datetime', 0.94, 'the moment at which it was done'));
  if (spoken.includes('time') && spoken.includes('date'))
    guesses.push(guessKind('datetime', 0.95, 'a date and a time'));
  if (CREATION.has(whole) && (context.entityClass === 'company' || FOUNDED.has(context.entity ?? '')))
    guesses.push(guessKind('date', 0.97, 'the day it was founded'));
  if (raw.length > 1 && raw[0] === 'id' && PICTURE.has(last))
    guesses.push(of('image_url', 0.97, `the ${last} of a document`, 'picture of a document'));
  const id = raw.indexOf('id');
  if (id > 0 && id === raw.length - 2 && WHICH.has(last))
    guesses.push(guessKind('id', 0.95, `"id" names a row, "${last}" says which`));
  if (raw.length === 1 && SPANS.some((span) => span.includes(raw[0] as string) && span.every((word) => isThere(word))))
    guesses.push(guessKind('date', 0.93, 'beside the other end of a span'));
  if (
    language !== undefined &&
    spoken.includes('street') &&
    spoken.length > 1 &&
    (last === 'number' || whole.endsWith('house number')) &&
    !has(context, 'street', 'street name', 'address')
  )
    guesses.push(of('street_address', 0.95, 'a street and a number', 'street and house number'));
  if (spoken.length > 1 && last === 'letter' && spoken.at(-2) === 'house')
    guesses.push({
      ...of('regex', 0.96, 'a letter behind a house number', 'letter of a house'),
      options: { pattern: '[A-F]' },
    });
  if (last === 'jurisdiction' && near('country', 'entity', 'nation'))
    guesses.push(of('country_code', 0.96, 'beside countries', 'country'));
  if (last === 'size' && near('attachment', 'filename', 'mime', 'upload', 'attach', 'file'))
    guesses.push({ ...of('number', 0.96, 'of a file', 'size in bytes'), options: { min: 1000, max: 5000000 } });
  if (spoken.length > 2 && last === 'name' && spoken.at(-2) === 'by')
    guesses.push(of('full_name', 0.93, 'the name of who did it', 'who did it'));
  if (last === 'extension' && near('file', 'media', 'mime', 'filename', 'upload', 'attachment', 'document', 'path'))
    guesses.push(of('file_extension', 0.96, 'beside a file', 'extension of a file'));
  if (
    whole === 'position' &&
    (context.entityClass === 'person' || has(context, ...OF_EMPLOYEES)) &&
    has(context, ...OF_PERSONS)
  )
    guesses.push(of('job_title', 0.94, 'beside facts of an employee', 'position'));
  if (rawText === 'reply to' && near('bcc', 'smtp', 'email', 'mail', 'signature', 'sender'))
    guesses.push(of('email', 0.96, 'beside e-mail', 'address for answers'));
  if (last === 'area' && OF_OFFICES.has(spoken.at(-2) as string))
    guesses.push(of('city', 0.93, 'an area that is governed has a name', 'area'));
  if (spoken.length === 2 && last === 'address' && MAIL_SERVERS.has(spoken[0] as string))
    guesses.push(of('domain_name', 0.95, 'the address of a server', 'server'));
  if (AXES.has(spoken.find((word) => AXES.has(word)) ?? '') && spoken.some((word) => COORDINATES.has(word)))
    guesses.push({
      ...of('float', 0.95, 'one axis of a projection', 'coordinate'),
      options: { min: 100000, max: 999999, decimals: 2 },
    });
  if (raw.length > 1 && raw.length < 4 && isAxisPair(raw))
    guesses.push({
      ...of('float', 0.93, 'beside the other axis', 'coordinate'),
      options: { min: 1000, max: 600000, decimals: 2 },
    });
  if (spoken.length > 1 && TO_COME.has(spoken.at(-2) as string) && EVENTS.has(last))
    guesses.push(guessKind('date', 0.9, 'the day for which it is planned'));
  if (whole === 'other names' && near('surname', 'firstname', 'last', 'family'))
    guesses.push(of('first_name', 0.93, 'beside a last name', 'other first names'));
  return guesses;

  function isAxisPair(written: readonly string[]): boolean {
    const at = written.findIndex((word) => word === 'x' || word === 'y');
    if (at !== 0 && at !== written.length - 1) return false;
    return isThere(written.map((word, i) => (i === at ? (word === 'x' ? 'y' : 'x') : word)).join(' '));
  }

  function isThere(word: string): boolean {
    return context.written.has(word);
  }
}
