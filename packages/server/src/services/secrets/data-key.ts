import { randomBytes } from 'node:crypto';
import { newId } from '../../ids.ts';
import { closeBytes, openBytes } from '../../security/aead.ts';
import { KEY_BYTES, type MasterKey } from '../../security/master-key.ts';
import type { StoredDataKey } from '../../store/data-keys.ts';
import type { SealedSecret, SecretIdentity } from '../../store/secrets.ts';

/** A key of a workspace. Whoever opens one wipes it. */
export class DataKey {
  readonly id: string;
  readonly workspaceId: string;
  readonly #bytes: Buffer;

  private constructor(id: string, workspaceId: string, bytes: Buffer) {
    this.id = id;
    this.workspaceId = workspaceId;
    this.#bytes = bytes;
  }

  static make(workspaceId: string): DataKey {
    return new DataKey(newId('dek'), workspaceId, randomBytes(KEY_BYTES));
  }

  /** @throws Error when it was wrapped with another master key, or the row was changed */
  static unwrap({ id, workspace_id, wrapped }: StoredDataKey, master: MasterKey): DataKey {
    return new DataKey(id, workspace_id, openBytes(master.bytes, wrapped, about('data key', workspace_id, id)));
  }

  wrap(master: MasterKey): StoredDataKey {
    const { id, workspaceId } = this;
    const wrapped = closeBytes(master.bytes, this.#bytes, about('data key', workspaceId, id));
    return { id, workspace_id: workspaceId, master_key_id: master.id, wrapped };
  }

  /** Seals a value for one place: moved to another row, it does not open. */
  seal(secret: SecretIdentity, value: string): Buffer {
    return closeBytes(this.#bytes, Buffer.from(value, 'utf8'), aboutSecret(secret));
  }

  /** @throws Error when it was sealed with another key or for another place, or was changed */
  open(secret: Omit<SealedSecret, 'hosts'>): string {
    return openBytes(this.#bytes, secret.sealed, aboutSecret(secret)).toString('utf8');
  }

  wipe(): void {
    this.#bytes.fill(0);
  }
}

/** Whose it is, what for, and which of its values: nothing of a row can be changed beside the value. */
const aboutSecret = ({ workspace_id, id, version, project_id, kind, name }: SecretIdentity): Buffer =>
  about('secret', workspace_id, id, version, project_id, kind, name);

/** Written so that no two lists look the same. The first names the scheme: another one would have another name. */
const about = (what: string, ...parts: readonly (string | number | null)[]): Buffer =>
  Buffer.from(JSON.stringify([`datamaker v1 ${what}`, ...parts]));
