import type { Answer } from '../client.ts';

/** What differs from request to request, and is no part of what was promised. */
const PASSING = ['date', 'request-id', 'content-length', 'connection', 'keep-alive', 'transfer-encoding'];
/** Answers beyond this have tests of their own: documents, pages. */
const MOST_TEXT = 6000;
const HOUR_MS = 3_600_000;

const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const HTTP_DATE = /\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g;
/** Drawn by chance: ids, tokens and keys, in that order of length. */
const DRAWN: readonly (readonly [RegExp, string])[] = [
  [/\b127\.0\.0\.1:\d+/g, '<here>'],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>'],
  [/\bctr_[0-9a-f]{12,64}\b/g, '<ctr>'],
  [/\b[0-9a-f]{64}\b/g, '<sha256>'],
  [/\b(dm[isr]|dmk_[a-z]+)_[\w-]{40,}/g, '$1_<token>'],
  [/\bDATAGEN-([A-Z]+)-[0-9a-f]{40}/g, 'DATAGEN-$1-<token>'],
  [/\bdmk_[a-z]+_\w+…/g, 'dmk_…'],
  [/\b([a-z]{2,5})_[0-9a-z]{26}\b/g, '<$1>'],
  // Names that are taken once have numbers.
  [/(?<!utf-)(?<=[ _(-])\d+/gi, '#'],
];

/** Headers that most answers have: only what is otherwise is told. */
const COMMON: Readonly<Record<string, string>> = {
  'cache-control': 'private, no-cache',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'content-type': 'application/json; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
};

export interface DescribedAnswer {
  readonly status: number;
  /** Those that are not as most answers have them; null: it is not there. */
  readonly headers: Readonly<Record<string, string | null>>;
  readonly body: unknown;
}

/** An act as it is stored. */
export interface NotedAct {
  readonly action: string;
  readonly subject_id: string | null;
  readonly project_id: string | null;
  readonly person_id: string | null;
  readonly credential_id: string | null;
  readonly details: object;
}

/** Says what an answer is, without what is drawn or counted: times by how far they are from now, ids by what they are of. */
export class AnswerDescriber {
  readonly #names: ReadonlyMap<string, string>;

  /** @param names what ids that are known beforehand are called */
  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
  }

  answer({ status, headers, text, body }: Answer<unknown>): DescribedAnswer {
    const told = [...headers].filter(([name, value]) => !PASSING.includes(name) && value !== COMMON[name]);
    const missing = Object.keys(COMMON).flatMap((name) => (headers.has(name) ? [] : [[name, null]]));
    const type = headers.get('content-type') ?? '';
    return {
      status,
      headers: Object.fromEntries([
        ...told.map(([name, value]) => [name, name === 'x-datamaker-seed' ? '<seed>' : this.#text(value)]),
        ...missing,
      ]),
      body: body === null ? this.#plain(text, type) : text.length > MOST_TEXT ? '<long>' : this.value(body),
    };
  }

  /** What the audit says, in a sentence; the end of an export is told of when the client has its answer already. */
  acts(acts: readonly NotedAct[]): readonly object[] {
    const name = (id: string | null): string => (id === null ? 'nothing' : this.#text(id));
    return acts
      .filter(({ action }) => action !== 'export.ended')
      .map(({ action, subject_id, project_id, person_id, credential_id, details }) => ({
        act: `${action} of ${name(subject_id)} in ${name(project_id)} by ${name(person_id)} with ${name(credential_id)}`,
        details: this.value(details),
      }));
  }

  /** A value of JSON; of lists of objects the first one. */
  value(given: unknown): unknown {
    if (typeof given === 'string') return this.#text(given);
    if (typeof given === 'number') return Number.isInteger(given) && Math.abs(given) < 10 ? given : '<number>';
    if (Array.isArray(given)) {
      const some = typeof given[0] === 'object' ? given.slice(0, 1) : given;
      return some.map((one) => this.value(one));
    }
    if (typeof given !== 'object' || given === null) return given;
    return Object.fromEntries(Object.entries(given).map(([key, inner]) => [this.#text(key), this.#member(key, inner)]));
  }

  #member(key: string, value: unknown): unknown {
    if (CHANGING.has(key)) return `<${key}>`;
    if (key === 'seed' && typeof value === 'string') return '<seed>';
    // People of these tests call themselves otherwise in between, and their workspace.
    if (key === 'name' && /^(owner|member|renamed|Ours|My workspace)$/.test(String(value))) return '<name>';
    return this.value(value);
  }

  #plain(text: string, type: string): unknown {
    if (type.startsWith('text/event-stream')) {
      const events = [...text.matchAll(/^event: (.*)$/gm)].map(([, name]) => name);
      return events.filter((name, index) => name !== events[index - 1]);
    }
    if (!/^(text\/(plain|csv|x-python)|application\/x-ndjson)/.test(type)) return text === '' ? '' : '<bytes>';
    return this.#text(text.length > MOST_TEXT ? '<long>' : (text.split('\n')[0] ?? ''));
  }

  #text(text: string): string {
    const named = text.replaceAll(/\b[a-z]{2,5}_[0-9a-z]{26}\b/g, (id) => this.#names.get(id) ?? id);
    const timed = named.replaceAll(MOMENT, fromNow).replaceAll(HTTP_DATE, fromNow);
    return DRAWN.reduce((all, [pattern, word]) => all.replaceAll(pattern, word), timed);
  }
}

/** What depends on what else there is, or is drawn: rows, places, sums. */
const CHANGING = new Set([
  ...['total', 'bytes', 'rows', 'records', 'calls_today', 'records_today', 'seconds', 'used'],
  ...['email', 'planHash', 'key_prefix', 'row_count', 'runs', 'next_at', 'next_times', 'items'],
]);

/** A time, as how many hours it is from now: who made what is asked for did it within the half hour. */
function fromNow(time: string): string {
  if (Date.parse(time) === 0) return '<never>';
  const hours = Math.round((Date.parse(time) - Date.now()) / HOUR_MS);
  return hours === 0 ? '<now>' : `<${hours > 0 ? '+' : ''}${hours}h>`;
}
