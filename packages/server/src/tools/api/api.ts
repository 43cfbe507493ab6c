import { escaped } from './escaped.ts';

/** A value of a query; a list is a name that is there several times, undefined is left out. */
type QueryValue = string | number | boolean | readonly string[] | undefined;

export interface ApiRequest {
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Is sent as JSON. */
  readonly body?: unknown;
  /** In place of `body`: a form, as browsers send it. */
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
  /** Most bytes of the answer that are read; default 8 MiB. */
  readonly most?: number;
}

export interface ApiText {
  readonly text: string;
  /** Whether there is more than `most`. */
  readonly isCut: boolean;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The REST API, asked on behalf of whoever calls a tool. Answers that are errors are thrown as `ToolError`s with the same code. */
export interface Api {
  /** @param path with its parameters escaped, as `at` does it. @throws ToolError, also when the answer is larger than `most` */
  json<T>(method: string, path: string, request?: ApiRequest): Promise<T>;
  /** As text, no more than `most` bytes of it. @throws ToolError */
  text(method: string, path: string, request?: ApiRequest): Promise<ApiText>;
}

/** A path whose parameters are escaped. @throws ToolError validation_error */
export const at = (parts: TemplateStringsArray, ...values: readonly string[]): string =>
  parts.reduce((path, part, i) => path + escaped(values[i - 1] ?? '') + part);
