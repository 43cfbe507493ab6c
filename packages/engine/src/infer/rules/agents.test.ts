import { describe, expect, it } from 'vitest';
import { agentOf } from './agents.ts';

describe('nouns for who does something', () => {
  it.each(['farmer', 'tutors', 'inspector', 'dentist', 'librarian', 'trainee'])('%s is a person', (noun) =>
    expect(agentOf(noun)).toBe('person'),
  );
  it.each(['supplier', 'wholesaler', 'transporters'])('%s is a company', (noun) =>
    expect(agentOf(noun)).toBe('company'),
  );
  it.each(['folder', 'payment', 'process', 'tree', 'committee', 'user', 'device'])('%s is neither', (noun) =>
    expect(agentOf(noun)).toBeUndefined(),
  );
});
