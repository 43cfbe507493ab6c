import { expect, it, onTestFinished, vi } from 'vitest';
import { takeOver } from './take-over.ts';

it('is told a signal that arrived before, and the others are not', async () => {
  onTestFinished(() => void process.removeAllListeners('SIGUSR2'));
  const told: string[] = [];
  process.on('SIGUSR2', () => told.push('old'));
  // It is noted at once, and told when this has run.
  process.kill(process.pid, 'SIGUSR2');
  takeOver('SIGUSR2', () => told.push('new'));
  await vi.waitUntil(() => told.length > 0, { timeout: 10_000 });
  expect(told).toEqual(['new']);
  expect(process.listenerCount('SIGUSR2')).toBe(1);
});
