import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LOOKS } from './annotations.ts';
import type { Api } from './api/api.ts';
import { callTool, type ToolCall } from './call-tool.ts';
import { MOST_RESULT_BYTES } from './cap-result.ts';
import { defineTool, type Tool, type ToolContext } from './tool.ts';
import { ToolError } from './tool-error.ts';

const NOTHING_THERE: Api = {
  json: () => Promise.reject(new Error('nothing is asked here')),
  text: () => Promise.reject(new Error('nothing is asked here')),
};

const tool = (call: (context: ToolContext) => Promise<object>): Tool =>
  defineTool({
    name: 'look',
    title: 'Look',
    description: 'Looks.',
    input: z.strictObject({ template: z.string(), limit: z.int().max(5).default(2) }),
    output: z.strictObject({ rows: z.array(z.unknown()) }),
    annotations: LOOKS,
    risk: 'read',
    permission: 'read',
    readsForeignData: true,
    call: (_input, context) => call(context) as Promise<{ rows: unknown[] }>,
  });

const faults: unknown[] = [];
const call = (more: Partial<ToolCall> = {}): ToolCall => ({
  openApi: () => NOTHING_THERE,
  signal: new AbortController().signal,
  progress: () => undefined,
  onFault: (fault) => faults.push(fault),
  ...more,
});

describe('calling a tool', () => {
  it('gives what it says, marked as data', async () => {
    const { structured, text, isError } = await callTool(
      tool(async () => ({ rows: [1] })),
      { template: 'a' },
      call(),
    );
    expect({ structured, isError }).toEqual({
      structured: { untrusted: true, truncated: false, data: { rows: [1] } },
      isError: false,
    });
    expect(JSON.parse(text)).toEqual(structured);
  });

  it('names the keys there are, and the one that was meant', async () => {
    const { error, text } = await callTool(
      tool(async () => ({ rows: [] })),
      { templat: 'a', limit: 9 },
      call(),
    );
    expect(error).toMatchObject({ code: 'validation_error', hint: 'look takes template, limit' });
    const shown = JSON.parse(text) as { error: { details: readonly object[] } };
    expect(shown.error.details).toEqual([
      expect.objectContaining({ pointer: '/template' }),
      expect.objectContaining({ pointer: '/limit' }),
      expect.objectContaining({ code: 'unknown_key', pointer: '/templat', hint: 'did you mean "template"?' }),
    ]);
  });

  it('cuts what is too large, and says so', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => ({ i, text: 'ü'.repeat(100) }));
    const { structured, text } = await callTool(
      tool(async () => ({ rows })),
      { template: 'a' },
      call(),
    );
    expect(structured?.truncated).toBe(true);
    const kept = structured?.data['rows'] as object[];
    expect(kept).toEqual(rows.slice(0, kept.length));
    expect(kept.length).toBeGreaterThan(100);
    expect(Buffer.byteLength(text)).toBeLessThan(MOST_RESULT_BYTES + 200);
  });

  it('ends a tool that takes too long, and tells it', async () => {
    let told: AbortSignal | undefined;
    const endless = tool(({ signal }) => {
      told = signal;
      return new Promise(() => undefined);
    });
    const { error } = await callTool(endless, { template: 'a' }, call({ timeoutMs: 20 }));
    expect(error?.code).toBe('timed_out');
    expect(told?.aborted).toBe(true);
  });

  it('stops when nobody waits any more', async () => {
    const gone = new AbortController();
    const endless = tool(() => {
      gone.abort();
      return new Promise(() => undefined);
    });
    expect((await callTool(endless, { template: 'a' }, call({ signal: gone.signal }))).error?.code).toBe('cancelled');
  });

  it('passes on what a tool says of its failure, and nothing of what nobody foresaw', async () => {
    const known = await callTool(
      tool(() => Promise.reject(new ToolError('not_found', 'there is no such template'))),
      { template: 'a' },
      call(),
    );
    expect(JSON.parse(known.text)).toEqual({ error: { code: 'not_found', message: 'there is no such template' } });
    expect(faults).toEqual([]);
    const broken = await callTool(
      tool(() => Promise.reject(new TypeError('x is not a function'))),
      { template: 'a' },
      call(),
    );
    expect(broken.error?.code).toBe('internal_error');
    expect(broken.text).not.toContain('x is not a function');
    expect(faults).toHaveLength(1);
    const lying = await callTool(
      tool(async () => ({ rows: 'none' })),
      { template: 'a' },
      call(),
    );
    expect(lying.error?.code).toBe('internal_error');
    expect(faults).toHaveLength(2);
  });
});
