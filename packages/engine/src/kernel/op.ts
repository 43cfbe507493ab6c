import type { Int, Real } from '../plan/program.ts';

/** One level of rows: the template's own rows, or the children of one array. Known by identity. */
export type Level = object;

/** The fields of one object: they share its level's rows, and coherence groups of their own. */
export interface Scope {
  readonly level: Level;
  /** The path of a coherence group's key. */
  readonly groupPath: (group: string) => string;
}

/**
 * Where an operation's numbers come from: the field's stream of draws and the rows it runs over. Keys are named by their paths
 * (random/field-key.ts): which words these mean is known when there is a seed.
 */
export interface Env {
  readonly path: string;
  readonly uniquePath: string;
  readonly scope: Scope;
}

/** What a row function does, in order. Texts are already encoded for the format and its quotes are in place. */
export type Op =
  | { readonly o: 'bytes'; readonly text: string }
  | {
      readonly o: 'pick';
      readonly from: readonly string[];
      readonly index: Int;
      readonly env: Env;
      readonly before?: string;
      readonly after?: string;
    }
  | { readonly o: 'digits'; readonly value: Int; readonly width: number; readonly env: Env }
  | { readonly o: 'integer'; readonly value: Int; readonly env: Env }
  | {
      readonly o: 'fixed';
      readonly value: Int;
      readonly decimals: number;
      readonly trimmed: boolean;
      readonly env: Env;
    }
  | {
      readonly o: 'real';
      readonly value: Real;
      readonly mostly?: { readonly units: Int; readonly decimals: number } | undefined;
      readonly env: Env;
    }
  | { readonly o: 'uuid'; readonly env: Env }
  | { readonly o: 'date'; readonly days: Int; readonly env: Env }
  | { readonly o: 'let'; readonly name: string; readonly value: Int; readonly env: Env }
  | { readonly o: 'switch'; readonly on: Int; readonly cases: readonly (readonly Op[])[]; readonly env: Env }
  | {
      readonly o: 'repeat';
      readonly count: Int;
      readonly body: readonly Op[];
      readonly separator: readonly Op[];
      readonly env: Env;
    }
  | {
      readonly o: 'children';
      readonly count: Int;
      readonly stride: number;
      readonly body: readonly Op[];
      readonly separator: string;
      readonly env: Env;
      readonly scope: Scope;
    }
  /** The body in another row: of the scope's own level, which has no other rows. */
  | {
      readonly o: 'elsewhere';
      readonly row: Int;
      readonly body: readonly Op[];
      readonly env: Env;
      readonly scope: Scope;
    }
  | {
      readonly o: 'nullable';
      readonly threshold: number;
      readonly nullPath: string;
      readonly scope: Scope;
      readonly ifNull: readonly Op[];
      readonly otherwise: readonly Op[];
    }
  /** The body, or a text in its place when it writes nothing. */
  | { readonly o: 'or empty'; readonly body: readonly Op[]; readonly empty: string }
  /** The body, with the ASCII character `prefix` before it when it begins with one of the characters `first`, of the basic plane. */
  | { readonly o: 'guard'; readonly body: readonly Op[]; readonly first: string; readonly prefix: string }
  /** The body, in quotes when it begins or ends with ASCII white space or holds one of the ASCII characters `special`. */
  | { readonly o: 'quotes'; readonly body: readonly Op[]; readonly special: string }
  | { readonly o: 'column'; readonly column: number }
  /** The end of a top-level field: a place where the row function may be cut in two. */
  | { readonly o: 'seam' };
