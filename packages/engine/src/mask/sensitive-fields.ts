import { type Diagnostic, show } from '../template/diagnostic.ts';
import { detectByName, detectByValue } from './detect.ts';
import { isInside, nameOf, rowPointer } from './field-path.ts';
import type { KnownField } from './known-fields.ts';
import { type MaskRule, STRATEGIES } from './policy.ts';

/** Names are looked at once; so many are remembered. */
const MEMORY = 10_000;

/** Which fields hold personal data and have no strategy of their own. */
export class SensitiveFields {
  readonly #rules: readonly MaskRule[];
  readonly #known: ReadonlyMap<string, KnownField>;
  readonly #told: ReadonlySet<string>;
  /** Why a path is sensitive, undefined when neither template nor name say so. */
  readonly #reasons = new Map<string, string | undefined>();
  readonly #harmlessKeys = new Set<string>();
  #unnamed = new Map<string, Diagnostic>();

  constructor(rules: readonly MaskRule[], known: ReadonlyMap<string, KnownField>, told: readonly string[]) {
    this.#rules = rules;
    this.#known = known;
    this.#told = new Set(told);
  }

  /** Fields that the template marks sensitive without a strategy, whether or not a row has them. */
  unnamedInTemplate(): Diagnostic[] {
    const named = new Set(this.#rules.map(({ field }) => field));
    const redacted = this.#rules.filter(({ strategy }) => strategy === 'redact');
    return [...this.#known]
      .filter(([path, { sensitive }]) => sensitive && !named.has(path))
      .filter(([path]) => !redacted.some(({ field }) => isInside(path, field)))
      .map(([path]) => unnamed(path, 'the template marks it sensitive', ''));
  }

  /** Notes a field without a strategy, when its name, its value or the caller says that it is personal. */
  check(path: string, value: unknown, row: number): void {
    if (this.#unnamed.has(path)) return;
    const personal = typeof value === 'boolean' ? this.#toldOf(path) : this.#reasonOf(path);
    const reason = personal ?? byValue(value);
    if (reason !== undefined) this.#unnamed.set(path, unnamed(path, reason, rowPointer(row, path)));
  }

  /** Whether a key is a value by itself, as in { "ann@example.com": 3 }. */
  isPersonalKey(key: string): boolean {
    if (this.#harmlessKeys.has(key)) return false;
    if (detectByValue(key) !== undefined) return true;
    if (this.#harmlessKeys.size >= MEMORY) this.#harmlessKeys.clear();
    this.#harmlessKeys.add(key);
    return false;
  }

  /** What was noted, to be told once. */
  takeUnnamed(): readonly Diagnostic[] {
    const found = [...this.#unnamed.values()];
    this.#unnamed = new Map();
    return found;
  }

  #toldOf(path: string): string | undefined {
    if (this.#known.get(path)?.sensitive === true) return 'the template marks it sensitive';
    return this.#told.has(path) ? 'it is told to be sensitive' : undefined;
  }

  #reasonOf(path: string): string | undefined {
    if (this.#reasons.has(path)) return this.#reasons.get(path);
    const kind = detectByName(nameOf(path));
    const reason = this.#toldOf(path) ?? (kind === undefined ? undefined : `its name says ${kind}`);
    if (this.#reasons.size >= MEMORY) this.#reasons.clear();
    this.#reasons.set(path, reason);
    return reason;
  }
}

function byValue(value: unknown): string | undefined {
  const kind = detectByValue(value);
  return kind === undefined ? undefined : `a value of it looks like: ${kind}`;
}

const unnamed = (path: string, reason: string, pointer: string): Diagnostic => ({
  code: 'mask_unnamed_sensitive_field',
  pointer,
  message: `${show(path)} holds personal data (${reason}), and the policy names no strategy for it`,
  hint: `name one of ${STRATEGIES.join(', ')}; \`preserve\` leaves the field as it is`,
});
