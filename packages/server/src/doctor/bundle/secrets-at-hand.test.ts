import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { scrubOf } from './scrub.ts';
import { secretsAtHand } from './secrets-at-hand.ts';

const folder = mkdtempSync(join(tmpdir(), 'datamaker-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Wherever a secret may stand, and how it is read there. */
const PLACES: readonly ((secret: string) => Record<string, string>)[] = [
  (secret) => ({ DATABASE_URL: `postgres://owner:${encodeURIComponent(secret)}@db.internal/rows` }),
  (secret) => ({ DATABASE_URL: `postgres://${encodeURIComponent(secret)}@db.internal/rows` }),
  (secret) => ({ DATABASE_URL: `postgres://db.internal/rows?user=owner&password=${encodeURIComponent(secret)}` }),
  (secret) => ({ DATAMAKER_PYPI_INDEX: `https://${encodeURIComponent(secret)}:x@packages.example.org/simple` }),
  (secret) => ({ OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${encodeURIComponent(secret)}` }),
  (secret) => ({ DATAMAKER_S3_SECRET_ACCESS_KEY: secret }),
  (secret) => ({ DATAMAKER_UNHEARD_OF: secret }),
  (secret) => ({ AWS_SESSION_TOKEN: secret }),
];

it('finds secrets in variables, however they are written, and takes them out of whatever holds them', async () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9+!$-]{8,24}$/);
  await fc.assert(
    fc.asyncProperty(secret, fc.constantFrom(...PLACES), async (text, place) => {
      const scrub = scrubOf(await secretsAtHand(place(text), folder));
      const held = { list: [`said ${text}.`, { [text]: encodeURIComponent(text) }], coded: btoa(text) };
      const left = JSON.stringify(scrub(held));
      expect(left).not.toContain(text);
      expect(left).not.toContain(btoa(text).replace(/=+$/, ''));
    }),
    { numRuns: 200 },
  );
});

it('finds those in the files of the data directory, and leaves words that are everybody’s', async () => {
  writeFileSync(join(folder, 'secret'), 'pepper-of-the-server\n');
  writeFileSync(join(folder, 'master-keys'), 'first-master-key\nsecond-master-key\n');
  const scrub = scrubOf(await secretsAtHand({ DATABASE_URL: 'postgres://datamaker:pass-word@host/x' }, folder));
  expect(scrub('datamaker_up pepper-of-the-server second-master-key pass-word host')).toBe(
    'datamaker_up [redacted] [redacted] [redacted] host',
  );
  expect(scrub({ number: 12, none: null })).toEqual({ number: 12, none: null });
});
