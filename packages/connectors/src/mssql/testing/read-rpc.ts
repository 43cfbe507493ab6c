/** A statement that a client sent by `sp_executesql` ([MS-TDS] 2.2.6.6). */
export interface SentStatement {
  readonly text: string;
  /** `@p1 nvarchar(4000), …` */
  readonly declarations: string;
  /** In their order, without their names. */
  readonly values: readonly (string | number | Uint8Array | null)[];
}

const PROCEDURE_BY_NUMBER = 0xffff;
const MAX = 0xffff;

export function readRpc(message: Buffer): SentStatement {
  let at = message.readUInt32LE(0);
  const take = (length: number): Buffer => {
    at += length;
    return message.subarray(at - length, at);
  };
  const u16 = (): number => take(2).readUInt16LE();
  if (u16() !== PROCEDURE_BY_NUMBER) throw new Error('a procedure by its name');
  // sp_executesql has the number 10; options follow.
  take(4);
  const values: (string | number | Uint8Array | null)[] = [];
  while (at < message.length) {
    take((take(1)[0] as number) * 2);
    take(1);
    const type = take(1)[0];
    if (type === 0x6d) {
      take(1);
      values.push(take(1)[0] === 0 ? null : take(8).readDoubleLE());
      continue;
    }
    if (type !== 0xe7 && type !== 0xa5) throw new Error(`a parameter of type ${type}`);
    const most = u16();
    if (type === 0xe7) take(5);
    const bytes = most === MAX ? chunks(take) : short(u16(), take);
    values.push(bytes === null ? null : type === 0xe7 ? bytes.toString('utf16le') : new Uint8Array(bytes));
  }
  const [text = '', declarations = '', ...rest] = values;
  // Without parameters there are no declarations.
  return { text: String(text), declarations: String(declarations), values: rest };
}

const short = (length: number, take: (length: number) => Buffer): Buffer | null =>
  length === MAX ? null : take(length);

function chunks(take: (length: number) => Buffer): Buffer | null {
  if (take(8).readBigUInt64LE() === 2n ** 64n - 1n) return null;
  const parts: Buffer[] = [];
  for (;;) {
    const length = take(4).readUInt32LE();
    if (length === 0) return Buffer.concat(parts);
    parts.push(take(length));
  }
}
