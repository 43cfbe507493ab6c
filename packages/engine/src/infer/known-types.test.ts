import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../template/parse-template.ts';
import closedSets from './data/closed-sets.json' with { type: 'json' };
import fallbackSets from './data/fallback-sets.json' with { type: 'json' };
import kinds from './data/kinds.json' with { type: 'json' };
import measures from './data/measures.json' with { type: 'json' };
import moreMeasures from './data/measures-more.json' with { type: 'json' };
import sap from './data/sap.json' with { type: 'json' };
import units from './data/units.json' with { type: 'json' };
import { concepts } from './rules/concepts.ts';

/** What the template parser says of a type with options; empty when it takes them. */
function problems(type: string, options: unknown): string[] {
  const parsed = parseTemplate({ fields: [{ name: 'x', type, options: options ?? {} }] });
  return parsed.ok ? [] : parsed.diagnostics.map(({ message }) => `${type}: ${message}`);
}

interface Typed {
  readonly type: string;
  readonly options?: unknown;
}

describe('data of inference', () => {
  const kindNames = new Set(Object.keys(kinds));
  it.each<[string, readonly Typed[]]>([
    ['concepts', concepts.filter(({ type }) => !type.startsWith('@'))],
    ['kinds', Object.values(kinds)],
    ['measures', measures as readonly Typed[]],
    ['more measures', moreMeasures],
    ['units', units],
    ['fields of SAP', Object.values(sap as Readonly<Record<string, Typed>>)],
    [
      'closed sets',
      [...closedSets, ...fallbackSets].map(({ values, weights }: { values: unknown; weights?: unknown }) => ({
        type: 'enum',
        options: weights === undefined ? { values } : { values, weights },
      })),
    ],
  ])('names types and options of the catalogue only: %s', (_, entries) => {
    expect(entries.flatMap(({ type, options }) => problems(type, options))).toEqual([]);
  });

  it('names kinds that there are', () => {
    for (const { type } of concepts) if (type.startsWith('@')) expect(kindNames).toContain(type.slice(1));
  });

  it('has the closed sets that were promised', () => {
    expect(closedSets.length).toBeGreaterThanOrEqual(400);
  });
});
