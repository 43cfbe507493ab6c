import { add, type Int, lookup, type Program, pick, text } from '../../../plan/program.ts';
import { Identifier } from '../../checks/identifier.ts';
import { type BuildContext, defineType, type FieldType, type OptionProblem, type Options } from '../../field-type.ts';
import data from '../data/merchant-categories.json' with { type: 'json' };

const categories = data.categories.map(([code = '', name = '']) => ({ code, name }));
/** Slot of the coherence group `company` for what a merchant sells. */
const CATEGORY = 20;

/** Values with the percentage of rows that have each. */
type Shares = Readonly<Record<string, number>>;

const STATUSES: Shares = { SETTLED: 60, CAPTURED: 15, AUTHORIZED: 12, FAILED: 8, REFUNDED: 5 };
const METHODS: Shares = {
  'Credit card': 30,
  'Debit card': 25,
  'Bank transfer': 12,
  'Direct debit': 9,
  PayPal: 9,
  'Apple Pay': 5,
  'Google Pay': 4,
  Cash: 3,
  Invoice: 2,
  'Gift card': 1,
};
const KINDS: Shares = {
  'Card payment': 40,
  Transfer: 15,
  'Direct debit': 12,
  Deposit: 10,
  Withdrawal: 8,
  Refund: 5,
  Fee: 4,
  Interest: 3,
  Chargeback: 2,
  Adjustment: 1,
};
const ACCOUNTS = [
  'Current account',
  'Savings account',
  'Checking account',
  'Joint account',
  'Business account',
  'Credit card account',
  'Mortgage account',
  'Personal loan account',
  'Investment account',
  'Money market account',
  'Pension account',
  'Salary account',
  'Student account',
  'Escrow account',
  'Foreign currency account',
];

/** A value with its share; equally likely where the field is unique. */
function shared(shares: Shares, { unique, choose }: BuildContext): Program {
  const values = Object.keys(shares);
  const table = Object.values(shares).flatMap((share, i) => Array.from({ length: share }, () => i));
  const index: Int = unique ? choose(values.length) : lookup(table, choose(table.length));
  return { kind: 'string', body: [pick(values, index)] };
}

const fromList = (key: string, label: string, summary: string, aliases: readonly string[], shares: Shares): FieldType =>
  defineType({
    key,
    label,
    family: 'finance',
    summary,
    aliases,
    options: {},
    example: Object.keys(shares)[0],
    build: (_, context) => shared(shares, context),
  });

const ofMerchant = (context: BuildContext, from: readonly string[]): Program => ({
  kind: 'string',
  body: [pick(from, context.shared('company', CATEGORY, from.length))],
});

const unitOf = ({ decimals }: Options): number => 10 ** (decimals as number);
/** The rates between the bounds, in units of the last decimal. */
const ratesOf = (options: Options): { least: number; count: number } => {
  const unit = unitOf(options);
  const least = Math.ceil((options['min'] as number) * unit);
  return { least, count: Math.floor((options['max'] as number) * unit) - least + 1 };
};

function checkRate(options: Options): OptionProblem[] {
  const { min, max, decimals } = options;
  if ((min as number) <= (max as number) && ratesOf(options).count < 1) {
    const message = `no number with ${String(decimals)} decimals lies between ${String(min)} and ${String(max)}`;
    return [{ option: 'max', message, hint: 'widen the range, or use more `decimals`' }];
  }
  if ((min as number) <= (max as number)) return [];
  return [{ option: 'min', message: `\`min\` (${min}) is above \`max\` (${max})`, hint: 'swap them, or raise `max`' }];
}

