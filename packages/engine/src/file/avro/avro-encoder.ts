import { deflateSync } from 'fflate';
import type { FileEncoder } from '../file-encoder.ts';
import type { AvroSpec } from '../file-spec.ts';
import { rowValues } from '../row-values.ts';
import { crc32 } from '../zip/crc32.ts';
import { AvroBuffer } from './avro-buffer.ts';
import { avroSchema } from './avro-schema.ts';
import { avroValue } from './avro-value.ts';

const encoder = new TextEncoder();

/** Avro object container files (specification 1.12): a part is a block, and the head has the schema. */
export function avroEncoder({ name, seed, columns, codec }: AvroSpec): FileEncoder {
  const schema = JSON.stringify(avroSchema(name, columns));
  const sync = syncMarker(`${seed}\0${schema}`);
  const writes = columns.map(avroValue);
  const out = new AvroBuffer();
  return {
    part: (chunks, rows) => {
      for (const values of rowValues(chunks)) {
        for (const row of values) writes.forEach((write, index) => write(row[index], out));
      }
      const plain = out.take();
      const data = codec === 'deflate' ? deflateSync(plain, { level: 3 }) : plain;
      out.long(rows);
      out.bytes(data);
      out.raw(sync);
      return { bytes: out.take(), note: undefined };
    },
    assembler: () => ({
      head: () => {
        out.raw(encoder.encode('Obj\x01'));
        out.long(2);
        out.string('avro.schema');
        out.string(schema);
        out.string('avro.codec');
        out.string(codec);
        out.long(0);
        out.raw(sync);
        return out.take();
      },
      around: () => ({ before: new Uint8Array(0), after: new Uint8Array(0) }),
      tail: () => new Uint8Array(0),
    }),
  };
}

/** Sixteen bytes that blocks are unlikely to hold, the same for the same seed and schema. */
function syncMarker(text: string): Uint8Array {
  const marker = new DataView(new ArrayBuffer(16));
  for (let word = 0; word < 4; word++) marker.setUint32(word * 4, crc32(encoder.encode(`${word}${text}`)));
  return new Uint8Array(marker.buffer);
}
