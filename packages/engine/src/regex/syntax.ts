/** The parser's own tree: still holds anchors, and remembers lengths so that limits hold before anything is expanded. */
export type SyntaxNode = { readonly maxLength: number } & (
  | { readonly kind: 'set'; readonly chars: readonly string[] }
  | {
      readonly kind: 'anchor';
      readonly edge: 'start' | 'end';
      readonly offset: number;
      readonly text: string;
    }
  | { readonly kind: 'sequence'; readonly items: readonly SyntaxNode[] }
  | { readonly kind: 'choice'; readonly options: readonly SyntaxNode[] }
  | {
      readonly kind: 'repeat';
      readonly item: SyntaxNode;
      readonly min: number;
      readonly max: number;
    }
);

/** Matches the empty text; also stands in for what was refused, so that the rest is still checked. */
export const EMPTY: SyntaxNode = { kind: 'sequence', items: [], maxLength: 0 };
