import type { AliasTable, Int, Piece, Program, ProgramField, Real } from '../../plan/program.ts';
import { fieldKey } from '../../random/field-key.ts';
import { DRAW_STEP, GOLDEN, mix64 } from '../../random/mix.ts';

/**
 * A second, slow implementation of programs, written from their description rather than from the kernel: what the kernel
 * produces must be what this says, bit for bit.
 */
export function interpretRow(
  fields: readonly ProgramField[],
  seed: string,
  row: bigint,
  scopePath = '',
): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field) => [field.name, new Field(field, seed, row, scopePath).value(field.program)]),
  );
}

const M64 = (1n << 64n) - 1n;
const LOW = 0xffffffffn;

class Field {
  readonly #field: ProgramField;
  readonly #seed: string;
  readonly #row: bigint;
  readonly #scopePath: string;
  readonly #variables: Map<string, bigint>;
  /** Draws so far: (base, next) name the next word; low and chain are leftovers. */
  #base: bigint;
  #next = 0;
  #low: bigint | undefined;
  #chain: { product: bigint; bits: number } | undefined;
  #looped = false;

  constructor(
    field: ProgramField,
    seed: string,
    row: bigint,
    scopePath: string,
    variables = new Map<string, bigint>(),
  ) {
    this.#variables = variables;
    this.#field = field;
    this.#seed = seed;
    this.#row = row;
    this.#scopePath = scopePath;
    this.#base = fieldKey(seed, field.path) + row * GOLDEN;
  }

