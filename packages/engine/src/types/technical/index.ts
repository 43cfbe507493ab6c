import { add, bind, get, type Int, type Piece, pick, text } from '../../plan/program.ts';
import { aliasTable } from '../../random/alias-table.ts';
import { addLuhn } from '../checks/check-digits.ts';
import { Identifier } from '../checks/identifier.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { listType } from '../list-type.ts';
import { drawnHex } from './hex.ts';
import { idTypes } from './ids.ts';
import lists from './lists.json' with { type: 'json' };

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const UPPER = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const DIGITS = [...'0123456789'];
const BASE64URL = [...UPPER, ...LETTERS, ...DIGITS, '-', '_'];
/** Without characters that look alike. */
const PASSWORD = [...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%&*+-=?@_'];

const drawn = (count: number, from: readonly string[], { choose }: BuildContext): Piece[] =>
  Array.from({ length: count }, () => pick(from, choose(from.length)));
const integer = (value: Int): Piece => ({ p: 'integer', value });

const HASH_BYTES: Readonly<Record<string, number>> = {
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  crc32: 4,
};

/** Versions of browsers as their user agents tell them; a class of versions for each kind of browser. */
function userAgent(context: BuildContext): Piece[] {
  const systems = lists.agents.map(([system = '']) => system);
  const chrome = (): Piece[] => [
    text('Mozilla/5.0 ('),
    pick(systems, context.choose(systems.length)),
    text(') AppleWebKit/537.36 (KHTML, like Gecko) Chrome/'),
    integer(add(context.choose(30), 115)),
    text('.0.0.0 Safari/537.36'),
  ];
  if (context.unique) return chrome();
  const firefox: Piece[] = [
    bind('version', add(context.draw(30), 115)),
    text('Mozilla/5.0 (X11; Linux x86_64; rv:'),
    integer(get('version')),
    text('.0) Gecko/20100101 Firefox/'),
    integer(get('version')),
    text('.0'),
  ];
  const safari: Piece[] = [
    text('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/'),
    integer(add(context.draw(3), 16)),
    text('.'),
    integer(context.draw(6)),
    text(' Safari/605.1.15'),
  ];
  const cases = [chrome(), firefox, safari];
  return [{ p: 'switch', on: { op: 'weighted', odds: aliasTable([70, 12, 18]) }, cases }];
}

/** What software and networks make. */
export const technicalTypes: readonly FieldType[] = [
  ...idTypes,
  defineType({
    key: 'hash',
    label: 'Hash',
    family: 'technical',
    summary: 'Drawn hexadecimal digits of the length of a digest: of nothing in particular.',
    aliases: ['checksum', 'digest', 'md5', 'sha1', 'sha256'],
    options: {
      algorithm: {
        kind: 'one of',
        values: Object.keys(HASH_BYTES),
        summary: 'Whose length it has.',
        default: 'sha256',
      },
    },
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    build: ({ algorithm }, context) => ({
      kind: 'string',
      body: drawnHex(HASH_BYTES[algorithm as string] ?? 32, context),
    }),
  }),
  defineType({
    key: 'git_commit',
    label: 'Git commit',
    family: 'technical',
    summary: '40 hexadecimal digits, or the first 7.',
    aliases: ['commit_sha', 'commit_hash', 'git_sha'],
    options: { short: { kind: 'boolean', summary: 'The first 8 digits only.', default: false } },
    example: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    build: ({ short }, context) => ({ kind: 'string', body: drawnHex(short === true ? 4 : 20, context) }),
  }),
  defineType({
    key: 'git_branch',
    label: 'Git branch',
    family: 'technical',
    summary: 'Name of a branch.',
    aliases: ['branch_name'],
    options: {},
    example: 'feature/4821-pagination',
    build: (_, { choose }) => {
      const topics = [
        'pagination',
        'login',
        'cache',
        'export',
        'search',
        'invoice',
        'roles',
        'upload',
        'retry',
        'dates',
      ];
      const kinds = ['feature', 'fix', 'chore', 'docs', 'hotfix'];
      return {
        kind: 'string',
        body: [
          pick(kinds, choose(kinds.length)),
          text('/'),
          integer(add(choose(9000), 1000)),
          text('-'),
          pick(topics, choose(topics.length)),
        ],
      };
    },
  }),
  defineType({
    key: 'commit_message',
    label: 'Commit message',
    family: 'technical',
    summary: 'First line of a commit.',
    options: {},
    example: 'Fix the retry loop',
    build: (_, { lists: locale, choose }) => {
      const verbs = locale.once('commit verbs', () =>
        lists.verbs.map((verb) => verb.charAt(0).toUpperCase() + verb.slice(1)),
      );
      return {
        kind: 'string',
        body: [pick(verbs, choose(verbs.length)), text(' '), pick(lists.things, choose(lists.things.length))],
      };
    },
  }),
  defineType({
    key: 'semver',
    label: 'Version',
    family: 'technical',
    summary: 'A version of Semantic Versioning 2.0.0.',
    aliases: ['version', 'semantic_version', 'app_version'],
    options: {},
    example: '2.14.3',
    build: (_, { choose }) => ({
      kind: 'string',
      body: [integer(choose(12)), text('.'), integer(choose(40)), text('.'), integer(choose(30))],
    }),
  }),
  defineType({
    key: 'token',
    label: 'Token',
    family: 'technical',
    summary: 'Drawn characters of base64url, as access tokens have.',
    aliases: ['access_token', 'api_token', 'session_id', 'secret'],
    options: { length: { kind: 'integer', min: 1, max: 512, summary: 'Number of characters.', default: 40 } },
    example: 'q7Zt2m-Vb0X_kR4uPaYw9cJ1sLhG6eDnTfQiOyBx',
    sensitive: true,
    build: ({ length }, context) => ({ kind: 'string', body: drawn(length as number, BASE64URL, context) }),
  }),
  defineType({
    key: 'api_key',
    label: 'API key',
    family: 'technical',
    summary: 'A prefix and drawn letters and digits.',
    options: { prefix: { kind: 'string', maxLength: 40, summary: 'What it begins with.', default: 'test_' } },
    example: 'test_4fT9xQ2mLs8Zr1Vd6Yb3Kw7J',
    sensitive: true,
    build: ({ prefix }, context) => ({
      kind: 'string',
      body: [text(prefix as string), ...drawn(24, [...UPPER, ...LETTERS, ...DIGITS], context)],
    }),
  }),
  defineType({
    key: 'password',
    label: 'Password',
    family: 'technical',
    summary: 'Letters, digits and signs that do not look alike: a capital, a small letter and a digit among them.',
    options: { length: { kind: 'integer', min: 4, max: 128, summary: 'Number of characters.', default: 14 } },
    example: 'Kd7!mQz4w&Rtp2',
    sensitive: true,
    build: ({ length }, context) => ({
      kind: 'string',
      body: [
        ...drawn(1, [...'ABCDEFGHJKLMNPQRSTUVWXYZ'], context),
        ...drawn(1, [...'abcdefghijkmnpqrstuvwxyz'], context),
        ...drawn(1, [...'23456789'], context),
        ...drawn((length as number) - 3, PASSWORD, context),
      ],
    }),
  }),
  defineType({
    key: 'pin',
    label: 'PIN',
    family: 'technical',
    summary: 'Drawn digits.',
    aliases: ['pin_code', 'otp', 'verification_code'],
    options: { length: { kind: 'integer', min: 3, max: 12, summary: 'Number of digits.', default: 4 } },
    example: '4829',
    sensitive: true,
    build: ({ length }, context) => ({ kind: 'string', body: drawn(length as number, DIGITS, context) }),
  }),
  defineType({
    key: 'mac_address',
    label: 'MAC address',
    family: 'technical',
    summary: 'Six bytes; locally administered, so no maker owns it.',
    aliases: ['MAC Address', 'mac', 'macAddress'],
    options: { separator: { kind: 'one of', values: [':', '-', ''], summary: 'Between bytes.', default: ':' } },
    example: '02:1b:44:11:3a:b7',
    build: ({ separator }, context) => ({
      kind: 'string',
      body: [text('02'), ...drawnHex(5, context).flatMap((byte): Piece[] => [text(separator as string), byte])],
    }),
  }),
  defineType({
    key: 'ipv6',
    label: 'IPv6 address',
    family: 'internet',
    summary: 'An address of the block for documentation (2001:db8::/32, RFC 3849).',
    aliases: ['ip_v6', 'ipv6_address'],
    options: {},
    example: '2001:0db8:4a1f:03c2:9b77:0e5d:61aa:f238',
    build: (_, context) => ({
      kind: 'string',
      body: [
        text('2001:0db8'),
        ...Array.from({ length: 6 }, (): Piece[] => [text(':'), ...drawnHex(2, context)]).flat(),
      ],
    }),
  }),
  defineType({
    key: 'port',
    label: 'Port',
    family: 'internet',
    summary: 'A TCP port that needs no privileges.',
    aliases: ['port_number'],
    options: {},
    example: 8443,
    build: (_, { choose }) => ({ kind: 'integer', body: [integer(add(choose(64_512), 1024))] }),
  }),
  defineType({
    key: 'domain_name',
    label: 'Domain name',
    family: 'internet',
    summary: 'A name under a domain reserved for examples.',
    aliases: ['Domain Name', 'domain', 'hostname', 'host'],
    options: {},
    example: 'kettle-stone.example.com',
    localised: true,
    build: (_, { lists: locale, choose, draw }) => {
      const words = locale.asciiWords;
      const domains = ['.example.com', '.example.org', '.example.net'];
      return {
        kind: 'string',
        body: [pick(words, choose(words.length)), text('-'), pick(words, choose(words.length)), pick(domains, draw(3))],
      };
    },
  }),
  listType({
    key: 'top_level_domain',
    label: 'Top-level domain',
    family: 'internet',
    summary: 'A common top-level domain.',
    aliases: ['tld'],
    values: lists.tlds,
  }),
  listType({
    key: 'http_method',
    label: 'HTTP method',
    family: 'internet',
    summary: 'A method of HTTP.',
    aliases: ['request_method', 'verb'],
    values: lists.methods,
    weights: lists.methodWeights,
  }),
  defineType({
    key: 'http_status',
    label: 'HTTP status',
    family: 'internet',
    summary: 'A status code of HTTP; success most often.',
    aliases: ['http_status_code', 'status_code', 'response_code'],
    options: {},
    example: 200,
    build: (_, context) => {
      const weights = lists.statuses.map((_, i) => (i === 0 ? 60 : i < 4 ? 5 : 2));
      const index: Int = context.unique
        ? context.choose(weights.length)
        : { op: 'weighted', odds: aliasTable(weights) };
      return {
        kind: 'integer',
        body: [integer({ op: 'lookup', table: lists.statuses.map(([code]) => Number(code)), index })],
      };
    },
  }),
  listType({
    key: 'protocol',
    label: 'Protocol',
    family: 'internet',
    summary: 'Scheme of an address.',
    aliases: ['url_scheme'],
    values: lists.protocols,
  }),
  listType({
    key: 'mime_type',
    label: 'Media type',
    family: 'files and media',
    summary: 'A media type of IANA.',
    aliases: ['media_type', 'content_type', 'mime'],
    values: lists.mime,
  }),
  defineType({
    key: 'user_agent',
    label: 'User agent',
    family: 'internet',
    summary: 'What a browser of the years 2023 to 2026 calls itself.',
    aliases: ['userAgent', 'browser_user_agent'],
    options: {},
    example: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
    build: (_, context) => ({ kind: 'string', body: userAgent(context) }),
  }),
  listType({
    key: 'browser',
    label: 'Browser',
    family: 'internet',
    summary: 'Name of a browser.',
    values: ['Chrome', 'Safari', 'Edge', 'Firefox', 'Opera', 'Samsung Internet'],
    weights: [64, 19, 5, 4, 3, 5],
  }),
  listType({
    key: 'operating_system',
    label: 'Operating system',
    family: 'technical',
    summary: 'Name and version of an operating system.',
    aliases: ['os', 'platform'],
    values: lists.systems,
  }),
  listType({
    key: 'device_type',
    label: 'Device',
    family: 'technical',
    summary: 'Kind of a device.',
    aliases: ['device'],
    values: lists.devices,
    weights: lists.deviceWeights,
  }),
  listType({
    key: 'programming_language',
    label: 'Programming language',
    family: 'technical',
    summary: 'Name of a programming language.',
    values: lists.languages,
  }),
  listType({
    key: 'database_engine',
    label: 'Database engine',
    family: 'technical',
    summary: 'Name of a database system.',
    values: lists.databases,
  }),
  listType({
    key: 'column_name',
    label: 'Column name',
    family: 'technical',
    summary: 'Name of a column.',
    aliases: ['field_name'],
    values: lists.columns,
  }),
  listType({
    key: 'environment',
    label: 'Environment',
    family: 'technical',
    summary: 'Where software runs.',
    aliases: ['deployment_environment', 'stage'],
    values: lists.environments,
  }),
  listType({
    key: 'log_level',
    label: 'Log level',
    family: 'technical',
    summary: 'Severity of a log line.',
    aliases: ['severity'],
    values: lists.levels,
    weights: lists.levelWeights,
    example: 'INFO',
  }),
  listType({
    key: 'priority',
    label: 'Priority',
    family: 'technical',
    summary: 'How urgent something is.',
    values: lists.priorities,
    weights: lists.priorityWeights,
    example: 'medium',
  }),
  defineType({
    key: 'imei',
    label: 'IMEI',
    family: 'technical',
    summary: 'Number of a mobile device: a test type allocation code (00), 12 digits and a Luhn check digit.',
    options: {},
    example: '004999010640000',
    build: (_, context) => ({ kind: 'string', body: addLuhn(new Identifier(context).fixed('00').digits(12)).pieces }),
  }),
  defineType({
    key: 'imsi',
    label: 'IMSI',
    family: 'technical',
    summary: 'Number of a subscriber in the test network 001-01 (3GPP TS 23.003).',
    options: {},
    example: '001010123456789',
    build: (_, context) => ({ kind: 'string', body: new Identifier(context).fixed('00101').digits(10).pieces }),
  }),
  defineType({
    key: 'iccid',
    label: 'ICCID',
    family: 'technical',
    summary: 'Number of a SIM card, 19 digits with a Luhn check digit (ITU-T E.118).',
    aliases: ['sim_number'],
    options: {},
    example: '8901260481234567893',
    build: (_, context) => ({ kind: 'string', body: addLuhn(new Identifier(context).fixed('8999').digits(14)).pieces }),
  }),
  defineType({
    key: 'jwt',
    label: 'JWT',
    family: 'technical',
    summary: 'A JSON Web Token with a drawn subject, time and signature: well-formed, signed by nobody.',
    aliases: ['json_web_token'],
    options: {},
    example:
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0ODI5IiwiaWF0IjoxNzUyNDk5NTMwfQ.q7Zt2m-Vb0X_kR4uPaYw9cJ1sLhG6eDnTfQiOyBxabc',
    sensitive: true,
    slow: 'Base64 of JSON is made in JavaScript, row by row; the other fields of the template keep their speed.',
    build: (_, context) => ({
      kind: 'computed',
      maker: 'jwt',
      options: {},
      input: {
        kind: 'string',
        body: [
          integer(context.choose(1_000_000_000)),
          text(' '),
          integer(add(context.draw(150_000_000), 1_600_000_000)),
          text(' '),
          ...drawn(43, BASE64URL, { ...context, choose: (below) => context.draw(below) }),
        ],
      },
    }),
  }),
];
