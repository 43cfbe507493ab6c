import type { Diagnostic, FieldTypeInfo, FormatOptionInfo, OptionInfo, Profile } from '@datamaker/engine';
import type { Inference } from '@datamaker/engine/infer';

/** The catalogue of field types and formats, as pages show it. */
export interface Catalogue {
  readonly types: readonly FieldTypeInfo[];
  readonly common: readonly OptionInfo[];
  readonly locales: readonly string[];
  readonly formats: readonly string[];
  readonly formatOptions: readonly FormatOptionInfo[];
}

/** A template as it is on the page, and the others that it nests, by their ids. */
export interface Source {
  readonly template: { readonly fields: readonly unknown[] };
  readonly templates: Readonly<Record<string, unknown>>;
  readonly seed: string;
}

/** Rows as the worker sends them: a text is read by the page sooner than values are copied to it. */
export type RowsText =
  | {
      readonly ok: true;
      /** The bytes of the format `json`, read as a text. */
      readonly text: string;
      readonly ms: number;
      /** Most rows that there can be of it. */
      readonly capacity: number;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export type Rows =
  | (Extract<RowsText, { ok: true }> & { readonly rows: readonly Record<string, unknown>[] })
  | Extract<RowsText, { ok: false }>;

export type Profiled =
  | { readonly ok: true; readonly profile: Profile }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** What the worker does, each as a function of what it is sent. */
export interface EngineCalls {
  catalogue(): Catalogue;
  infer(names: readonly string[]): Promise<Inference>;
  /** Rows [from, to). */
  rows(source: Source, from: number, to: number): Promise<RowsText>;
  profile(source: Source, rows: number): Promise<Profiled>;
}

export interface Call {
  readonly id: number;
  readonly name: keyof EngineCalls;
  readonly args: readonly unknown[];
}

export interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}
