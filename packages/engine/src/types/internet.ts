import { bind, get, lookup, type Piece, pick, text } from '../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from './field-type.ts';
import { uuidPieces } from './technical/ids.ts';
import type { TypeRules } from './type-rules.ts';
import { URL_RULES } from './url-rules.ts';

/** First octets of public unicast addresses: not 0, 10, 127, nor blocks that are wholly special (IANA registry, RFC 6890). */
const PUBLIC_OCTETS = Array.from({ length: 223 }, (_, i) => i + 1).filter(
  (octet) => ![10, 100, 127, 169, 172, 192, 198, 203].includes(octet),
);

const octet = (choose: BuildContext['choose']): Piece => ({ p: 'integer', value: choose(256) });

const BYTE = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const IPV4_RULES: TypeRules = {
  pattern: `(${BYTE}[.]){3}${BYTE}`,
  wrong: [
    { rule: 'pattern', variant: 'number above 255', edit: { do: 'set', values: ['256.10.20.30', '10.20.30.256'] } },
    { rule: 'pattern', variant: 'three numbers', edit: { do: 'set', values: ['10.20.30', '192.168.100'] } },
    { rule: 'pattern', variant: 'five numbers', edit: { do: 'set', values: ['1.2.3.4.5', '10.0.0.0.1'] } },
  ],
};

/** Types of networks and the web. */
export const internetTypes: readonly FieldType[] = [
  defineType({
    key: 'uuid',
    label: 'UUID',
    family: 'internet',
    summary: 'A random UUID; no two rows of a field share one.',
    aliases: ['guid'],
    options: {
      version: {
        kind: 'one of',
        values: ['4', '1', '5', '7'],
        summary: 'Version of RFC 9562: 4 random, 1 and 7 with a moment of 2020 to 2029, 5 in form only.',
        default: '4',
      },
      primaryKey: { kind: 'boolean', summary: 'Taken for compatibility: values never repeat anyway.', default: false },
    },
    example: '8af89fe4-f189-430d-ad00-c813ea9bce46',
    build: ({ version }, context) =>
      version === '4'
        ? { kind: 'uuid', body: [{ p: 'uuid' }] }
        : { kind: 'uuid', body: uuidPieces(version as string, context) },
  }),
  defineType({
    key: 'url',
    label: 'URL',
    family: 'internet',
    summary: 'A web address at a domain reserved for examples.',
    aliases: ['website', 'link'],
    options: {},
    example: 'https://tempora.example.com/velit',
    localised: true,
    rules: () => URL_RULES,
    build: (_, { lists, choose, draw }) => {
      const words = lists.latinWords;
      const domains = ['.example.com/', '.example.org/', '.example.net/'];
      return {
        kind: 'string',
        body: [
          text('https://'),
          pick(words, choose(words.length)),
          pick(domains, draw(3)),
          pick(words, choose(words.length)),
          text('-'),
          pick(words, choose(words.length)),
        ],
      };
    },
  }),
  defineType({
    key: 'ipv4',
    label: 'IPv4 address',
    family: 'internet',
    summary: 'An address in dotted form.',
    aliases: ['ip', 'ipAddress', 'ip_address'],
    options: {
      network: {
        kind: 'one of',
        values: ['public', 'private', 'documentation'],
        summary: 'Public unicast, 10.0.0.0/8, or the blocks for documentation (RFC 5737).',
        default: 'public',
      },
    },
    example: '93.184.216.34',
    rules: () => IPV4_RULES,
    build: ({ network }, { choose }) => {
      if (network === 'documentation') {
        const blocks = ['192.0.2.', '198.51.100.', '203.0.113.'];
        return { kind: 'string', body: [pick(blocks, choose(3)), octet(choose)] };
      }
      const first: Piece[] =
        network === 'private'
          ? [text('10')]
          : [bind('first', choose(PUBLIC_OCTETS.length)), { p: 'integer', value: lookup(PUBLIC_OCTETS, get('first')) }];
      return {
        kind: 'string',
        body: [...first, text('.'), octet(choose), text('.'), octet(choose), text('.'), octet(choose)],
      };
    },
  }),
];
