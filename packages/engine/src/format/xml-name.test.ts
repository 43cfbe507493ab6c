import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isXmlName, xmlName } from './xml-name.ts';

it.each([
  ['first_name', 'first_name'],
  ['first name', 'first_x0020_name'],
  ['2nd', '_x0032_nd'],
  ['a:b', 'a_x003A_b'],
  ['_x0020_', '_x005F_x0020_'],
  ['xmlns', '_x0078_mlns'],
  ['größe', 'größe'],
  ['漢字', '漢字'],
  ['😀', '_x01F600_'],
])('names the element of %s %s', (text, name) => expect(xmlName(text)).toBe(name));

it('gives different texts different names, each one of XML', () => {
  const text = fc.string({
    unit: fc.constantFrom('_', 'x', '0', '2', ' ', 'a', '😀', '5', 'F'),
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(xmlName(a) === xmlName(b)).toBe(a === b);
      expect(xmlName(a)).toMatch(/^[A-Za-z_][A-Za-z0-9_.-]*$/);
      expect(isXmlName(a)).toBe(xmlName(a) === a);
    }),
  );
});
