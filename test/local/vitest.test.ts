import { dataFixture } from '@datamaker/local/vitest';
import { test as base, describe, expect } from 'vitest';

const test = base.extend(dataFixture);
const CUSTOMER = [
  { name: 'id', type: 'sequence' },
  { name: 'email', type: 'email' },
];

describe('the fixture of Vitest', () => {
  const seen: unknown[] = [];

  test('gives each test rows that follow from its name', async ({ data }) => {
    expect(data.seed).toBe(
      'test/local/vitest.test.ts > the fixture of Vitest > gives each test rows that follow from its name',
    );
    seen.push(await data.row(CUSTOMER));
    expect(await data.row(CUSTOMER)).toMatchObject({ id: 2 });
  });

  test('gives another test others', async ({ data }) => {
    const row = await data.row(CUSTOMER);
    expect(row).toMatchObject({ id: 1 });
    expect(seen).toHaveLength(1);
    expect(seen).not.toContainEqual(row);
  });
});
