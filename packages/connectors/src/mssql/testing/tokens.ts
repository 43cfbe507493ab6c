/** Parts of answers of TDS 7.4 ([MS-TDS] 2.2.7), as far as tests need them. */

export type PeerType =
  | 'int'
  | 'bigint'
  | 'bit'
  | 'float'
  | 'nvarchar'
  | 'varbinary'
  | 'uniqueidentifier'
  | 'datetime2'
  | 'datetimeoffset'
  | 'date';

export interface PeerResult {
  readonly columns: readonly (readonly [name: string, type: PeerType])[];
  /** Moments are milliseconds since 1970. */
  readonly rows: readonly (readonly unknown[])[];
}

export interface PeerError {
  readonly number: number;
  readonly message: string;
}

const u8 = (value: number): Buffer => Buffer.from([value]);
const u16 = (value: number): Buffer => Buffer.from([value & 255, value >> 8]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
};
const text = (value: string): Buffer => Buffer.from(value, 'utf16le');
const shortText = (value: string): Buffer => Buffer.concat([u8(value.length), text(value)]);
const longText = (value: string): Buffer => Buffer.concat([u16(value.length), text(value)]);
/** A token with its length. */
const token = (id: number, body: Buffer): Buffer => Buffer.concat([u8(id), u16(body.length), body]);

export const errorToken = ({ number, message }: PeerError): Buffer =>
  token(0xaa, Buffer.concat([u32(number), u8(1), u8(16), longText(message), shortText('peer'), shortText(''), u32(1)]));

export const loginAck = (): Buffer =>
  token(
    0xad,
    Buffer.concat([
      u8(1),
      Buffer.from([0x74, 0, 0, 4]),
      shortText('Microsoft SQL Server'),
      Buffer.from([16, 0, 16, 0]),
    ]),
  );

/** ENVCHANGE 20: go to another host. */
export const routing = (host: string, port: number): Buffer => {
  const target = Buffer.concat([u8(0), u16(port), longText(host)]);
  return token(0xe3, Buffer.concat([u8(20), u16(target.length), target, u16(0)]));
};

/** ENVCHANGE 8, 9, 10: a transaction began, was kept, was taken back. */
export const transactionChange = (type: 8 | 9 | 10): Buffer => {
  const descriptor = Buffer.concat([u8(8), u64(1n)]);
  return token(0xe3, Buffer.concat([u8(type), ...(type === 8 ? [descriptor, u8(0)] : [u8(0), descriptor])]));
};

/** DONE. @param status 0x20: what was asked for was ended, as was asked for as well */
export const done = (status = 0): Buffer => Buffer.concat([u8(0xfd), u16(status), u16(0), u64(0n)]);

export function resultTokens({ columns, rows }: PeerResult): Buffer {
  const metadata = columns.map(([name, type]) => Buffer.concat([u32(0), u16(1), typeInfo(type), shortText(name)]));
  const cells = rows.map((row) =>
    Buffer.concat([u8(0xd1), ...row.map((value, i) => cell(value, columns[i]?.[1] ?? 'nvarchar'))]),
  );
  return Buffer.concat([u8(0x81), u16(columns.length), ...metadata, ...cells]);
}

function typeInfo(type: PeerType): Buffer {
  switch (type) {
    case 'int':
      return Buffer.from([0x26, 4]);
    case 'bigint':
      return Buffer.from([0x26, 8]);
    case 'bit':
      return Buffer.from([0x68, 1]);
    case 'float':
      return Buffer.from([0x6d, 8]);
    case 'uniqueidentifier':
      return Buffer.from([0x24, 16]);
    case 'date':
      return Buffer.from([0x28]);
    case 'datetime2':
      return Buffer.from([0x2a, 7]);
    case 'datetimeoffset':
      return Buffer.from([0x2b, 7]);
    case 'nvarchar':
      return Buffer.concat([u8(0xe7), u16(8000), Buffer.alloc(5)]);
    case 'varbinary':
      return Buffer.concat([u8(0xa5), u16(8000)]);
  }
}

const DAY_MS = 86_400_000;
/** From 0001-01-01. */
const DAYS_TO_1970 = 719_162;

function cell(value: unknown, type: PeerType): Buffer {
  if (value === null) return type === 'nvarchar' || type === 'varbinary' ? u16(0xffff) : u8(0);
  switch (type) {
    case 'int':
      return Buffer.concat([u8(4), u32((value as number) >>> 0)]);
    case 'bigint':
      return Buffer.concat([u8(8), u64(BigInt(value as number))]);
    case 'bit':
      return Buffer.concat([u8(1), u8(Number(value))]);
    case 'float': {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleLE(value as number);
      return Buffer.concat([u8(8), bytes]);
    }
    case 'uniqueidentifier': {
      const bytes = Buffer.from((value as string).replaceAll('-', ''), 'hex');
      return Buffer.concat([
        u8(16),
        bytes.subarray(0, 4).reverse(),
        bytes.subarray(4, 6).reverse(),
        bytes.subarray(6, 8).reverse(),
        bytes.subarray(8),
      ]);
    }
    case 'nvarchar':
      return Buffer.concat([u16((value as string).length * 2), text(value as string)]);
    case 'varbinary':
      return Buffer.concat([u16((value as Uint8Array).length), value as Uint8Array]);
    default:
      return moment(value as number, type);
  }
}

function moment(value: number, type: PeerType): Buffer {
  const day = Math.floor(value / DAY_MS);
  const days = u32(day + DAYS_TO_1970).subarray(0, 3);
  if (type === 'date') return Buffer.concat([u8(3), days]);
  const time = u64(BigInt(Math.round((value - day * DAY_MS) * 10_000))).subarray(0, 5);
  return type === 'datetime2' ? Buffer.concat([u8(8), time, days]) : Buffer.concat([u8(10), time, days, u16(0)]);
}
