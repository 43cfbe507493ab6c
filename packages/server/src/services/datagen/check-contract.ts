import type { Plan } from '@datamaker/engine';
import { BodyReader } from './body-reader.ts';
import { checkSchemaFields, type SchemaContext } from './check-schema-fields.ts';
import { type Contract, guessedFields } from './infer-contract.ts';
import type { Problem } from './problem.ts';
import { checkFormatOf } from './read-format.ts';
import type { GenerateAiRequest } from './read-generate-ai.ts';
import { invalid, Refusal } from './refusal.ts';

/** Holds a contract against what the request says it must be, and compiles it. @throws Refusal */
export async function checkContract(
  contract: Contract,
  { expectedHash, strictContract, requireValidate, format }: GenerateAiRequest,
  context: SchemaContext,
): Promise<Plan> {
  if (expectedHash !== undefined && expectedHash !== contract.hash) {
    throw new Refusal('contract_mismatch', 'Inferred contract hash mismatch.', {
      expected_contract_hash: expectedHash,
      actual_contract_hash: contract.hash,
    });
  }
  const guesses = strictContract ? guessProblems(contract) : [];
  const made = await compiled(contract, requireValidate, context);
  if (!made.ok) throw invalid([...guesses, ...made.problems], guesses.length > 0 ? STRICT : {});
  const reader = new BodyReader({}, {});
  checkFormatOf(reader, format, made.plan);
  const problems = [...guesses, ...reader.problems];
  if (problems.length > 0) throw invalid(problems, guesses.length > 0 ? STRICT : {});
  return made.plan;
}

const STRICT = {
  hint: 'strict_contract takes only columns whose type is sure; leave it out to have the others guessed',
};

const guessProblems = (contract: Contract): Problem[] =>
  guessedFields(contract).map(({ name, type, confidence, reason }) => ({
    code: 'guessed_field',
    field: name,
    message: `${JSON.stringify(name)} was only guessed to be ${type} (confidence ${confidence}): ${reason}`,
    correction_hint: 'rename it, say more in domain_hint, send samples, or declare its type with POST /api/v1/generate',
    pointer: '',
    suggested_fix: { strict_contract: false },
  }));

type CompiledContract = { ok: true; plan: Plan } | { ok: false; problems: readonly Problem[] };

async function compiled(contract: Contract, validate: boolean, context: SchemaContext): Promise<CompiledContract> {
  // What inference proposes is within every plan: how deep it nests is no business of the caller's.
  const limits = validate ? context : { ...context, nestedDepth: Number.POSITIVE_INFINITY };
  const checked = await checkSchemaFields(contract.fields, limits);
  if (checked.ok) return { ok: true, plan: checked.compiled.plan };
  const fewer = await context.plans.compile(contract.fields, context.day, 1);
  const problems = checked.faults.map(({ index, code, message, hint }): Problem => {
    const name = index === undefined ? undefined : contract.fields[index]?.name;
    const place = name === undefined ? '' : `${JSON.stringify(name)}: `;
    const fix = code === 'unique_exhausted' && fewer.ok ? { suggested_fix: { count: fewer.plan.capacity } } : {};
    return { code, field: name ?? 'field_names', message: place + message, correction_hint: hint, pointer: '', ...fix };
  });
  return { ok: false, problems };
}
