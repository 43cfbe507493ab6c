import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import type { Plan } from '../plan/plan.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { Template } from '../template/template.ts';
import { allTypes } from '../types/registry.ts';
import { RESOURCES, type TestField } from '../types/testing/compiled.ts';
import { countriesOf } from './countries-of.ts';
import type { FieldProfile, Profile } from './profile.ts';
import { profilePlan } from './profile-plan.ts';
import { Profiler } from './profiler.ts';

const NOW = Date.UTC(2026, 0, 1);
const ROWS = 2000;
/** What is said of any field, whatever its type. */
const OF_ANY_TYPE = ['count', 'null_share', 'unique'];

/** Types of whose values no more is known than how many they are. */
const NOTHING_KNOWN: Readonly<Record<string, string>> = {
  derived: 'an expression may give anything',
};

const made = allTypes.filter(({ external }) => external === undefined);

async function planned(fields: readonly TestField[]): Promise<{ template: Template; plan: Plan }> {
  const parsed = parseTemplate({ fields }, { resources: RESOURCES });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const compiled = await compileTemplate(parsed.value, { seed: 'profile', now: NOW });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  return { template: parsed.value, plan: compiled.value };
}

const failed = (profile: Profile): string[] =>
  profile.fields.flatMap(({ path, checks }) =>
    checks.filter(({ ok }) => !ok).map((check) => `${path}: ${JSON.stringify(check)}`),
  );

const inside = ({ path }: FieldProfile): boolean => /^v($|[.[])/.test(path);

describe.each(made.map((type) => [type.key, type] as const))('type %s', (key, type) => {
  const field = (extra: object): TestField => ({
    name: 'v',
    type: key,
    options: { ...type.exampleOptions, ...extra },
  });
  const others = type.exampleFields ?? [];

  it(`keeps all promises over ${ROWS} rows, of which some are those of the type`, async () => {
    const { template, plan } = await planned([...others, field({})]);
    const profile = await profilePlan(plan, template, ROWS, { now: NOW });
    expect(failed(profile)).toEqual([]);
    const names = profile.fields.filter(inside).flatMap(({ checks }) => checks.map(({ name }) => name));
    const own = names.filter((name) => !OF_ANY_TYPE.includes(name));
    if (key in NOTHING_KNOWN) expect(own).toEqual([]);
    else expect(own).not.toEqual([]);
    const rules = type.rules?.(type.exampleOptions ?? {}, null) ?? {};
    if (rules.checksum !== undefined) expect(own).toContain('checksum');
    if (rules.parts !== undefined) expect(own).toContain('parts');
    if (rules.except !== undefined) expect(own).toContain('except');
    if (rules.pattern !== undefined && key !== 'regex') expect(own).toContain('pattern');
  });

  it('keeps them with nulls, and where no value comes twice', async () => {
    const sparse = await planned([...others, field({ null_percentage: 30 })]);
    expect(failed(await profilePlan(sparse.plan, sparse.template, 500, { now: NOW }))).toEqual([]);
    if (type.notUnique !== undefined) return;
    const unique = await planned([...others, field({ unique: true, weights: undefined })]);
    const rows = Math.min(500, unique.plan.capacity);
    expect(failed(await profilePlan(unique.plan, unique.template, rows, { now: NOW }))).toEqual([]);
  });

  it('keeps them with each choice of its options', async () => {
    for (const [name, option] of Object.entries(type.options)) {
      const choices = option.kind === 'one of' ? option.values : option.kind === 'boolean' ? [true, false] : [];
      for (const choice of choices) {
        const document = { fields: [...others, field({ [name]: choice })] };
        const parsed = parseTemplate(document, { resources: RESOURCES });
        // A choice may need another option beside it.
        if (!parsed.ok) continue;
        const compiled = await compileTemplate(parsed.value, { seed: 'choice', now: NOW });
        if (!compiled.ok) continue;
        const rows = Math.min(60, compiled.value.capacity);
        expect(failed(await profilePlan(compiled.value, parsed.value, rows, { now: NOW })), name).toEqual([]);
      }
    }
  });

  it('breaks one by a value of another kind', async () => {
    if (key in NOTHING_KNOWN) return;
    const { template, plan } = await planned([...others, field({})]);
    const profiler = new Profiler({ template, plan, now: NOW, countries: await countriesOf(template) });
    const rows = generateRows(plan, 0, 50);
    // A text that no type makes, where nothing but null is right too.
    profiler.addAll(rows.map((row, i) => (i === 7 ? { ...row, v: '\u0001 no such value \u0001' } : row)));
    const { checks } = profiler.finish().fields.find(({ path }) => path === 'v') as FieldProfile;
    expect(checks.filter(({ ok }) => !ok)).not.toEqual([]);
  });
});
