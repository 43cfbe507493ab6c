import type { Check, Column, Row, Table } from '@datamaker/connectors';
import type { FactsByColumn } from '../schema-to-template/column-facts.ts';
import { type Atom, branchesOf } from './branches.ts';
import { evaluate, UNKNOWN } from './evaluate.ts';
import { columnsOf, type Expression } from './expression.ts';
import { type Gathered, gatherFacts, type Pair } from './gather-facts.ts';
import { parseExpression } from './parse-expression.ts';
import { setOrders } from './set-orders.ts';
import { simplify } from './simplify.ts';

/** A constraint that rows may not keep. */
export interface Doubt {
  readonly check: Check;
  /** `not_understood`: it is not known; `not_met`: some row that was looked at breaks it. */
  readonly why: 'not_understood' | 'not_met';
}

/** Ways to meet all rules of a table that are tried. */
const MOST_TRIES = 2000;

/** The CHECK constraints of a table: what they say of its columns, and whether rows keep them. */
export class TableChecks {
  readonly facts: FactsByColumn;
  /** Pairs of columns that are never the same. */
  readonly unlike: readonly Pair[];
  readonly #checks: readonly { readonly check: Check; readonly expression: Expression | undefined }[];
  readonly #columns: ReadonlyMap<string, Column>;

  constructor({ checks, columns }: Pick<Table, 'checks' | 'columns'>) {
    this.#columns = new Map(columns.map((column) => [column.name, column]));
    this.#checks = checks.map((check) => ({ check, expression: this.#read(check) }));
    const said = factsOf(
      this.#checks.flatMap(({ expression }) => (expression === undefined ? [] : [expression])),
      columns,
      this.#columns,
    );
    this.facts = said.facts;
    this.unlike = said.unlike;
  }

  /** Which rules rows do not keep, or not surely. */
  doubts(rows: readonly Row[]): Doubt[] {
    return this.#checks.flatMap(({ check, expression }): Doubt[] => {
      if (expression === undefined) return [{ check, why: 'not_understood' }];
      const results = rows.map((row) => evaluate(expression, row, this.#columns));
      if (results.includes(false)) return [{ check, why: 'not_met' }];
      return results.includes(UNKNOWN) ? [{ check, why: 'not_understood' }] : [];
    });
  }

  /** Names without quotes are compared without regard to case. */
  #read({ expression: source }: Check): Expression | undefined {
    const expression = parseExpression(source);
    if (expression === undefined) return undefined;
    return [...columnsOf(expression)].every((name) => this.#columns.has(name))
      ? simplify(expression, Date.now())
      : undefined;
  }
}

interface Said {
  readonly facts: FactsByColumn;
  readonly unlike: readonly Pair[];
}

/** The first way to meet all rules at once; rules for which there is none beside the others are left out. */
function factsOf(
  expressions: readonly Expression[],
  columns: readonly Column[],
  byName: ReadonlyMap<string, Column>,
): Said {
  const ways = expressions.map((expression) => branchesOf(expression).toSorted((a, b) => nullsIn(a) - nullsIn(b)));
  const nothing: Gathered = { facts: new Map(), orders: [], unlike: [] };
  const settled = ({ facts, orders, unlike }: Gathered): Said | undefined => {
    const set = setOrders(orders, facts, byName);
    return set === undefined ? undefined : { facts: set, unlike };
  };
  let tries = 0;
  const meet = (index: number, gathered: Gathered): Said | undefined => {
    const branches = ways[index];
    if (branches === undefined) return settled(gathered);
    for (const branch of branches) {
      if (++tries > MOST_TRIES) break;
      const next = gatherFacts(branch, columns, gathered);
      const found = next === undefined ? undefined : meet(index + 1, next);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const all = meet(0, nothing);
  if (all !== undefined) return all;
  // One after the other, as far as they go together: whether rows keep the others by chance is looked at.
  let gathered = nothing;
  for (const branches of ways) {
    const fitting = branches
      .map((branch) => gatherFacts(branch, columns, gathered))
      .find((next) => next !== undefined && settled(next) !== undefined);
    gathered = fitting ?? gathered;
  }
  return settled(gathered) ?? { facts: new Map(), unlike: [] };
}

/** Values are wanted rather than nulls. */
const nullsIn = (branch: readonly Atom[]): number => branch.filter((atom) => atom.is === 'null' && !atom.isNot).length;
