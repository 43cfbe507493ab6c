import { describe, expect, it } from 'vitest';
import { planOf, textOf } from '../types/testing/compiled.ts';

describe('xml', () => {
  it('writes every kind of value as an element', async () => {
    const plan = await planOf([
      { name: 'n', type: 'sequence' },
      { name: 'a b', type: 'constant', options: { value: '<&>\u0001\r]]>' } },
      { name: 'nil', type: 'null' },
      { name: 'ok', type: 'constant', options: { value: true } },
      { name: 'empty', type: 'constant', options: { value: '' } },
      { name: 'any', type: 'constant', options: { value: { x: [1, null, { 'y z': 'v' }], e: {} } } },
      {
        name: 'list',
        type: 'template',
        options: { array: true, count: 2, fields: [{ name: 'k', type: 'constant', options: { value: 7 } }] },
      },
      { name: 'one', type: 'template', options: { fields: [{ name: 'k', type: 'sequence' }] } },
      { name: 'made', type: 'derived', options: { expression: '{{n}} < 2' } },
    ]);
    expect(textOf(plan, { format: 'xml', root: 'data', row: 'entry' }, 0, 1)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <entry><n>1</n><a_x0020_b>&lt;&amp;&gt;�&#13;]]&gt;</a_x0020_b><nil xsi:nil="true"/><ok>true</ok><empty></empty><any><x><item>1</item><item xsi:nil="true"/><item><y_x0020_z>v</y_x0020_z></item></x><e></e></any><list><item><k>7</k></item><item><k>7</k></item></list><one><k>1</k></one><made>1 &lt; 2</made></entry>
      </data>
      "
    `);
  });
});
