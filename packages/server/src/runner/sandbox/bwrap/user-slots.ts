import { randomInt } from 'node:crypto';
import { SandboxError } from '../sandbox.ts';

/** Where the server is root, each job that runs at the same time is another user: what the kernel counts or checks by user is then apart. */
export interface UserRange {
  /** A user id that nobody on the host has; 61234 is between what Debian gives to people and to services of systemd. */
  readonly first: number;
  readonly count: number;
}

export const DEFAULT_USERS: UserRange = { first: 61_234, count: 256 };

/** Hands out users of a range, beginning anywhere in it, so that several workers of a host rarely meet. */
export class UserSlots {
  readonly #range: UserRange;
  readonly #taken = new Set<number>();

  /** @throws SandboxError with `sandbox_settings` for a range with root in it */
  constructor(range: UserRange) {
    const { first, count } = range;
    if (
      !Number.isSafeInteger(first) ||
      !Number.isSafeInteger(count) ||
      first < 1 ||
      count < 1 ||
      first + count > 2 ** 31
    ) {
      throw new SandboxError(
        'sandbox_settings',
        `The users of sandboxes cannot be ${count} from ${first} on.`,
        'Give a range of user ids above 0 that nobody has.',
      );
    }
    this.#range = range;
  }

  /** @throws SandboxError when all are in use */
  take(): number {
    const { first, count } = this.#range;
    const start = randomInt(count);
    for (let step = 0; step < count; step++) {
      const uid = first + ((start + step) % count);
      if (this.#taken.has(uid)) continue;
      this.#taken.add(uid);
      return uid;
    }
    throw new SandboxError(
      'sandbox_start_failed',
      `All ${count} users of sandboxes are in use.`,
      'Wait until a run has ended, or give a larger range.',
    );
  }

  release(uid: number): void {
    this.#taken.delete(uid);
  }
}
