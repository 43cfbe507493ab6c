import { createRequire } from 'node:module';

/** The version of the engine that makes rows here. */
export const ENGINE_VERSION: string = (
  createRequire(import.meta.url)('@datamaker/engine/package.json') as { readonly version: string }
).version;
