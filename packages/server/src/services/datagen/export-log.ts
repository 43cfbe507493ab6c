import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../ids.ts';
import { type Act, type Actor, recordActs } from '../../store/audit.ts';
import type { Store } from '../../store/open-store.ts';
import type { Caller } from './callers.ts';
import type { Generation } from './generation.ts';

interface Waiting {
  readonly actor: Actor;
  readonly act: Act;
  readonly rows: number;
  readonly requestId: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Ends an export that takes its time: how many rows have left, and whether those were all. */
export type EndExport = (rows: number, complete: boolean) => Promise<void>;

/** When so many wait, more are on their way: a statement for all of them costs a fraction of one for each few. */
const MANY = 4;
const GATHER_MS = 4;

/** Most requests that one entry stands for. */
const MOST_MERGED = 500;

/**
 * Notes in the audit of a workspace that rows with sensitive fields leave through this door, before they do. Those that come
 * while entries are being written share the next statement; those of one key that ask for the same fields in the same format
 * share an entry, which names all of their requests. Keys of this door belong to no workspace, so nothing of theirs is noted.
 */
export class ExportLog {
  readonly #store: Store;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Rows that leave as soon as this is noted. */
  async note(caller: Caller, generation: Generation, requestId: string): Promise<void> {
    const actor = actorOf(caller, generation, requestId);
    if (actor === undefined) return;
    const { fields, format, role } = aboutOf(caller, generation);
    const act = { action: 'export.begun', details: { of: 'datagen', fields, format, role, connection: null } };
    await this.#write(actor, act, generation.count, requestId);
  }

  /** Rows that leave for a while. */
  async begin(caller: Caller, generation: Generation, requestId: string): Promise<EndExport> {
    const actor = actorOf(caller, generation, requestId);
    if (actor === undefined) return async () => undefined;
    const about = aboutOf(caller, generation);
    const common = { of: 'datagen', export: newId('exp'), ...about, connection: null };
    await this.#write(actor, { action: 'export.begun', details: common }, generation.count, requestId);
    return (rows, complete) =>
      this.#write(actor, { action: 'export.ended', details: { ...common, complete } }, rows, requestId);
  }

  #write(actor: Actor, act: Act, rows: number, requestId: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ actor, act, rows, requestId, resolve, reject });
      if (!this.#writing) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      if (this.#waiting.length >= MANY) await pause(GATHER_MS);
      const [first] = this.#waiting as [Waiting];
      const { workspaceId } = first.actor;
      const group = this.#waiting.filter(({ actor }) => actor.workspaceId === workspaceId).slice(0, MOST_MERGED);
      const taken = new Set(group);
      this.#waiting = this.#waiting.filter((waiting) => !taken.has(waiting));
      try {
        const alike = Map.groupBy(group, ({ actor, act }) => JSON.stringify([actor.keyId, act]));
        await recordActs(this.#store, workspaceId, [...alike.values()].map(merged));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#writing = false;
  }
}

/** One entry for all that say the same. */
function merged(alike: readonly Waiting[]): { actor: Actor; act: Act } {
  const { actor, act } = alike[0] as Waiting;
  const rows = alike.reduce((sum, one) => sum + one.rows, 0);
  const all = alike.length === 1 ? {} : { exports: alike.length, requests: alike.map(({ requestId }) => requestId) };
  return { actor, act: { ...act, details: { ...act.details, rows, ...all } } };
}

const aboutOf = (caller: Caller, { plan, format }: Generation) => ({
  fields: plan.sensitive,
  format: format.name,
  role: caller.workspace?.role,
});

function actorOf(caller: Caller, { plan }: Generation, requestId: string): Actor | undefined {
  const { workspace, keyId } = caller;
  if (workspace === undefined || plan.sensitive.length === 0) return undefined;
  const { id: workspaceId, projectId, personId } = workspace;
  return { workspaceId, projectId, personId, keyId, requestId };
}
