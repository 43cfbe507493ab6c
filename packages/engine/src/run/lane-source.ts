/** The output of one lane, as the reader sees it: the chunks of its shards in order, with an end after each shard. */
export interface LaneSource {
  /** What comes next, `end` after the last chunk of a shard, or undefined when that is not made yet. */
  next(): Uint8Array | 'end' | undefined;
  /** Gives back what `next` said: its memory is written again. */
  release(): void;
}
