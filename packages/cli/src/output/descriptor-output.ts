import type { Output } from './output.ts';
import { writeFully } from './write-fully.ts';

/** A descriptor that takes what it is given at once: a file the shell has opened, /dev/null, /dev/full. */
export class DescriptorOutput implements Output {
  readonly name: string;
  readonly isTerminal: boolean;
  readonly #descriptor: number;

  constructor(name: string, descriptor: number, isTerminal = false) {
    this.name = name;
    this.isTerminal = isTerminal;
    this.#descriptor = descriptor;
  }

  write(chunk: Uint8Array): void {
    writeFully(this.#descriptor, chunk);
  }

  commit(): void {}
}
