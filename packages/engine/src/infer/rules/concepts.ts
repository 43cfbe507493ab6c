import { allTypes } from '../../types/registry.ts';
import amounts from '../data/concepts-amounts.json' with { type: 'json' };
import business from '../data/concepts-business.json' with { type: 'json' };
import codes from '../data/concepts-codes.json' with { type: 'json' };
import commerce from '../data/concepts-commerce.json' with { type: 'json' };
import counts from '../data/concepts-counts.json' with { type: 'json' };
import finance from '../data/concepts-finance.json' with { type: 'json' };
import health from '../data/concepts-health.json' with { type: 'json' };
import labels from '../data/concepts-labels.json' with { type: 'json' };
import people from '../data/concepts-people.json' with { type: 'json' };
import places from '../data/concepts-places.json' with { type: 'json' };
import technical from '../data/concepts-technical.json' with { type: 'json' };
import texts from '../data/concepts-texts.json' with { type: 'json' };
import times from '../data/concepts-times.json' with { type: 'json' };

/** What columns of some names hold. */
export interface Concept {
  readonly names: readonly string[];
  /** Key of the catalogue, or `@` and a kind of values. */
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly confidence?: number;
  /** Only for the whole name, not for the end of a longer one. */
  readonly whole?: boolean;
  /** Only where one of these words is in the table's name, the hint or another column. */
  readonly near?: readonly string[];
  /** Percent of rows that have none. */
  readonly nulls?: number;
  readonly description?: string;
}

const written: readonly Concept[] = [
  people,
  places,
  technical,
  finance,
  business,
  health,
  commerce,
  times,
  amounts,
  texts,
  codes,
  counts,
  labels,
].flat() as readonly Concept[];

/** Families whose types are called what columns are called. */
const CALLED_ALIKE = new Set(['identity', 'finance', 'vehicles', 'health', 'science', 'business', 'date and time']);
const BY_CATALOGUE = 0.85;

/** Types of the catalogue by their own names, where nothing else is known by them. */
function ofCatalogue(): Concept[] {
  const taken = new Set(written.flatMap(({ names }) => names));
  return allTypes
    .filter(({ family }) => CALLED_ALIKE.has(family))
    .flatMap(({ key }) => {
      const name = key.replaceAll('_', ' ');
      return taken.has(name) ? [] : [{ names: [name], type: key, confidence: BY_CATALOGUE }];
    });
}

/** All concepts; where two claim a name under the same conditions, the one that comes first wins. */
export const concepts: readonly Concept[] = [...written, ...ofCatalogue()];
