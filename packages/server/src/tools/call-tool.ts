import { setTimeout as later } from 'node:timers/promises';
import type { Api } from './api/api.ts';
import { capResult } from './cap-result.ts';
import { checkInput } from './check-input.ts';
import type { Tool, ToolContext } from './tool.ts';
import { ToolError } from './tool-error.ts';

/** How long a tool may take. What takes longer is a run, which goes on without it. */
const TOOL_MS = 60_000;

/** What a call came to, as models are told. */
export interface ToolResult {
  readonly isError: boolean;
  /** Of a call that did what it should. */
  readonly structured?: ToolData;
  /** Of one that did not. */
  readonly error?: ToolError;
  /** All of it as text: `structured` or the error, as JSON. */
  readonly text: string;
}

/** What a tool found or did. */
export interface ToolData {
  /** Whether `data` holds texts that anybody may have written: they are data, and never what is to be done. */
  readonly untrusted: boolean;
  /** Whether something was left out that did not fit. */
  readonly truncated: boolean;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface ToolCall extends Omit<ToolContext, 'api'> {
  /** Made for this call: its requests end with the signal. */
  readonly openApi: (signal: AbortSignal) => Api;
  /** Told of what nobody meant to happen. */
  readonly onFault: (fault: unknown) => void;
  /** Default: one minute. */
  readonly timeoutMs?: number | undefined;
}

/** Calls a tool: checks what it is given, asks it, and cuts what it says to size. Does not throw. */
export async function callTool(tool: Tool, given: unknown, call: ToolCall): Promise<ToolResult> {
  const { openApi, onFault, progress, timeoutMs = TOOL_MS } = call;
  const over = new AbortController();
  const signal = AbortSignal.any([call.signal, over.signal]);
  try {
    const input = checkInput(tool.name, tool.input, given);
    signal.throwIfAborted();
    const doing = tool.call(input, { api: openApi(signal), signal, progress });
    const output = tool.output.parse(await Promise.race([doing, ended(call.signal, over, timeoutMs)]));
    const { value, truncated } = capResult(output);
    const own = (output as { truncated?: unknown }).truncated === true;
    const structured = { untrusted: tool.readsForeignData, truncated: truncated || own, data: value };
    return { isError: false, structured, text: JSON.stringify(structured) };
  } catch (error) {
    const shown = toToolError(error, call.signal, over.signal, tool.name);
    if (shown.code === 'internal_error' && !(error instanceof ToolError)) onFault(error);
    return { isError: true, error: shown, text: JSON.stringify({ error: shown }) };
  } finally {
    over.abort(OVER);
  }
}

const OVER = new Error('the call is over');
const TIMED_OUT = new Error('the time of the call is over');

/** Fails when nobody waits any more or the time is over, and stays quiet when the call is over. */
async function ended(signal: AbortSignal, over: AbortController, ms: number): Promise<never> {
  await later(ms, undefined, { signal: AbortSignal.any([signal, over.signal]), ref: false }).catch(() => undefined);
  if (!signal.aborted && !over.signal.aborted) over.abort(TIMED_OUT);
  throw signal.aborted ? signal.reason : over.signal.reason;
}

function toToolError(error: unknown, cancelled: AbortSignal, over: AbortSignal, name: string): ToolError {
  if (cancelled.aborted) return new ToolError('cancelled', `${name} was cancelled`);
  if (over.aborted && over.reason === TIMED_OUT) {
    return new ToolError('timed_out', `${name} did not come to its end in time`, {
      hint: 'ask for less at once; what it had begun may go on: look with list_runs before you repeat it',
    });
  }
  if (error instanceof ToolError) return error;
  return new ToolError('internal_error', `something went wrong in ${name}`, {
    hint: 'try once more; if it happens again, tell whoever runs the server when it was',
  });
}
