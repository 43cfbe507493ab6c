import type { AddressForm } from '../../computed/crypto-address.ts';
import { digits, type Piece, type Program, pick } from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType, type OptionSpec } from '../field-type.ts';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const BYTES = 32;

/** An address in one of some forms; the bytes are drawn, so that nobody has its key. */
function addressOf(forms: readonly AddressForm[], context: BuildContext): Program {
  // The bytes that every form takes come first and tell unique ones apart.
  const bytes = Array.from({ length: BYTES }, (): Piece => pick(HEX, context.choose(HEX.length)));
  const form = digits(context.draw(forms.length), 1);
  const input: Program = { kind: 'string', body: [form, ...bytes] };
  return { kind: 'computed', maker: 'crypto address', options: { forms }, input };
}

const SLOW = 'checksums of addresses are hashes, which are computed in JavaScript row by row';

/** Addresses of a chain. `forms` gives each kind that the option offers. */
function addressType(
  type: Pick<FieldType, 'key' | 'label' | 'summary' | 'example'> & { readonly aliases: readonly string[] },
  forms: Readonly<Record<string, AddressForm>>,
  initial: string,
): FieldType {
  const kinds = Object.keys(forms);
  const kind: OptionSpec = {
    kind: 'one of',
    values: [...kinds, 'any'],
    summary: 'Form of the address; `any` mixes them.',
    default: initial,
    aliases: ['format'],
  };
  return defineType({
    ...type,
    family: 'finance',
    options: kinds.length === 1 ? {} : { kind },
    slow: SLOW,
    build: (options, context) => {
      const chosen = forms[(options['kind'] as string | undefined) ?? initial];
      return addressOf(chosen === undefined ? Object.values(forms) : [chosen], context);
    },
  });
}

/** Addresses of crypto currencies with valid checksums. */
export const cryptoTypes: readonly FieldType[] = [
  addressType(
    {
      key: 'bitcoin_address',
      label: 'Bitcoin address',
      summary: 'Address of Bitcoin, or of its test network, with a valid checksum.',
      aliases: ['bitcoinAddress', 'btc_address'],
      example: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
    },
    {
      p2pkh: { form: 'base58check', version: 0x00 },
      p2sh: { form: 'base58check', version: 0x05 },
      bech32: { form: 'bech32', prefix: 'bc' },
      taproot: { form: 'bech32m', prefix: 'bc' },
      testnet: { form: 'bech32', prefix: 'tb' },
    },
    'bech32',
  ),
  addressType(
    {
      key: 'ethereum_address',
      label: 'Ethereum address',
      summary: 'Address of Ethereum and its like; capitals are the checksum (ERC-55).',
      aliases: ['ethereumAddress', 'eth_address'],
      example: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    },
    { ethereum: { form: 'ethereum' } },
    'ethereum',
  ),
  addressType(
    {
      key: 'litecoin_address',
      label: 'Litecoin address',
      summary: 'Address of Litecoin with a valid checksum.',
      aliases: ['litecoinAddress', 'ltc_address'],
      example: 'LVg2kJoFNg45Nbpy53h7Fe1wKyeXVRhMH9',
    },
    {
      p2pkh: { form: 'base58check', version: 0x30 },
      p2sh: { form: 'base58check', version: 0x32 },
      bech32: { form: 'bech32', prefix: 'ltc' },
    },
    'p2pkh',
  ),
  addressType(
    {
      key: 'dogecoin_address',
      label: 'Dogecoin address',
      summary: 'Address of Dogecoin with a valid checksum.',
      aliases: ['doge_address'],
      example: 'DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L',
    },
    { p2pkh: { form: 'base58check', version: 0x1e } },
    'p2pkh',
  ),
  addressType(
    {
      key: 'tron_address',
      label: 'Tron address',
      summary: 'Address of Tron with a valid checksum.',
      aliases: ['trx_address'],
      example: 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8',
    },
    { base58check: { form: 'base58check', version: 0x41 } },
    'base58check',
  ),
  addressType(
    {
      key: 'ripple_address',
      label: 'XRP address',
      summary: 'Classic address of the XRP Ledger with a valid checksum.',
      aliases: ['xrp_address'],
      example: 'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh',
    },
    { classic: { form: 'xrp' } },
    'classic',
  ),
  addressType(
    {
      key: 'solana_address',
      label: 'Solana address',
      summary: 'Address of Solana: 32 bytes in base 58, without a checksum.',
      aliases: ['sol_address'],
      example: '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV',
    },
    { base58: { form: 'solana' } },
    'base58',
  ),
];
