import { randomBytes } from 'node:crypto';
import type { Transport } from '@modelcontextprotocol/server';
import type { McpCaller } from './mcp-caller.ts';

/** How long a session is kept that nobody uses. */
const IDLE_MS = 30 * 60_000;
/** Most sessions of a key: another one takes the place of the one that was used longest ago. */
const MOST_OF_A_KEY = 300;
/** Most of all keys together: each costs some memory. */
const MOST = 5000;

export interface Session<T extends Transport> {
  readonly id: string;
  readonly transport: T;
  /** Requests that are not answered yet. */
  readonly underWay: Set<string | number>;
}

interface Kept<T extends Transport> extends Session<T> {
  readonly callerId: string;
  usedAt: number;
}

/** Conversations of one transport that go over several requests. A session is nobody's right: each request brings its key. */
export class Sessions<T extends Transport> {
  readonly #all = new Map<string, Kept<T>>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get size(): number {
    return this.#all.size;
  }

  /** An id that nobody guesses: 256 random bits. */
  static newId = (): string => randomBytes(32).toString('base64url');

  /** The session of that id, when it is the caller's own. */
  find(id: string, caller: McpCaller): Session<T> | undefined {
    const session = this.#all.get(id);
    if (session?.callerId !== caller.id) return undefined;
    session.usedAt = this.#now();
    return session;
  }

  keep(id: string, transport: T, caller: McpCaller): Session<T> {
    this.#makeRoom(caller.id);
    const session = { id, transport, callerId: caller.id, usedAt: this.#now(), underWay: new Set<string | number>() };
    this.#all.set(id, session);
    return session;
  }

  forget(id: string): void {
    this.#all.delete(id);
  }

  /** Ends those that nobody has used for half an hour. */
  async sweep(): Promise<void> {
    const old = this.#now() - IDLE_MS;
    const idle = [...this.#all.values()].filter(({ usedAt, underWay }) => usedAt < old && underWay.size === 0);
    await Promise.all(idle.map((session) => this.#end(session)));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all.values()].map((session) => this.#end(session)));
  }

  #makeRoom(callerId: string): void {
    const own = [...this.#all.values()].filter((session) => session.callerId === callerId);
    const crowd = own.length >= MOST_OF_A_KEY ? own : this.#all.size >= MOST ? [...this.#all.values()] : [];
    const oldest = crowd.toSorted((a, b) => a.usedAt - b.usedAt)[0];
    if (oldest !== undefined) void this.#end(oldest);
  }

  async #end(session: Kept<T>): Promise<void> {
    this.#all.delete(session.id);
    await session.transport.close();
  }
}
