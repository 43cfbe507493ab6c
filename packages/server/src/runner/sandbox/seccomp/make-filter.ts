import {
  ARCHITECTURE,
  argument,
  assemble,
  CALL_NUMBER,
  give,
  type Instruction,
  JUMP_ANY_BIT,
  JUMP_AT_LEAST,
  JUMP_EQUAL,
  load,
  when,
} from './bpf.ts';
import {
  ALLOW,
  ARGUMENT_RULES,
  type Architecture,
  type ArgumentRule,
  AS_IF_MISSING,
  AUDIT_ARCHITECTURE,
  allowedCalls,
  callNumbers,
  DENIED,
  ENOSYS,
  fail,
  KILL_PROCESS,
} from './rules.ts';

/** Numbers from `from` up to where the next stretch begins, and what is done with a call of one. */
interface Stretch {
  readonly from: number;
  readonly verdict: number | ArgumentRule;
}

/** Calls of the x32 ABI have this bit in their number (asm/unistd.h); they come with the architecture of x86-64. */
const X32_BIT = 0x40000000;

/**
 * The filter of a sandbox: classic BPF for seccomp, as `bwrap --seccomp` reads it.
 *
 * It allows what rules.ts names and denies the rest with an error, so that a program is told; a call made as another architecture
 * (32-bit code, x32) kills the process, for its numbers mean other calls. Numbers are looked up by halving, so a call costs about
 * ten comparisons.
 */
export function makeFilter(architecture: Architecture): Buffer {
  return assemble([
    load(ARCHITECTURE),
    { code: JUMP_EQUAL, k: AUDIT_ARCHITECTURE[architecture], jt: 1, jf: 0 },
    give(KILL_PROCESS),
    load(CALL_NUMBER),
    ...lookUp(stretches(architecture)),
  ]);
}

/** All numbers from 0 on, neighbours of the same verdict as one. */
function stretches(architecture: Architecture): Stretch[] {
  const numbers = callNumbers(architecture);
  const named = new Map(Object.entries(numbers).map(([name, number]) => [number, verdictOf(name)]));
  const last = Math.max(...named.keys());
  const all: Stretch[] = [];
  const add = (from: number, verdict: Stretch['verdict']): void => {
    if (all.at(-1)?.verdict !== verdict) all.push({ from, verdict });
  };
  for (let number = 0; number <= last; number++) add(number, named.get(number) ?? fail(ENOSYS));
  add(last + 1, fail(ENOSYS));
  add(X32_BIT, KILL_PROCESS);
  return all;
}

function verdictOf(name: string): Stretch['verdict'] {
  if (Object.hasOwn(ARGUMENT_RULES, name)) return ARGUMENT_RULES[name]!;
  if (allowedCalls.has(name)) return ALLOW;
  return AS_IF_MISSING.includes(name) ? fail(ENOSYS) : DENIED;
}

function lookUp(all: readonly Stretch[]): Instruction[] {
  if (all.length === 1) return decide(all[0]!.verdict);
  const middle = all.length >> 1;
  const lower = lookUp(all.slice(0, middle));
  const upper = lookUp(all.slice(middle));
  const pivot = all[middle]!.from;
  return when(JUMP_AT_LEAST, pivot, upper, lower);
}

function decide(verdict: Stretch['verdict']): Instruction[] {
  if (typeof verdict === 'number') return [give(verdict)];
  const { values, otherwise } = verdict;
  const judged = Array.isArray(values)
    ? anyOf(values, otherwise)
    : when(JUMP_ANY_BIT, (values as { none: number }).none, [give(otherwise)], [give(ALLOW)]);
  return [load(argument(verdict.argument)), ...judged];
}

function anyOf(values: readonly number[], otherwise: number): Instruction[] {
  const tests = values.map((k, at) => ({ code: JUMP_EQUAL, k, jt: values.length - at, jf: 0 }));
  return [...tests, give(otherwise), give(ALLOW)];
}
