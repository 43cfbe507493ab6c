/** Shapes of the Language Server Protocol 3.17, as far as the editor uses them. Lines and characters count from 0. */
export interface LspPosition {
  readonly line: number;
  readonly character: number;
}

export interface LspRange {
  readonly start: LspPosition;
  readonly end: LspPosition;
}

export interface LspEdit {
  readonly range: LspRange;
  readonly newText: string;
}

export interface LspMarkup {
  readonly value: string;
}

export interface LspCompletion {
  readonly label: string;
  readonly kind?: number;
  readonly detail?: string;
  readonly documentation?: LspMarkup | string;
  readonly sortText?: string;
  readonly insertText?: string;
  readonly textEdit?: LspEdit;
  readonly additionalTextEdits?: readonly LspEdit[];
}

export interface LspSignatures {
  readonly signatures: readonly {
    readonly label: string;
    readonly documentation?: LspMarkup | string;
    readonly activeParameter?: number;
    readonly parameters?: readonly {
      readonly label: string | [number, number];
      readonly documentation?: LspMarkup | string;
    }[];
  }[];
  readonly activeSignature?: number;
  readonly activeParameter?: number;
}

export interface LspDiagnostic {
  readonly range: LspRange;
  readonly message: string;
  /** 1: error, 2: warning, 3: information, 4: hint. */
  readonly severity: 1 | 2 | 3 | 4;
  readonly code?: string;
  /** 1: unnecessary, 2: deprecated. */
  readonly tags?: readonly (1 | 2)[];
}
