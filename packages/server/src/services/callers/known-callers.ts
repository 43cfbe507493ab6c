import type { FoundKey } from '../../store/keys.ts';

/** Somebody for whom a tool asks the API from within this process. */
export interface KnownCaller {
  /** Who it is, with the rights that they have now; undefined: nobody any more. Asked with each request. */
  find(): Promise<FoundKey | undefined>;
  /** Whether it is the agent of a chat that acts for them: some routes are for people alone. */
  readonly isAgent?: true | undefined;
}

/** By connections that were made in this process: nothing that comes over a network is ever in here. */
const callers = new WeakMap<object, KnownCaller>();

export const setCaller = (socket: object, caller: KnownCaller): void => void callers.set(socket, caller);

/** For whom a connection is; undefined: it came over a network, and has to say so itself. */
export const callerBehind = (socket: object): KnownCaller | undefined => callers.get(socket);
