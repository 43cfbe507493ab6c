/** The part of the WebAssembly JavaScript API that the kernel uses; TypeScript declares it only together with the DOM. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => CompiledModule;
  readonly Instance: new (
    module: CompiledModule,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (descriptor: { initial: number; maximum?: number; shared?: boolean }) => WebAssemblyMemory;
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

/** Opaque; can be sent to other threads. */
export type CompiledModule = object;

export interface WebAssemblyMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** Every supported runtime has it: Node, worker threads, browsers. */
export const webAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