  value(program: Program): unknown {
    switch (program.kind) {
      case 'boolean':
        return this.#int(program.value) === 1n;
      case 'choice':
        return program.values.length === 1 ? program.values[0] : program.values[Number(this.#int(program.index))];
      case 'document': {
        const json = program.parts.map((part) => {
          if (typeof part === 'string') return part;
          return part.p === 'json' ? JSON.stringify(part.value) : this.#piece(part);
        });
        return JSON.parse(json.join(''));
      }
      case 'unique':
        this.#variables.set(
          'unique',
          permute(this.#row, program.size, fieldKey(this.#seed, `${this.#field.path}\0unique`)),
        );
        return this.value(program.program);
      case 'nullable': {
        const word = mix64(fieldKey(this.#seed, `${this.#field.path}\0null`) + this.#row * GOLDEN);
        return word >> 32n < BigInt(program.threshold) ? null : this.value(program.program);
      }
      case 'object':
        return interpretRow(program.fields, this.#seed, this.#row, this.#field.path);
      case 'array': {
        const count = Number(this.#int(program.count));
        const first = this.#row * BigInt(program.stride);
        return Array.from({ length: count }, (_, i) =>
          interpretRow(program.fields, this.#seed, first + BigInt(i), this.#field.path),
        );
      }
      case 'list': {
        const first = this.#row * BigInt(program.stride);
        return Array.from({ length: Number(this.#int(program.count)) }, (_, i) => {
          const { item } = program;
          return new Field(item, this.#seed, first + BigInt(i), this.#field.path).value(item.program);
        });
      }
      case 'reference': {
        const field: ProgramField = { name: '', path: program.path, program: program.program };
        return new Field(field, this.#seed, this.#int(program.row), '').value(program.program);
      }
      case 'either':
        this.#text(program.lets);
        return this.value(program.cases[Number(this.#int(program.on))] as Program);
      case 'derived':
        if (program.compiled !== undefined) return this.value(program.compiled);
        throw new Error('what JavaScript makes is not interpreted');
      case 'selected':
      case 'running':
      case 'external':
      case 'computed':
      case 'column':
        throw new Error('what JavaScript makes is not interpreted');
      default: {
        const text = this.#text(program.body);
        return program.kind === 'integer' || program.kind === 'decimal' ? Number(text) : text;
      }
    }
  }

  #text(pieces: readonly Piece[]): string {
    return pieces.map((piece) => this.#piece(piece)).join('');
  }

  #piece(piece: Piece): string {
    switch (piece.p) {
      case 'text':
        return piece.text;
      case 'pick':
        return piece.from[Number(this.#int(piece.index))] ?? 'out of range';
      case 'digits':
        return String(this.#int(piece.value)).padStart(piece.width, '0');
      case 'integer':
        return String(this.#int(piece.value));
      case 'fixed': {
        const value = this.#int(piece.value);
        const digits = String(value < 0n ? -value : value).padStart(piece.decimals + 1, '0');
        const cut = digits.length - piece.decimals;
        const text = `${value < 0n ? '-' : ''}${digits.slice(0, cut)}${piece.decimals > 0 ? '.' : ''}${digits.slice(cut)}`;
        return piece.trimmed === true && piece.decimals > 0 ? text.replace(/\.?0+$/, '') : text;
      }
      case 'real':
        return String(this.#real(piece.value));
      case 'uuid': {
        const [a, b] = [this.#word(), this.#word()];
        const high = (a & ~0xf000n) | 0x4000n;
        const low = (1n << 63n) | (((a >> 12n) & 15n) << 58n) | (b >> 6n);
        const hex = high.toString(16).padStart(16, '0') + low.toString(16).padStart(16, '0');
        return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      }
      case 'date':
        return new Date(Number(this.#int(piece.days)) * 86_400_000).toISOString().slice(0, 10);
      case 'let':
        this.#variables.set(piece.name, this.#int(piece.value));
        return '';
      case 'switch':
        return this.#switch(piece);
      case 'repeat':
        return this.#repeat(piece);
      case 'of': {
        const field: ProgramField = { name: '', path: piece.path, program: { kind: 'string', body: piece.body } };
        const other = new Field(field, this.#seed, this.#row, piece.within ?? this.#scopePath, this.#variables);
        return other.#text(piece.body);
      }
    }
  }

  #switch(piece: Extract<Piece, { p: 'switch' }>): string {
    const on = Number(this.#int(piece.on));
    this.#flush();
    const [base, next, looped] = [this.#base, this.#next, this.#looped];
    let furthest = next;
    let chosen = '';
    // Every case is walked, for where the draws go on after the switch depends on the longest.
    piece.cases.forEach((body, index) => {
      this.#base = base;
      this.#next = next;
      this.#looped = false;
      const text = this.#text(body);
      if (index === on) chosen = text;
      furthest = Math.max(furthest, this.#looped ? next + 2 ** 20 : this.#next);
      this.#flush();
    });
    this.#base = base;
    this.#next = furthest;
    this.#looped = looped;
    return chosen;
  }

  #repeat(piece: Extract<Piece, { p: 'repeat' }>): string {
    const count = Number(this.#int(piece.count));
    this.#flush();
    this.#base += BigInt(this.#next) * DRAW_STEP;
    this.#next = 0;
    this.#looped = true;
    const parts: string[] = [];
    for (let i = 0; i < count; i++) {
      const separator = i > 0 ? this.#text(piece.separator) : '';
      parts.push(separator + this.#text(piece.body));
      this.#flush();
      this.#base += BigInt(this.#next) * DRAW_STEP;
      this.#next = 0;
    }
    return parts.join('');
  }

  #int(int: Int): bigint {
    switch (int.op) {
      case 'const':
        return BigInt(int.value);
      case 'row':
        return this.#row;
      case 'draw':
        return this.#draw(int.below);
      case 'shared': {
        const key = fieldKey(this.#seed, `${this.#scopePath}\0${int.group}`);
        const word = mix64(key + this.#row * GOLDEN + BigInt(int.slot >> 1) * DRAW_STEP);
        const half = int.slot % 2 === 0 ? word >> 32n : word & LOW;
        return int.odds === undefined ? (half * BigInt(int.below)) >> 32n : weighted(half, int.odds);
      }
      case 'get':
        return this.#variables.get(int.name) ?? -1n;
      case 'less':
        return this.#int(int.a) < this.#int(int.b) ? 1n : 0n;
      case 'below':
        return this.#real(int.a) < this.#real(int.b) ? 1n : 0n;
      case 'select': {
        const [a, b] = [this.#int(int.a), this.#int(int.b)];
        return this.#int(int.on) === 1n ? a : b;
      }
      case 'lookup':
        return BigInt(int.table[Number(this.#int(int.index))] ?? -1);
      case 'weighted':
        return weighted(this.#half(), int.odds);
      case 'quantile':
        return this.#quantile(int.table);
      case 'permute':
        return permute(this.#int(int.of), int.size, fieldKey(this.#seed, `${this.#field.path}\0unique`));
      case 'add':
        return this.#int(int.a) + this.#int(int.b);
      case 'sub':
        return this.#int(int.a) - this.#int(int.b);
      case 'mul':
        return this.#int(int.a) * this.#int(int.b);
      case 'div':
        return this.#int(int.a) / this.#int(int.b);
      case 'mod':
        return this.#int(int.a) % this.#int(int.b);
    }
  }

  #real(real: Real): number {
    if (real.r === 'decimal') return Number(this.#int(real.units)) / 10 ** real.decimals;
    const [a, b] = [this.#real(real.a), this.#real(real.b)];
    switch (real.r) {
      case 'select':
        return this.#int(real.on) === 1n ? a : b;
      case 'add':
        return a + b;
      case 'sub':
        return a - b;
      case 'mul':
        return a * b;
      case 'div':
        return a / b;
    }
  }

  #quantile(table: Extract<Int, { op: 'quantile' }>['table']): bigint {
    const u = Number(this.#half());
    const step = Math.floor(u / 2 ** 22);
    const between = (values: readonly number[], index: number, part: number): number => {
      const from = values[index] ?? 0;
      return from + ((values[index + 1] ?? 0) - from) * part;
    };
    const fine = Math.floor(u / 2 ** 12) % 1024;
    const value =
      step === 0
        ? between(table.low, fine, (u % 4096) / 4096)
        : step === 1023
          ? between(table.high, fine, (u % 4096) / 4096)
          : between(table.main, step, (u % 2 ** 22) / 2 ** 22);
    return BigInt(Math.min(table.max, Math.max(table.min, Math.floor(value + 0.5))));
  }

  #draw(below: number): bigint {
    if (below === 1) return 0n;
    const n = BigInt(below);
    if (below <= 2 ** 24) {
      const bits = Math.log2(below);
      const chain = this.#chain !== undefined && this.#chain.bits + bits <= 20 ? this.#chain : undefined;
      const product = (chain === undefined ? this.#half() : chain.product & LOW) * n;
      this.#chain = { product, bits: (chain?.bits ?? 0) + bits };
      return product >> 32n;
    }
    const word = this.#word();
    this.#flush();
    if (below <= 2 ** 32) return (word * n) >> 64n;
    return BigInt(Math.floor(Number(word >> 11n) * (below * 2 ** -53)));
  }

  #half(): bigint {
    if (this.#low !== undefined) {
      const low = this.#low;
      this.#low = undefined;
      return low;
    }
    const word = this.#word();
    this.#low = word & LOW;
    return word >> 32n;
  }

  #word(): bigint {
    return mix64(this.#base + BigInt(this.#next++) * DRAW_STEP);
  }

  #flush(): void {
    this.#low = undefined;
    this.#chain = undefined;
  }
}

function permute(x: bigint, size: bigint, key: bigint): bigint {
  const bits = Math.max(2, (size - 1n).toString(2).length);
  const widths = [bits >> 1, bits - (bits >> 1)] as [number, number];
  let value = x % size;
  do {
    let [a, b] = [value >> BigInt(widths[1]), value & ((1n << BigInt(widths[1])) - 1n)];
    let [aBits, bBits] = widths;
    for (let round = 0; round < 4; round++) {
      let t = (b + key + BigInt(round) * DRAW_STEP) & M64;
      t = ((t ^ (t >> 30n)) * 0xbf58476d1ce4e5b9n) & M64;
      t = ((t ^ (t >> 27n)) * 0x94d049bb133111ebn) & M64;
      [a, b] = [b, a ^ ((t >> 31n) & ((1n << BigInt(aBits)) - 1n))];
      [aBits, bBits] = [bBits, aBits];
    }
    value = (a << BigInt(widths[1])) | b;
  } while (value >= size);
  return value;
}

function weighted(half: bigint, { threshold, alias }: AliasTable): bigint {
  const product = half * BigInt(alias.length);
  const index = Number(product >> 32n);
  return BigInt((product & LOW) < BigInt(threshold[index] ?? 0) ? index : (alias[index] ?? -1));
}
