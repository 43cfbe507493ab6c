import type { DraftField, TablePass } from './draft-field.ts';

const QUANTITY = [
  'quantity',
  'order quantity',
  'quantity ordered',
  'ordered quantity',
  'quantity sold',
  'units',
  'units sold',
  'pieces',
];
const UNIT_PRICE = [
  'unit price',
  'price',
  'price each',
  'price unit',
  'price per unit',
  'item price',
  'list price',
  'sale price',
  'selling price',
  'net price',
  'unit cost',
  'product price',
];
const LINE_TOTAL = [
  'line total',
  'line amount',
  'total line',
  'item total',
  'row total',
  'extended price',
  'line price',
  'total price',
  'sales',
  'subtotal',
  'sub total',
  'total amount',
  'total',
  'amount',
  'line item total',
  'net amount',
  'total sales',
  'revenue',
];
const NET = [
  'subtotal',
  'sub total',
  'net amount',
  'net total',
  'total net',
  'amount untaxed',
  'taxable amount',
  'amount net',
  'tax base',
  'line total',
  'total excluding tax',
  'amount excluding tax',
];
const TAX = ['tax amount', 'tax', 'vat', 'vat amount', 'sales tax', 'total tax', 'tax total', 'amount tax', 'gst'];
const TAX_RATE = ['tax rate', 'vat rate', 'tax percent', 'vat percent', 'tax percentage', 'vat percentage'];
const SHIPPING = [
  'shipping',
  'shipping cost',
  'shipping fee',
  'shipping amount',
  'freight',
  'delivery fee',
  'shipping total',
  'delivery cost',
];
const GROSS = [
  'total',
  'grand total',
  'gross amount',
  'total amount',
  'amount total',
  'gross total',
  'order total',
  'total gross',
  'invoice total',
  'total including tax',
  'invoice amount',
  'amount due',
];
const MONEY = new Set(['currency', 'price', 'line_total', 'float', 'percentage', 'enum', 'number', 'quantity']);

/** Amounts that follow from others of the row are computed from them: quantity × price, net + tax + shipping. */
export const addUpTotals: TablePass = (fields) => {
  const computed = new Set<DraftField>();
  const amounts = amountsOf(fields);
  if (amounts.size < 2) return;
  const find = (names: readonly string[]): DraftField | undefined => {
    for (const name of names) {
      const field = amounts.get(name)?.find(({ guess }) => MONEY.has(guess.type));
      if (field !== undefined) return field;
    }
    return undefined;
  };
  const compute = (field: DraftField | undefined, expression: string, why: string): void => {
    if (field === undefined || computed.has(field) || expression.length > 1500) return;
    computed.add(field);
    const { guess } = field;
    field.guess = { ...guess, type: 'derived', options: { expression }, reason: `${guess.reason}; ${why}` };
  };
  const [quantity, price] = [find(QUANTITY), find(UNIT_PRICE)];
  const net = find(NET);
  const tax = find(TAX);
  if (quantity !== undefined && price !== undefined)
    compute(
      find(LINE_TOTAL.filter((name) => net === undefined || tax === undefined || !GROSS.includes(name))),
      `round(${ref(quantity)} * ${ref(price)}, 2)`,
      'quantity × price',
    );
  if (net === undefined || tax === undefined || net === tax) return;
  const rate = find(TAX_RATE);
  const gross = find(GROSS);
  if (gross === undefined || gross === net || computed.has(gross)) return;
  compute(
    tax,
    rate === undefined || rate === tax ? `round(${ref(net)} * 0.2, 2)` : `round(${ref(net)} * ${ref(rate)} / 100, 2)`,
    'a share of the net amount',
  );
  const shipping = find(SHIPPING);
  const parts = [net, tax, ...(shipping === undefined ? [] : [shipping])];
  compute(gross, `round(${parts.map(ref).join(' + ')}, 2)`, 'net amount and tax added up');
};

/** The fields that are amounts or quantities, by what they are called. */
function amountsOf(fields: readonly DraftField[]): Map<string, DraftField[]> {
  const amounts = new Map<string, DraftField[]>();
  for (const field of fields) {
    if (!MONEY.has(field.guess.type)) continue;
    const { wordsText, spokenText } = field.reading;
    for (const text of wordsText === spokenText ? [wordsText] : [wordsText, spokenText]) {
      const called = amounts.get(text);
      if (called === undefined) amounts.set(text, [field]);
      else called.push(field);
    }
  }
  return amounts;
}

/** How an expression names a field, whatever its name is. */
function ref({ name }: DraftField): string {
  return `field('${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('{', '\\{')}')`;
}
