import { createHmac } from 'node:crypto';

/**
 * Keys for masking that nobody has to keep: one for each workspace and name, made from the server's secret. They last as
 * long as the secret does, and no workspace can have another's.
 */
export class MaskKeys {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** 32 bytes. */
  of(workspaceId: string, name: string): Uint8Array {
    // Lengths keep ("a", "b/c") and ("a/b", "c") apart.
    const what = `mask\0${workspaceId.length}\0${workspaceId}\0${name}`;
    return createHmac('sha256', this.#secret).update(what).digest();
  }
}
