import { expect, it } from 'vitest';
import { AskedOnce } from './asked-once.ts';

it('asks once for all who wait, and again for those who come while it is being answered', async () => {
  const asked = new AskedOnce();
  const answers: ((value: number) => void)[] = [];
  const ask = (): Promise<number> => new Promise((resolve) => void answers.push(resolve));
  const first = asked.get('a', ask);
  const later = [asked.get('a', ask), asked.get('a', ask)];
  const other = asked.get('b', ask);
  expect(answers).toHaveLength(2);
  answers[0]?.(1);
  answers[1]?.(2);
  expect(await Promise.all([first, other])).toEqual([1, 2]);
  expect(answers).toHaveLength(3);
  answers[2]?.(3);
  expect(await Promise.all(later)).toEqual([3, 3]);
  const again = asked.get('a', ask);
  expect(answers).toHaveLength(4);
  answers[3]?.(4);
  expect(await again).toBe(4);
});

it('tells all who wait of a failure, and goes on', async () => {
  const asked = new AskedOnce();
  const broken = (): Promise<never> => Promise.reject(new Error('away'));
  await Promise.all([
    expect(asked.get('a', broken)).rejects.toThrow('away'),
    expect(asked.get('a', async () => 1)).resolves.toBe(1),
  ]);
  await expect(asked.get('a', async () => 2)).resolves.toBe(2);
});
