import { type Code, flatten, leb, valueTypeByte } from './code.ts';
import type { FunctionBuilder } from './function-builder.ts';

/** A name in ASCII. */
const text = (value: string): Code => [leb(value.length), Array.from(value, (character) => character.charCodeAt(0))];
const vector = (items: readonly Code[]): Code => [leb(items.length), items];
const section = (id: number, content: Code): Code => {
  const bytes = flatten(content);
  return [id, leb(bytes.length), bytes];
};

function encodeBody(builder: FunctionBuilder): Code {
  const locals = vector(builder.locals.map((type) => [1, valueTypeByte(type)]));
  const bytes = flatten([locals, builder.body, 0x0b]);
  return [leb(bytes.length), bytes];
}

export interface ModuleShape {
  readonly functions: readonly FunctionBuilder[];
  /** Exported name → index into `functions`. */
  readonly exports: Readonly<Record<string, number>>;
  /** 64 KiB pages of the imported memory `env.memory`, at least. */
  readonly pages: number;
  /** Whether the memory is shared between threads; then it has a maximum. */
  readonly sharedMaximum: number | undefined;
}

/** The binary form of a module that imports one memory and exports functions (WebAssembly 2.0, chapter 5.5). */
export function encodeModule(shape: ModuleShape): Uint8Array<ArrayBuffer> {
  const types = shape.functions.map(
    (f): Code => [
      0x60,
      vector(f.params.map((type) => [valueTypeByte(type)])),
      vector(f.results.map((type) => [valueTypeByte(type)])),
    ],
  );
  const { pages, sharedMaximum } = shape;
  const limits: Code = sharedMaximum === undefined ? [0x00, leb(pages)] : [0x03, leb(pages), leb(sharedMaximum)];
  return flatten([
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, vector(types)),
    section(2, vector([[text('env'), text('memory'), 0x02, limits]])),
    section(3, vector(shape.functions.map((_, index) => leb(index)))),
    section(7, vector(Object.entries(shape.exports).map(([name, index]) => [text(name), 0x00, leb(index)]))),
    section(10, vector(shape.functions.map(encodeBody))),
  ]);
}
