import { expect, it } from 'vitest';
import { openTarget } from './open-target.ts';

it.each([
  ['http://ann:s3cr3t@example.org/a/b?token=s3cr3t', 'http://example.org/a/b?…'],
  ['nats://s3cr3t@example.org', 'nats://example.org:4222'],
  ['tls://ann:s3cr3t@[::1]:5000', 'tls://[::1]:5000'],
  ['rediss://:s3cr3t@example.org/3', 'rediss://example.org:6379'],
])('shows %s without what is secret', (url, shown) => {
  expect(openTarget(url, { topic: 'a', stream: 's' }).shown).toBe(shown);
});

it.each([
  ['ftp://example.org', 'a'],
  ['http://', 'a'],
  ['nats://s3cr3t@example.org', undefined],
  ['nats://s3cr3t@example.org', 'a.*'],
  ['nats://s3cr3t@example.org', 'a b'],
  ['nats://s3cr3t@example.org/orders', 'a'],
  ['redis://:s3cr3t@example.org/orders', 'a'],
  ['redis://:s3cr3t@example.org?x=1', 'a'],
  ['redis://:s3cr3t%zz@example.org', 'a'],
  ['redis://example.org', ''],
])('refuses %s with the topic %s, and shows nothing of it', (url, topic) => {
  try {
    openTarget(url, { topic, stream: 's' });
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid_target', hint: expect.any(String) });
    expect(String(error)).not.toContain('s3cr3t');
    return;
  }
  throw new Error('it was taken');
});
