import type { Edit, Rule } from '../plan/negative-plan.ts';

/** Checksums by name. */
export type Checksum = 'luhn' | 'iban' | 'dni' | 'verhoeff';

/** A way in which values of a type are wrong. */
export interface WrongWay {
  readonly rule: Rule;
  /** In a few words: `two @`. */
  readonly variant: string;
  readonly edit: Edit;
}

/** What a right value of a type looks like, beyond its bounds and kind, and ways to be wrong. All of it may be left out. */
export interface TypeRules {
  /** A pattern in the syntax of type `regex` that every right value matches as a whole. */
  readonly pattern?: string;
  /** In characters (code points). */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Texts that look right and stand for nothing, such as codes that are not assigned. */
  readonly except?: readonly string[];
  /** The checksum, and a place of one of its characters; negative places count from the end. */
  readonly checksum?: { readonly name: Checksum; readonly at: number };
  /** The text is made of parts, so many of them. */
  readonly parts?: {
    readonly what: string;
    readonly separator: string;
    /** What stands behind the last part. */
    readonly close: string;
    readonly min: number;
    readonly max: number;
  };
  /** The options `min` and `max` bound something else than the value. */
  readonly bounds?: false;
  readonly wrong?: readonly WrongWay[];
}
