/** The condition of a CHECK constraint, as far as it is understood. */
export type Expression =
  | { readonly is: 'column'; readonly name: string }
  | { readonly is: 'literal'; readonly value: string | number | boolean | null }
  | { readonly is: 'list'; readonly items: readonly Expression[] }
  | { readonly is: 'not' | 'negative'; readonly of: Expression }
  | { readonly is: 'and' | 'or'; readonly all: readonly Expression[] }
  | { readonly is: 'null'; readonly of: Expression; readonly isNot: boolean }
  /** With a list: one of it (`any`), or each of it (`all`). */
  | {
      readonly is: 'compare';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
      readonly over?: 'any' | 'all';
    }
  | {
      readonly is: 'arithmetic';
      readonly operator: '+' | '-' | '*' | '/' | '%' | '||';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly Expression[] };

export type Operator =
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'like'
  | 'not like'
  | 'ilike'
  | 'not ilike'
  | 'match'
  | 'not match'
  | 'imatch'
  | 'not imatch';

/** Columns that an expression speaks of. */
export function columnsOf(expression: Expression): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (one: Expression): void => {
    if (one.is === 'column') found.add(one.name);
    for (const inner of innerOf(one)) visit(inner);
  };
  visit(expression);
  return found;
}

export function innerOf(expression: Expression): readonly Expression[] {
  switch (expression.is) {
    case 'list':
      return expression.items;
    case 'not':
    case 'negative':
    case 'null':
      return [expression.of];
    case 'and':
    case 'or':
      return expression.all;
    case 'compare':
    case 'arithmetic':
      return [expression.left, expression.right];
    case 'call':
      return expression.args;
    default:
      return [];
  }
}
