import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBatch, writeBatch } from './batch-format.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('a batch', () => {
  it('is written as a change set for each list', () => {
    const request = {
      method: 'POST',
      path: 'Orders',
      headers: { 'Content-Type': 'application/json' },
      body: '{"a":"ä"}',
    };
    expect(writeBatch([[request, request], [request]], 'b').split('\r\n')).toEqual([
      '--b',
      'Content-Type: multipart/mixed; boundary=changeset_0_b',
      '',
      ...[1, 2].flatMap((id) => [
        '--changeset_0_b',
        'Content-Type: application/http',
        'Content-Transfer-Encoding: binary',
        `Content-ID: ${id}`,
        '',
        'POST Orders HTTP/1.1',
        'Content-Type: application/json',
        'Content-Length: 10',
        '',
        '{"a":"ä"}',
      ]),
      '--changeset_0_b--',
      '--b',
      'Content-Type: multipart/mixed; boundary=changeset_1_b',
      '',
      ...[
        '--changeset_1_b',
        'Content-Type: application/http',
        'Content-Transfer-Encoding: binary',
        'Content-ID: 3',
        '',
        'POST Orders HTTP/1.1',
        'Content-Type: application/json',
        'Content-Length: 10',
        '',
        '{"a":"ä"}',
      ],
      '--changeset_1_b--',
      '--b--',
      '',
    ]);
  });

  it('is read with what was kept and what was refused', () => {
    const made = fc.record({
      isSet: fc.boolean(),
      answers: fc.array(
        fc.record({ status: fc.integer({ min: 200, max: 599 }), text: fc.string({ unit: 'grapheme' }) }),
        { minLength: 1, maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(
        fc.array(made, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\r\n', '\n'),
        fc.boolean(),
        (sets, end, quoted) => {
          const http = (status: number, text: string): string =>
            [
              'Content-Type: application/http',
              'content-transfer-encoding:binary',
              '',
              `HTTP/1.1 ${status} Some Reason`,
              'ETag: W/"1:2"',
              '',
              JSON.stringify({ text }),
              '',
            ].join(end);
          const body = [
            'ignored',
            ...sets.flatMap(({ isSet, answers }, i) => [
              '--the_batch',
              ...(isSet
                ? [
                    `Content-Type: multipart/mixed; boundary=${quoted ? `"set ${i}"` : `set${i}`}`,
                    '',
                    ...answers.flatMap(({ status, text }) => [
                      `--${quoted ? `set ${i}` : `set${i}`}`,
                      http(status, text),
                    ]),
                    `--${quoted ? `set ${i}` : `set${i}`}--`,
                  ]
                : [http(answers[0]?.status ?? 0, answers[0]?.text ?? '')]),
            ]),
            '--the_batch--',
            '',
          ].join(end);
          const read = readBatch(bytes(body), 'multipart/mixed; charset=utf-8; boundary=the_batch');
          const expected = sets.map(({ isSet, answers }) =>
            (isSet ? answers : answers.slice(0, 1)).map(({ status, text }) => ({
              status,
              body: JSON.stringify({ text }),
            })),
          );
          expect(read.map((set) => set.map(({ status, body }) => ({ status, body })))).toEqual(expected);
          expect(read[0]?.[0]?.headers['etag']).toBe('W/"1:2"');
        },
      ),
    );
  });

  it('that is empty of bodies is read', () => {
    const body = '--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n--b--';
    expect(readBatch(bytes(body), 'multipart/mixed;boundary=b')).toEqual([[{ status: 204, headers: {}, body: '' }]]);
  });

  it.each([
    ['', 'multipart/mixed; boundary=b'],
    ['--b\r\n\r\nHTTP/1.1 200 OK', 'multipart/mixed; boundary=b'],
    ['--b\r\n\r\nnothing\r\n--b--', 'multipart/mixed; boundary=b'],
    ['{"responses":[]}', 'application/json'],
    ['--b--', undefined],
  ])('that is none is told as such (%#)', (body, type) => {
    expect(() => readBatch(bytes(body), type)).toThrow('not in the format of batches');
  });
});
