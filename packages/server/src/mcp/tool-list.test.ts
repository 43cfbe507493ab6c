import { readFileSync, writeFileSync } from 'node:fs';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TOOLS } from '../tools/tools.ts';
import { presentTool } from './present-tool.ts';

/** What models of clients are told of all tools has to leave room for the work. */
const MOST_TOKENS = 6000;
const CONTRACT = new URL('../../../../contracts/mcp-tools.json', import.meta.url);

/** All that is promised of a tool: as it is listed, what it answers, and what it may do. */
const contract = TOOLS.map((tool) => ({
  ...presentTool(tool),
  title: tool.title,
  output: z.toJSONSchema(tool.output, { io: 'input', unrepresentable: 'any' }),
  risk: tool.risk,
  permission: tool.permission,
  readsForeignData: tool.readsForeignData,
}));

describe('the list of tools', () => {
  it('is short', () => {
    const listed = TOOLS.map(presentTool);
    const tokens = encode(JSON.stringify(listed)).length;
    console.log(`${listed.length} tools are ${tokens} tokens (o200k_base)`);
    expect(tokens).toBeLessThan(MOST_TOKENS);
    expect(listed.length).toBeGreaterThanOrEqual(25);
  });

  it('is the one that was agreed on: DATAMAKER_UPDATE_CONTRACTS=1 agrees on another one', () => {
    const text = `${JSON.stringify(contract, null, 2)}\n`;
    if (process.env['DATAMAKER_UPDATE_CONTRACTS'] === '1') writeFileSync(CONTRACT, text);
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(CONTRACT, 'utf8')));
  });

  it.each(TOOLS)('$name says all of what it may do, and nothing that is not so', (tool) => {
    const { annotations, risk, permission, input, name, description } = tool;
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(description.length).toBeLessThan(200);
    expect(Object.values(annotations)).toEqual(Array(4).fill(expect.any(Boolean)));
    expect(annotations.readOnlyHint).toBe(risk === 'read');
    // What is lost, leaves or is executed waits for somebody's word: no tool of the other kinds may do that.
    if (annotations.destructiveHint) expect(risk).toBe('outbound_or_destructive');
    if (risk !== 'read') expect(permission).not.toBe('read');
    expect(input.safeParse({ nobody_knows: 1 }).success).toBe(false);
    expect(z.toJSONSchema(input, { io: 'input' })).toMatchObject({ additionalProperties: false });
  });
});