/** Payments and how they are booked. */
export const transactionTypes: readonly FieldType[] = [
  defineType({
    key: 'transaction_id',
    label: 'Transaction id',
    family: 'finance',
    summary: 'Prefix and letters and digits.',
    aliases: ['transactionId', 'txn_id', 'payment_id'],
    options: {
      prefix: { kind: 'string', maxLength: 20, summary: 'Text in front.', default: 'TXN-' },
      length: { kind: 'integer', min: 4, max: 40, summary: 'Characters behind the prefix.', default: 12 },
    },
    example: 'TXN-7K2M90QX4TBA',
    build: ({ prefix, length }, context) => {
      const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
      const id = new Identifier(context).letters(length as number, alphabet);
      return { kind: 'string', body: [text(prefix as string), ...id.pieces] };
    },
  }),
  fromList('transaction_type', 'Transaction type', 'Kind of a booking on an account.', ['transactionType'], KINDS),
  defineType({
    key: 'transaction_description',
    label: 'Transaction description',
    family: 'finance',
    summary: 'Line of an account statement: kind, other party and reference.',
    aliases: ['transactionDescription'],
    options: {},
    example: 'Card payment Okafor Group, ref 482190',
    localised: true,
    build: (_, context) => {
      const { lists, choose } = context;
      const kinds = Object.keys(KINDS);
      const { suffixes } = lists.data.company;
      return {
        kind: 'string',
        body: [
          pick(kinds, choose(kinds.length)),
          text(' '),
          pick(lists.lastNames, choose(lists.lastNames.length)),
          text(' '),
          pick(suffixes, choose(suffixes.length)),
          text(', ref '),
          ...new Identifier(context).digits(6).pieces,
        ],
      };
    },
  }),
  fromList('payment_status', 'Payment status', 'State of a card payment.', ['paymentStatus'], STATUSES),
  fromList('payment_method', 'Payment method', 'How somebody pays.', ['paymentMethod'], METHODS),
  defineType({
    key: 'account_name',
    label: 'Account name',
    family: 'finance',
    summary: 'Kind of a bank account.',
    aliases: ['accountName', 'account_type'],
    options: {},
    example: 'Savings account',
    build: (_, { choose }) => ({ kind: 'string', body: [pick(ACCOUNTS, choose(ACCOUNTS.length))] }),
  }),
  defineType({
    key: 'ledger_code',
    label: 'Ledger code',
    family: 'finance',
    summary: 'Account of a general ledger: class, account and sub-account.',
    aliases: ['ledgerCode', 'gl_code'],
    options: {},
    example: '4100-220',
    build: (_, context) => ({
      kind: 'string',
      body: new Identifier(context).between(1, 9, 1).digits(3).separator('-').digits(3).pieces,
    }),
  }),
  defineType({
    key: 'exchange_rate',
    label: 'Exchange rate',
    family: 'finance',
    summary: 'Price of one currency in another.',
    aliases: ['exchangeRate', 'fx_rate'],
    options: {
      min: { kind: 'number', min: 0, max: 1_000_000, summary: 'Least value.', default: 0.5 },
      max: { kind: 'number', min: 0, max: 1_000_000, summary: 'Greatest value.', default: 2 },
      decimals: { kind: 'integer', min: 1, max: 6, summary: 'Digits behind the point.', default: 4 },
    },
    example: 1.0842,
    check: checkRate,
    build: (options, { choose }) => {
      const { least, count } = ratesOf(options);
      const value = add(choose(count), least);
      return { kind: 'decimal', body: [{ p: 'fixed', value, decimals: options['decimals'] as number }] };
    },
  }),
  defineType({
    key: 'mcc',
    label: 'Merchant category code',
    family: 'finance',
    summary: "What the row's merchant sells, as card networks number it (ISO 18245).",
    aliases: ['merchant_category_code'],
    options: {},
    example: '5411',
    build: (_, context) =>
      ofMerchant(
        context,
        categories.map(({ code }) => code),
      ),
  }),
  defineType({
    key: 'merchant_category',
    label: 'Merchant category',
    family: 'finance',
    summary: "What the row's merchant sells: the name of its `mcc`.",
    options: {},
    example: 'Grocery stores',
    build: (_, context) =>
      ofMerchant(
        context,
        categories.map(({ name }) => name),
      ),
  }),
];
