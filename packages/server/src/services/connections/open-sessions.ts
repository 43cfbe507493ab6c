import { ApiError } from '../../errors.ts';

/** Most sessions that are open at a time, for a workspace and in all. */
const MOST_OF_WORKSPACE = 8;
const MOST = 64;

/** Counts the sessions that this process has open, so that no workspace takes all that there are. */
export class OpenSessions {
  readonly #ofWorkspaces = new Map<string, number>();
  #all = 0;

  /** @returns gives the place back @throws ApiError rate_limited */
  take(workspaceId: string): () => void {
    const own = this.#ofWorkspaces.get(workspaceId) ?? 0;
    if (own >= MOST_OF_WORKSPACE || this.#all >= MOST) {
      const whose = own >= MOST_OF_WORKSPACE ? `the workspace has ${own}` : `the server has ${this.#all}`;
      const message = `${whose} sessions with systems open already: wait for Retry-After`;
      throw new ApiError('rate_limited', message, [], { 'Retry-After': '1' });
    }
    this.#ofWorkspaces.set(workspaceId, own + 1);
    this.#all++;
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#all--;
      const left = (this.#ofWorkspaces.get(workspaceId) ?? 1) - 1;
      if (left === 0) this.#ofWorkspaces.delete(workspaceId);
      else this.#ofWorkspaces.set(workspaceId, left);
    };
  }
}
