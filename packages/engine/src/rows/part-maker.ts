import { type FileEncoder, loadFileEncoder, type Part, type Stretch } from '../file/file-encoder.ts';
import type { ExternalValues } from '../plan/external-values.ts';
import type { ByteGenerator } from './byte-generator.ts';
import { loadByteGenerator } from './load-byte-generator.ts';
import type { PreparedBytes } from './prepare-bytes.ts';

/** Makes the parts of a file, each from its rows alone. */
export class PartMaker {
  readonly #generator: ByteGenerator;
  readonly #encoder: FileEncoder;

  private constructor(generator: ByteGenerator, encoder: FileEncoder) {
    this.#generator = generator;
    this.#encoder = encoder;
  }

  /** @throws TypeError when the format is not a file */
  static async of(prepared: PreparedBytes): Promise<PartMaker> {
    if (prepared.file === undefined) throw new TypeError('the format is not a file');
    return new PartMaker(await loadByteGenerator(prepared), await loadFileEncoder(prepared.file));
  }

  /** Bytes of memory held, what the encoder takes left out. */
  get byteSize(): number {
    return this.#generator.byteSize;
  }

  /** From now on values of fields that are made outside are these. */
  give(values: ExternalValues): void {
    this.#generator.give(values);
  }

  make(stretch: Stretch): Part {
    return this.#encoder.part(this.#generator.bytes(stretch), stretch.end - stretch.start);
  }
}
