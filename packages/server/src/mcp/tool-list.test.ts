import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { TOOLS } from '../tools/tools.ts';
import { presentTool } from './present-tool.ts';

/** What models of clients are told of all tools has to leave room for the work. */
const MOST_TOKENS = 6000;

describe('the list of tools', () => {
  it('is short', () => {
    const listed = TOOLS.map(presentTool);
    const tokens = encode(JSON.stringify(listed)).length;
    console.log(`${listed.length} tools, ${tokens} tokens (o200k_base)`);
    for (const one of listed) console.log(one.name, encode(JSON.stringify(one)).length);
    expect(tokens).toBeLessThan(MOST_TOKENS);
  });
});
