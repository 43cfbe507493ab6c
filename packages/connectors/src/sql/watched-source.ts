export interface WatchedSource {
  readonly chunks: AsyncIterable<Uint8Array>;
  failure: { readonly error: unknown } | undefined;
}

/** Chunks of a source, and what went wrong in it. */
export function watchedSource(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): WatchedSource {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* source;
    } catch (error) {
      state.failure = { error };
      throw error;
    }
  }
  const state: WatchedSource = { chunks: chunks(), failure: undefined };
  return state;
}
