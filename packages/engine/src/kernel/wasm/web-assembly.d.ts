/** The part of the WebAssembly JavaScript API that the kernel uses; TypeScript ships it only together with the DOM. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: BufferSource);
  }
  class Instance {
    readonly exports: Record<string, unknown>;
    constructor(module: Module, imports: Record<string, Record<string, unknown>>);
  }
  class Memory {
    readonly buffer: ArrayBufferLike;
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    grow(pages: number): number;
  }
  function validate(bytes: BufferSource): boolean;
}

type BufferSource = ArrayBuffer | ArrayBufferView<ArrayBuffer>;
