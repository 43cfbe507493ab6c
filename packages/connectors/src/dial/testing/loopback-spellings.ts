/** Ways to write the addresses of this machine: numbers in any base, fewer parts, IPv6 in all its forms, names. */
export const LOOPBACK_SPELLINGS: readonly string[] = [...new Set([...ofIpv4(), ...ofIpv6(), ...names()])];

/** What `inet_aton` takes: one to four parts, each decimal, octal or hexadecimal. */
function ofIpv4(): string[] {
  const addresses = [
    [127, 0, 0, 1],
    [127, 1, 2, 3],
    [127, 255, 255, 254],
    [0, 0, 0, 0],
  ];
  const bases = [
    (n: number) => String(n),
    (n: number) => `0${n.toString(8)}`,
    (n: number) => `000${n.toString(8)}`,
    (n: number) => `0x${n.toString(16)}`,
    (n: number) => `0X${n.toString(16).toUpperCase()}`,
    (n: number) => `0x00${n.toString(16)}`,
  ];
  return addresses.flatMap(([a = 0, b = 0, c = 0, d = 0]) => {
    const parts = [
      [a, b, c, d],
      [a, b, c * 256 + d],
      [a, (b * 256 + c) * 256 + d],
      [((a * 256 + b) * 256 + c) * 256 + d],
    ];
    return parts.flatMap((numbers) => [
      ...bases.map((write) => numbers.map(write).join('.')),
      `${numbers.join('.')}.`,
      numbers.map((n, i) => (bases[i % bases.length] ?? String)(n)).join('.'),
    ]);
  });
}

function ofIpv6(): string[] {
  const mapped = ['127.0.0.1', '127.1.2.3', '0.0.0.0'].flatMap((address) => {
    const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
    const [high, low] = [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
    return [
      '::ffff:',
      '::',
      '::ffff:0:',
      '64:ff9b::',
      '0:0:0:0:0:ffff:',
      '0000:0000:0000:0000:0000:FFFF:',
      '::FFFF:',
      '2a00::5efe:',
      '2a00::200:5efe:',
    ].flatMap((prefix) => [`${prefix}${address}`, `${prefix}${high}:${low}`]);
  });
  const plain = [
    '::1',
    '0:0:0:0:0:0:0:1',
    '0000:0000:0000:0000:0000:0000:0000:0001',
    '::0001',
    '0::1',
    '::',
    '0::0',
    '2002:7f00:1::',
    '2002:7f00:0001::1',
    'fe80::1',
    'fd00::1',
  ];
  return [...mapped, ...plain].flatMap((address) => [address, `[${address}]`, `${address}%lo`, `${address}%25lo`]);
}

function names(): string[] {
  return [
    'localhost',
    'LOCALHOST',
    'LocalHost',
    'localhost.',
    'localhost.localdomain',
    'ip6-localhost',
    'ip6-loopback',
    'x.localhost',
    'a.b.localhost',
    // Digits and dots of other scripts, which some libraries fold.
    '１２７.０.０.１',
    '127。0。0。1',
    '①②⑦.0.0.1',
    'ｌｏｃａｌｈｏｓｔ',
    'localhost\u200b',
    ' 127.0.0.1',
    '127.0.0.1 ',
    '127.0.0.1\t',
    '127.0.0.1\n',
    '127.0.0.1#',
    '127.0.0.1?',
    '127.0.0.1/',
    '127.0.0.1\\@example.com',
    'example.com@127.0.0.1',
    '127.0.0.1:80',
    '127.0.0.1%00',
    '%31%32%37.0.0.1',
    '127%2e0%2e0%2e1',
  ];
}
