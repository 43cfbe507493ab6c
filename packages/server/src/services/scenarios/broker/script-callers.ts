import { AsyncLocalStorage } from 'node:async_hooks';

/** An attempt of a run whose script asks for something. */
export interface ScriptCaller {
  readonly runId: string;
  readonly workspaceId: string;
  /** Of the worker that holds the run: with another one, or none, it is another attempt's, or over. */
  readonly lease: string;
}

/** By connections that were made in this process for a broker: nothing that comes over a network is ever in here. */
const callers = new WeakMap<object, ScriptCaller>();

export const setScriptCaller = (socket: object, caller: ScriptCaller): void => void callers.set(socket, caller);

/** The run whose script a connection is from; undefined: no script's. */
export const scriptBehind = (socket: object): ScriptCaller | undefined => callers.get(socket);

/** What takes a line for the log of the run whose script has asked for what is done now. */
export const scriptLog = new AsyncLocalStorage<(line: string) => void>();

/** Takes lines beside the log, as long as a request is asked on. */
export const heard = new AsyncLocalStorage<string[]>();

/** Set while something is done for the script of a dry run: whatever is asked, nothing is written through a connection. */
export const readsOnly = new AsyncLocalStorage<true>();

/** Says in the log of the run what is done for its script; where no script has asked for it, nobody is told. */
export const tellScript = (line: string): void => scriptLog.getStore()?.(line);
