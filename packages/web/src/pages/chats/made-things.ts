/** Something of the workspace that a result names. */
export interface MadeThing {
  readonly id: string;
  readonly kind: 'Template' | 'Run' | 'Set' | 'Scenario' | 'Connection';
}

const KINDS: Readonly<Record<string, MadeThing['kind']>> = {
  tmpl: 'Template',
  run: 'Run',
  set: 'Set',
  scn: 'Scenario',
  conn: 'Connection',
};
const ID = /^(tmpl|run|set|scn|conn)_[0-9a-z]{20,26}$/;
const MOST = 6;
/** Rows are what somebody made up: an id in one means nothing. */
const DATA = new Set(['rows', 'data', 'sample', 'samples']);

/** The first few things that a result names by their ids, each once. */
export function madeThings(result: unknown): MadeThing[] {
  const found = new Map<string, MadeThing>();
  const look = (value: unknown, depth: number): void => {
    if (found.size === MOST || depth > 6) return;
    if (typeof value === 'string') {
      const kind = KINDS[ID.exec(value)?.[1] ?? ''];
      if (kind !== undefined) found.set(value, { id: value, kind });
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) if (!DATA.has(name)) look(inner, depth + 1);
    }
  };
  look(result, 0);
  return [...found.values()];
}
