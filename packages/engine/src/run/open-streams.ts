import { spareBuffers } from './spare-buffers.ts';

/** A shard is never larger: it is made in one go, and what comes after it waits. */
const LARGEST = 4 * 1024 * 1024;
/** Nor made smaller: to turn to another stream takes a thread about as long as to make so much. */
const SMALLEST = 256 * 1024;
/** What the shards of all streams may take together, as long as they need not be smaller than that. */
const TOGETHER = 64 * 1024 * 1024;
/** A stream holds one that leaves and, by default, two that are made ahead. */
const HELD = 3;

/** How many streams the process has under way, by which their shards are measured: few have large ones, many have small ones. */
class OpenStreams {
  #count = 0;

  enter(): void {
    this.#count++;
  }

  leave(): void {
    this.#count--;
    if (this.#count === 0) spareBuffers.clear();
  }

  /** Bytes that a shard should have now: a power of two, so that their memory fits those of other streams. */
  get shardBytes(): number {
    const share = TOGETHER / HELD / Math.max(1, this.#count);
    return Math.max(SMALLEST, Math.min(LARGEST, 2 ** Math.floor(Math.log2(share))));
  }

  /** However many there are. */
  get smallestShardBytes(): number {
    return SMALLEST;
  }

  /** However few there are. */
  get largestShardBytes(): number {
    return LARGEST;
  }
}

/** Those of the process. */
export const openStreams = new OpenStreams();
