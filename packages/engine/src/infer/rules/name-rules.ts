import type { Reading } from '../parse-name/reading.ts';
import { entityClassOf } from '../table/entity-class.ts';
import type { EntityClass } from '../table/table-context.ts';
import { agentOf } from './agents.ts';
import { typesOfWord } from './concept-rules.ts';
import { type Guess, guessKind, kind } from './guess.ts';

/** The type of the name of each kind of thing. */
const NAME_OF: Readonly<Record<EntityClass, string>> = {
  person: 'full_name',
  company: 'company',
  product: 'product_name',
  city: 'city',
  state: 'state',
  country: 'country',
  department: 'department',
  category: 'product_category',
  event: 'headline',
  document: 'headline',
  order: 'headline',
  file: 'file_name',
  vehicle: 'vehicle',
  language: 'language',
  currency: 'currency_name',
  color: 'color',
  bank: 'bank_name',
  host: 'domain_name',
  animal: 'first_name',
};

/** Types of nouns that stand for their names. */
const NAMES = new Set(Object.values(NAME_OF));

/** The type of a noun by itself, where that is a name: `assistant` is a person's. */
function typeOfNoun(noun: string): string | undefined {
  return typesOfWord(noun).find((type) => NAMES.has(type));
}

/** What is done for somebody, whose name is meant: `billing_name`. */
const OF_SOMEBODY = new Set(
  'billing shipping delivery invoice invoicing mailing recipient pickup emergency urgency cardholder responsible signatory signer nominee caller reporter requester submitter assignee approver reviewer referee attn contact'.split(
    ' ',
  ),
);

/** Parts of a person's name, whosever it is: `prenom_client`. */
const PARTS = new Set(['first', 'last', 'middle', 'given', 'family']);

/** `…_name`: what it is the name of decides. */
export function nameGuesses({ words, foreign }: Reading): Guess[] {
  if (words.at(-1) !== 'name' || words.length < 2) return [];
  const of = words.at(-2) as string;
  if (foreign && PARTS.has(of)) return [];
  const entityClass =
    entityClassOf(of) ??
    words
      .slice(0, -2)
      .map(entityClassOf)
      .find((each) => each !== undefined);
  const known = entityClass === undefined ? typeOfNoun(of) : undefined;
  if (known !== undefined)
    return [
      { ...guessKind('label', 0.84, `the name of a ${of}`), type: known, options: {}, description: `name of a ${of}` },
    ];
  if (entityClass === undefined && OF_SOMEBODY.has(of))
    return [named('person', 0.85, `the name of whom ${of} concerns`)];
  const agent = entityClass === undefined && !foreign ? agentOf(of) : undefined;
  if (agent !== undefined) return [named(agent, 0.85, `the name of a ${of.slice(0, 40)}`)];
  if (entityClass === undefined)
    return [
      { ...guessKind('label', 0.66, `the name of ${of.slice(0, 40)}`), description: `name of ${of.slice(0, 40)}` },
    ];
  return [named(entityClass, 0.89, `the name of a ${of}`)];
}

/** The name of a kind of thing. */
export function named(entityClass: EntityClass, confidence: number, reason: string): Guess {
  return {
    ...kind('label'),
    type: NAME_OF[entityClass],
    options: {},
    description: `name of a ${entityClass}`,
    confidence,
    reason,
    source: 'table',
  };
}
