/** A call that a model wants to be made. */
export interface ModelCall {
  readonly id: string;
  readonly name: string;
  /** As the model wrote it: JSON, or what it took for that. */
  readonly input: string;
}

/** What became of a call, for the model. */
export interface ModelResult {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly isError: boolean;
}

/** What was said until now, in order. */
export type ModelMessage =
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ModelCall[] }
  | { readonly role: 'tool'; readonly results: readonly ModelResult[] };

/** A tool that a model may name. */
export interface ModelTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its arguments. */
  readonly schema: object;
}

/** All that a model is told for one step. */
export interface ModelStep {
  readonly instructions: string;
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ModelTool[];
  /** Most tokens of its answer. */
  readonly maxTokens: number;
  readonly signal: AbortSignal;
}

/** Pieces of what a model answers, as they come. The last one is `end`; what breaks before it throws. */
export type ModelPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'call'; readonly call: ModelCall }
  /** What went wrong before is tried again: the pieces since the step began are void. */
  | { readonly type: 'again'; readonly problem: string; readonly waitMs: number }
  | {
      readonly type: 'end';
      readonly inputTokens: number;
      readonly outputTokens: number;
      /** Whether the answer was cut at `maxTokens`. */
      readonly isCut: boolean;
    };

/** A model that somebody can talk to. @throws ModelError */
export interface ChatModel {
  /** As its endpoint calls it. */
  readonly name: string;
  step(step: ModelStep): AsyncIterable<ModelPart>;
}

/** Why a model does not answer. Shows neither key nor endpoint nor what was sent. */
export class ModelError extends Error {
  readonly code: 'model_unreachable' | 'model_refused' | 'model_busy' | 'model_cut_off' | 'model_too_slow';
  readonly hint: string;
  /** Whether the same may do a little later. */
  readonly mayPass: boolean;
  /** Milliseconds that the endpoint asks to be given. */
  readonly waitMs: number | undefined;

  constructor(
    code: ModelError['code'],
    message: string,
    {
      hint,
      mayPass,
      waitMs,
    }: { readonly hint: string; readonly mayPass: boolean; readonly waitMs?: number | undefined },
  ) {
    super(message);
    this.name = 'ModelError';
    this.code = code;
    this.hint = hint;
    this.mayPass = mayPass;
    this.waitMs = waitMs;
  }
}
