import type { Language } from '../normalise/languages.ts';
import type { Word } from '../normalise/word.ts';

/** What a column may be a property of: the words that can be the head of a name. */
export const PROPERTIES: ReadonlySet<string> = new Set(
  'score date time timestamp name number no num count code id identifier type kind status state amount total sum price cost value quantity unit level address place city country email mail phone percentage percent rate length size weight height width area text note description title comment category group balance fee tax year month day hour minute duration birthdate place method mode reason list key index position version url link file image capital discount branch class photo picture logo icon signature password website location weight volume percent grade stock attachment cpf dni nif rg curp rfc cnpj nie cuit ssn iban'.split(
    ' ',
  ),
);
/** What is done of things without ending in -ed. */
const DONE = new Set([
  'available',
  'sold',
  'left',
  'lost',
  'paid',
  'done',
  'taken',
  'won',
  'given',
  'sent',
  'held',
  'spent',
]);
/** What happens once: what stands in front of it is a property of it, place_birth. */
const HAPPENINGS = new Set(['birth', 'death', 'issue', 'arrival', 'departure', 'marriage']);
/** Said of one thing, even in the plural: notifications_enabled. */
const SWITCHED = new Set(['enabled', 'disabled', 'allowed', 'required', 'included', 'supported', 'accepted']);
const PREPOSITIONS = new Set(['of', 'for', 'the', 'a', 'an', 'in', 'ka', 'ki', 'ke']);
/** English heads that stand in front: date_joined, num_changes, id_address. */
const FRONT = new Set([
  'indicator',
  'duration',
  'attempts',
  'weekday',
  'hour',
  'year',
  'note',
  'comment',
  'balance',
  'price',
  'cost',
  'fee',
  'hours',
  'days',
  'stock',
  'salary',
  'ref',
  'reference',
  'description',
  'date',
  'time',
  'num',
  'id',
  'fk',
  'pk',
  'no',
  'amount',
  'quantity',
  'name',
  'code',
  'count',
  'total',
  'number',
]);

/** Romance names begin with their head, as do English ones with `of`. */
export function headLast(words: readonly Word[], language: Language | undefined): string[] {
  if (words.length > 1 && WRITTEN_ANEW.has((words.at(-1) as Word).text)) return headLast(words.slice(0, -1), language);
  const texts = words.map(({ text }) => text);
  const of = texts.indexOf('of');
  if (of > 0 && of < texts.length - 1) return [...without(texts.slice(of + 1)), ...without(texts.slice(0, of))];
  const [first] = words;
  const rest = without(texts.slice(1));
  if (first === undefined || rest.length === 0) return without(texts);
  const end = words.at(-1) as Word;
  if (first.text === 'address' && ADDRESS_PARTS.has(end.text) && !texts.slice(1, -1).some((text) => OF_FIRST.has(text)))
    return without(texts);
  const [noun = '', done = ''] = texts.slice(-2);
  // Things of which something was done are counted: people_vaccinated.
  if (
    end.from === undefined &&
    (done.endsWith('ed') || DONE.has(done)) &&
    !SWITCHED.has(done) &&
    (noun === 'people' || (noun.length > 2 && noun.endsWith('s') && !noun.endsWith('ss') && !noun.endsWith('us')))
  )
    return [...texts.slice(0, -2), done, noun];
  if (words.length === 2 && isContactOf(first.text, end.text)) return [end.text, first.text];
  const size = THINGS.has(end.text) ? texts.findLastIndex((text) => SIZES.has(text)) : -1;
  if (size >= 0) return [...without(texts.slice(size + 1)), ...without(texts.slice(0, size + 1))];
  const alike = language !== undefined && ROMANCE.has(language) && !PROPERTIES.has(end.text);
  const romance = (first.from !== undefined && ROMANCE.has(first.from)) || (alike && PROPERTIES.has(first.text));
  if (words.length === 2 && PROPERTIES.has(first.text) && HAPPENINGS.has(end.text)) return [end.text, first.text];
  if (
    words.length > 1 &&
    language !== undefined &&
    ROMANCE.has(language) &&
    FOREIGN_HEADS.has(first.text) &&
    (end.from !== undefined || !TYPED_BEHIND.has(end.text))
  )
    return [...rest, first.text];
  if (romance) {
    const front = leading(words);
    const second = texts[front.length];
    if (
      texts.length === 3 &&
      !PROPERTIES.has(end.text) &&
      second !== undefined &&
      OF_FIRST.has(second) &&
      !OF_FIRST.has(first.text)
    )
      return [first.text, end.text, second];
    // The total of several things counts them: `totale_casi`, `total_alumnos`.
    if (front.length === 1 && front[0] === 'total' && isPlural(end.text)) return without(texts);
    if (PROPERTIES.has(front.at(-1) ?? '') || (end.from !== undefined && !PROPERTIES.has(end.text)))
      return [...without(texts.slice(front.length)), ...front];
  }
  if (ASPECTS.has(end.text)) return without(texts);
  if ((FRONT.has(first.text) || (language !== undefined && FOREIGN_FRONT.has(first.text))) && !PROPERTIES.has(end.text))
    return [...rest, first.text];
  return without(texts);
}

