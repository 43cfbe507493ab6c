import { createHash } from 'node:crypto';
import type { BrokerHandler, BrokerRequest, BrokerResponse } from '../../../runner/broker/broker-handler.ts';
import { answerOf, ask, bodyOf, bytesOf, notInDryRun } from './asking.ts';
import type { WritePlan } from './write-plan.ts';

const KINDS: Readonly<Record<string, string>> = {
  csv: 'csv',
  json: 'json',
  ndjson: 'ndjson',
  yaml: 'yaml',
  yml: 'yaml',
  xlsx: 'xlsx',
};

/** Workspace files that a dry run would have written or deleted, as it sees them itself. */
export class KeptFiles {
  readonly #plan: WritePlan;
  /** null: deleted. */
  readonly #files = new Map<string, Buffer | null>();

  constructor(plan: WritePlan) {
    this.#plan = plan;
  }

  async write(request: BrokerRequest): Promise<BrokerResponse> {
    const { bytes } = await bodyOf(request);
    const found = partsOf(bytes, request.headers['content-type'] ?? '');
    this.#plan.add({ action: 'write_file', connection: null, target: found?.name ?? '', rows: null, first_rows: [] });
    if (found === undefined) return notInDryRun('to upload such a form');
    const { name, content } = found;
    this.#files.set(name, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const kind = KINDS[name.split('.').at(-1) ?? ''] ?? 'text';
    return answerOf(201, { name, size: content.length, uploaded_at: new Date().toISOString(), kind, sha256 });
  }

  async read(request: BrokerRequest, api: BrokerHandler, name: string): Promise<BrokerResponse> {
    const kept = this.#files.get(name);
    if (kept === undefined) return api(request);
    return kept === null ? answerOf(404, noFile(name)) : bytesOf(200, kept, 'application/octet-stream');
  }

  async delete(request: BrokerRequest, api: BrokerHandler, name: string): Promise<BrokerResponse> {
    const kept = this.#files.get(name);
    const path = request.path.replace(/\?.*/s, '');
    const there = kept === undefined ? (await ask(api, request, 'GET', path)).status === 200 : kept !== null;
    if (!there) return answerOf(404, noFile(name));
    this.#plan.add({ action: 'delete_file', connection: null, target: name, rows: null, first_rows: [] });
    this.#files.set(name, null);
    return answerOf(204);
  }
}

/** The name and the bytes in a form, as POST /workspace/files takes it. */
function partsOf(body: Buffer, type: string): { readonly name: string; readonly content: Buffer } | undefined {
  const boundary = /boundary="?([^";]+)/i.exec(type)?.[1];
  if (boundary === undefined) return undefined;
  const text = body.toString('latin1');
  let name: string | undefined;
  let content: Buffer | undefined;
  for (const part of text.split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const value = Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/, ''), 'latin1');
    if (/;\s*name="name"/i.test(head)) name = value.toString();
    if (/;\s*name="file"/i.test(head)) content = value;
  }
  return name === undefined || content === undefined ? undefined : { name, content };
}

const noFile = (name: string) => ({
  error: {
    code: 'not_found',
    message: `there is no file ${JSON.stringify(name.slice(0, 80))}`,
    details: {},
    request_id: 'req_dry_run',
  },
});
