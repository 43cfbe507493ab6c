/** What this file uses of the interface of WebAssembly, which TypeScript declares with that of browsers only. */
declare const WebAssembly: {
  readonly Memory: new (descriptor: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
};

const WASM_PAGE = 65_536;

/** Memory that begins at a page of the processor, as the memory of WebAssembly does; other buffers begin anywhere. */
export const alignedMemory = (bytes: number): ArrayBuffer =>
  new WebAssembly.Memory({ initial: Math.ceil(bytes / WASM_PAGE) }).buffer;
