import { expect, it } from 'vitest';
import { disablesUserNamespaces } from './find-tools.ts';
import { mustCountByNamespace } from './open-bwrap.ts';

it.each(['4.18.0-553.el8', '5.4.0-216-generic', '5.10.0-34-amd64', '5.13.19'])('Linux %s is too old', (kernel) => {
  expect(() => mustCountByNamespace(kernel)).toThrow(expect.objectContaining({ code: 'sandbox_platform' }));
});

it.each(['5.14.0-503.el9', '5.15.0-1', '6.1.0-37-amd64', '6.18.44', '10.0'])('Linux %s is not', (kernel) => {
  expect(() => mustCountByNamespace(kernel)).not.toThrow();
});

it.each([
  ['0.4.1', false],
  ['0.8.0', true],
  ['0.11.0', true],
  ['1.0.0', true],
])('bubblewrap %s forbids user namespaces by itself: %s', (version, may) => {
  expect(disablesUserNamespaces(version)).toBe(may);
});
