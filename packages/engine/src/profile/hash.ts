/** Two 32-bit hashes of a text, independent of each other: MurmurHash3's steps and finaliser (A. Appleby, public domain). */
export function hashPair(text: string): readonly [number, number] {
  let a = 0x9747b28c;
  let b = 0x3c6ef372;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(rotate(a ^ Math.imul(code, 0xcc9e2d51), 13), 5) + 0xe6546b64;
    b = Math.imul(rotate(b ^ Math.imul(code, 0x1b873593), 15), 9) + 0x561ccd1b;
  }
  return [finish(a ^ text.length), finish(b ^ Math.imul(text.length, 0x9e3779b1))];
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

function finish(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
