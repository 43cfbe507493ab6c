import { type Int, lookup } from '../../../plan/program.ts';
import type { BuildContext, OptionSpec, Options } from '../../field-type.ts';
import data from '../data/card-issuers.json' with { type: 'json' };

/** A card network. */
export interface Issuer {
  readonly key: string;
  readonly name: string;
  /** Four digits each, or a range of them. */
  readonly prefixes: readonly string[];
  readonly length: number;
  /** Share among the cards of `any`; 0 for networks of one country. */
  readonly weight: number;
  /** Numbers that are published for tests. */
  readonly test: readonly string[];
}

export const issuers: readonly Issuer[] = data.issuers;

/** One of the equally likely beginnings of a card. */
export interface Start {
  readonly issuer: Issuer;
  readonly prefix: string;
}

/** Beginnings that are told apart: enough for the weights in percent and for each of Mastercard's thousand prefixes. */
const STARTS = 4096;
/** Slots of the coherence group `card`; numbers are part of the output's contract. */
const START = 0;

const prefixesOf = ({ prefixes }: Issuer): string[] =>
  prefixes.flatMap((range) => {
    const [first = '', last = first] = range.split('-');
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => String(Number(first) + i));
  });

/** `count` beginnings of an issuer, its prefixes in turn. */
function startsOf(issuer: Issuer, count: number): Start[] {
  const prefixes = prefixesOf(issuer);
  return Array.from({ length: count }, (_, i) => ({
    issuer,
    prefix: prefixes[Math.floor((i * prefixes.length) / count)] ?? '',
  }));
}

function allStarts(): Start[] {
  const total = issuers.reduce((sum, { weight }) => sum + weight, 0);
  let weight = 0;
  return issuers.flatMap((issuer) => {
    const from = Math.round((weight * STARTS) / total);
    weight += issuer.weight;
    return startsOf(issuer, Math.round((weight * STARTS) / total) - from);
  });
}

const made = new Map<unknown, readonly Start[]>();

/** The beginnings that a card of an issuer, or of `any`, may have: the row's card is one of them. */
export function starts({ issuer }: Options): readonly Start[] {
  let list = made.get(issuer);
  if (list === undefined) {
    const only = issuers.find(({ key }) => key === issuer);
    list = only === undefined ? allStarts() : startsOf(only, STARTS);
    made.set(issuer, list);
  }
  return list;
}

/** A number of the beginning of the row's card; the same for all fields of the card, also for unique ones. */
export const ofStart = (options: Options, context: BuildContext, value: (start: Start) => number): Int =>
  lookup(starts(options).map(value), context.member('card', START, STARTS));

/** The option that all fields of a card have. */
export const issuerOption: OptionSpec = {
  kind: 'one of',
  values: ['any', ...issuers.map(({ key }) => key)],
  summary: "Card network; `any` is the network of the row's card. Give all fields of a card the same.",
  default: 'any',
};