/** Whether a name says whose contact or which copy of a file it is: `phone_office`, `email_parent`, `filename_disk`. */
const isContactOf = (first: string, end: string): boolean =>
  (CONTACTS.has(first) && (WHOSE.has(end) || PEOPLE.has(end))) || (FILES.has(first) && COPIES.has(end));

/** What is said of names and codes themselves: `name_0_prefix`. */
const ASPECTS = new Set(['use', 'prefix', 'suffix', 'system', 'period', 'format', 'language']);

const isPlural = (word: string): boolean => word.length > 3 && word.endsWith('s') && !word.endsWith('ss');

const ROMANCE = new Set(['fr', 'es', 'pt', 'it', 'ar', 'id']);

/** Heads that stand in front in other languages, whatever their order is otherwise: `status_besluit`, `typ_umowy`. */
const FOREIGN_FRONT = new Set(['type', 'status', 'kind', 'category', 'state', 'reason', 'level', 'sort']);
/** Heads that begin Romance names even where the word is English too: `type_position`, `source_nom`. */
const FOREIGN_HEADS = new Set(['type', 'source', 'nature', 'mode', 'origin']);
const TYPED_BEHIND = new Set(['id', 'code', 'name', 'url', 'number', 'type', 'label', 'key', 'count']);
/** How somebody is reached, and words behind it that say where or when: `phone_business`. */
const CONTACTS = new Set(['phone', 'email', 'mail', 'fax', 'mobile', 'tel', 'telephone', 'address']);
const WHOSE = new Set(
  'business company home work office direct cell private personal main primary secondary daytime evening emergency mobile voice alternate alternative alt contact billing shipping delivery legal invoice postal permanent current temporary residential mailing'.split(
    ' ',
  ),
);
const PEOPLE = new Set(
  'parent parents father mother guardian owner customer client buyer seller spouse partner manager supervisor tutor employee student teacher doctor agent recipient sender tenant landlord supplier vendor emergency referee applicant responsible person'.split(
    ' ',
  ),
);
const FILES = new Set(['filename', 'file', 'path', 'filepath', 'url']);
/** Which of several copies of a file it is. */
const COPIES = new Set(
  'disk download original local remote full relative absolute thumb thumbnail preview temp backup'.split(' '),
);
/** What was done to a text without making it another one: `email_normalized`. */
const WRITTEN_ANEW = new Set(
  'normalized normalised sanitized sanitised formatted cleaned canonical trimmed lowercase uppercase lowercased unformatted verbatim masked redacted anonymized standardized'.split(
    ' ',
  ),
);

/** Parts of an address: `endereco_cidade` is a city. */
const ADDRESS_PARTS = new Set(
  'city neighborhood district state country postcode number street municipality region province county complement zip town village floor apartment latitude longitude uf cep cp'.split(
    ' ',
  ),
);
/** Sizes of things: `mass_vehicle` is the mass of one. */
const SIZES = new Set(['weight', 'mass', 'length', 'height', 'width', 'speed', 'temperature', 'power', 'area']);
const THINGS = new Set([
  'vehicle',
  'car',
  'truck',
  'product',
  'item',
  'person',
  'building',
  'house',
  'tree',
  'package',
]);
/** What a Romance name says of the noun in front of it, where a third noun follows: `adresse_code_voie`. */
const OF_FIRST = new Set(['code', 'number', 'name', 'type']);

/** The words at the front that one foreign word became, and whether the first of them is what a name is about. */
const leading = (words: readonly Word[]): string[] =>
  words.filter(({ at }) => at === words[0]?.at).map(({ text }) => text);

const without = (texts: readonly string[]): string[] => {
  const kept = texts.filter((text) => !PREPOSITIONS.has(text));
  return kept.length === 0 ? [...texts] : kept;
};
