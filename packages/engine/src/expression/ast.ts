/**
 * The syntax tree: plain data without cycles, ready for JSON or a structured clone. It keeps what was written (a call of
 * `if` stays a call), so it can be printed, explained and lowered to other code. `offset` and `length` tell the place in
 * the source, in UTF-16 code units.
 */
export type Node =
  | LiteralNode
  | FieldNode
  | MemberNode
  | IndexNode
  | EachNode
  | UnaryNode
  | BinaryNode
  | ConditionalNode
  | CallNode
  | ListNode
  | MapNode
  | TextNode;

interface Placed {
  readonly offset: number;
  readonly length: number;
}

export interface LiteralNode extends Placed {
  readonly kind: 'literal';
  readonly value: null | boolean | number | string;
}

/** A field of the row: `price`, `` `unit price` ``, `field('unit price')`. */
export interface FieldNode extends Placed {
  readonly kind: 'field';
  readonly name: string;
}

/** `object.name` */
export interface MemberNode extends Placed {
  readonly kind: 'member';
  readonly object: Node;
  readonly name: string;
}

/** `object[index]` */
export interface IndexNode extends Placed {
  readonly kind: 'index';
  readonly object: Node;
  readonly index: Node;
}

/** `list[*]` and the path that is followed from every element; a further `[*]` in the path flattens. */
export interface EachNode extends Placed {
  readonly kind: 'each';
  readonly list: Node;
  readonly path: readonly PathStep[];
}

export type PathStep =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'index'; readonly index: Node }
  | { readonly kind: 'each' };

export interface UnaryNode extends Placed {
  readonly kind: 'unary';
  readonly operator: '-' | 'not';
  readonly operand: Node;
}

export type ArithmeticOperator = '-' | '*' | '/' | '%' | '**';
export type OrderOperator = '<' | '<=' | '>' | '>=';
export type BinaryOperator = ArithmeticOperator | OrderOperator | '+' | '==' | '!=' | 'and' | 'or' | '??';

/** `&&` is kept as `and`, `||` as `or`, `!` as `not`. */
export interface BinaryNode extends Placed {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Node;
  readonly right: Node;
}

/** `condition ? then : otherwise` */
export interface ConditionalNode extends Placed {
  readonly kind: 'conditional';
  readonly condition: Node;
  readonly then: Node;
  readonly otherwise: Node;
}

export interface CallNode extends Placed {
  readonly kind: 'call';
  /** A name of the function registry. */
  readonly name: string;
  readonly args: readonly Node[];
}

export interface ListNode extends Placed {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

export interface MapNode extends Placed {
  readonly kind: 'map';
  readonly entries: readonly { readonly key: string; readonly value: Node }[];
}

/** Text with placeholders: the texts and the placeholders in their order. */
export interface TextNode extends Placed {
  readonly kind: 'text';
  readonly parts: readonly Node[];
}

/** What is known of a value's type before any row is seen. Every value may also be null. */
export type StaticType = 'number' | 'string' | 'boolean' | 'list' | 'object' | 'unknown';
