import type { Api } from '../tools/api/api.ts';
import type { Tool } from '../tools/tool.ts';

/** How a call of a tool ended, for the audit. */
export interface NotedCall {
  readonly tool: Tool;
  /** A hash: arguments may hold what nobody should read there. */
  readonly argumentsHash: string;
  /** `ok`, or the code of the error. */
  readonly outcome: string;
  readonly ms: number;
}

/** Whoever speaks with the server by the Model Context Protocol, as one request has shown. */
export interface McpCaller {
  /** Of the key: sessions are for it alone. */
  readonly id: string;
  /** Whether the tool is for them at all: the API says whether a call is. */
  sees(tool: Tool): boolean;
  openApi(signal: AbortSignal): Api;
  note(call: NotedCall): Promise<void>;
  onFault(fault: unknown): void;
}
