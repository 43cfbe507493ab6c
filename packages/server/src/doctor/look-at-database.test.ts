import { expect, it } from 'vitest';
import { lookAtDatabase } from './look-at-database.ts';

it.each([
  'postgres://u:geheimnis@127.0.0.1:1/dm',
  'postgres://u:gehe%69mnis@127.0.0.1:1/dm',
  'postgres://u:/geheimnis=@127.0.0.1/dm',
  'postgres://u:42/geheimnis@127.0.0.1:1/dm',
  'postgres://u:100%geheimnis@127.0.0.1:1/dm',
  'postgres://u:a@geheimnis@127.0.0.1:1/dm',
  'postgres://u:#geheimnis@127.0.0.1:1/dm',
  'postgres://u:?geheimnis@127.0.0.1:1/dm',
  'geheimnis',
])('shows nothing of the password of %s', async (url) => {
  const finding = await lookAtDatabase(url);
  expect(finding.state).toBe('bad');
  expect(JSON.stringify(finding)).not.toMatch(/geheimnis|gehe%69mnis/);
});
