import { add, bind, digits, get, type Int, lookup, mul, type Piece, pick, text } from '../../plan/program.ts';
import { addLuhn, complement } from '../checks/check-digits.ts';
import { Identifier } from '../checks/identifier.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { listType } from '../list-type.ts';
import { patternType } from '../pattern-type.ts';
import { barcodeTypes } from './barcodes.ts';
import lists from './lists.json' with { type: 'json' };

const names = lists.products.map(([name = '']) => name);
const categories = lists.products.map(([, category = '']) => category);

/** Slots of the coherence groups `product` and `order`; numbers are part of the output's contract. */
const PRODUCT = 0;
const QUANTITY = 0;
const UNIT_PRICE = 1;

const product = (context: BuildContext): Int => context.shared('product', PRODUCT, names.length);

/** Quantities of an order: small ones far more often, from a table of a hundred. */
const QUANTITIES = Array.from({ length: 100 }, (_, i) =>
  i < 55 ? 1 : i < 75 ? 2 : i < 85 ? 3 : i < 92 ? 4 + (i % 2) : i - 86,
);
const quantity = ({ member }: BuildContext): Int => lookup(QUANTITIES, member('order', QUANTITY, QUANTITIES.length));

/** Prices in whole units that end in .99, .95, .49 or .00, as shops have them. */
const ENDINGS = [99, 95, 49, 0];
const PRICES = 400;
const unitPrice = ({ member }: BuildContext): Int => {
  const cents = Array.from({ length: PRICES * ENDINGS.length }, (_, i) => {
    // A quarter of the list for each power: cheap things are many.
    const whole = Math.round(1.5 * 1.0125 ** Math.floor(i / ENDINGS.length));
    return whole * 100 + (ENDINGS[i % ENDINGS.length] ?? 0);
  });
  return lookup(cents, member('order', UNIT_PRICE, cents.length));
};

const amount = (value: Int): { kind: 'decimal'; body: Piece[] } => ({
  kind: 'decimal',
  body: [{ p: 'fixed', value, decimals: 2 }],
});

const ofOrder = {
  family: 'commerce',
  options: {},
  notUnique: 'it follows from the quantity and unit price of the row',
} as const;

/** UPS tracking numbers: 1Z, shipper, service, parcel and a check digit by which odd places count once, even ones twice. */
const trackingValue = (char: string): number => (/\d/.test(char) ? Number(char) : (char.charCodeAt(0) - 63) % 10);

/** Types of shops and orders. */
export const commerceTypes: readonly FieldType[] = [
  defineType({
    key: 'product_name',
    label: 'Product name',
    family: 'commerce',
    summary: "An adjective, a material and the row's product.",
    aliases: ['productName', 'Product Name'],
    options: {},
    example: 'Ergonomic Oak Chair',
    build: (_, context) => ({
      kind: 'string',
      body: [
        pick(lists.adjectives, context.choose(lists.adjectives.length)),
        text(' '),
        pick(lists.materials, context.choose(lists.materials.length)),
        text(' '),
        pick(names, product(context)),
      ],
    }),
  }),
  listType({
    key: 'product',
    label: 'Product',
    family: 'commerce',
    summary: "What the row's product is.",
    values: names,
    of: ['product', PRODUCT],
  }),
  listType({
    key: 'product_category',
    label: 'Product category',
    family: 'commerce',
    summary: "The department of a shop that has the row's product.",
    aliases: ['category', 'shop_department'],
    values: categories,
    of: ['product', PRODUCT],
  }),
  listType({
    key: 'product_material',
    label: 'Material of a product',
    family: 'commerce',
    summary: 'What something is made of.',
    aliases: ['material'],
    values: lists.materials,
  }),
  listType({
    key: 'brand_name',
    label: 'Brand',
    family: 'commerce',
    summary: 'An invented brand.',
    aliases: ['brandName', 'brand', 'manufacturer_brand'],
    values: lists.brands,
  }),
  defineType({
    key: 'product_description',
    label: 'Product description',
    family: 'commerce',
    summary: "A sentence about the row's product.",
    aliases: ['productDescription'],
    options: {},
    example: 'A sturdy chair of recycled oak by Northpine.',
    build: (_, context) => ({
      kind: 'string',
      body: [
        text('The '),
        pick(lists.brands, context.choose(lists.brands.length)),
        text(' '),
        pick(names, product(context)),
        text(': '),
        pick(lists.adjectives, context.choose(lists.adjectives.length)),
        text(', made of '),
        pick(lists.materials, context.choose(lists.materials.length)),
        text('.'),
      ],
    }),
  }),
  patternType({
    key: 'sku',
    label: 'SKU',
    family: 'commerce',
    summary: 'A stock keeping unit: letters and digits.',
    aliases: ['stock_keeping_unit', 'article_number', 'item_number'],
    pattern: 'AAA-######',
    example: 'KXR-402917',
  }),
  listType({
    key: 'clothing_size',
    label: 'Clothing size',
    family: 'commerce',
    summary: 'XS to XXL, middle sizes most often.',
    values: lists.sizes,
    weights: lists.sizeWeights,
    example: 'M',
  }),
  listType({
    key: 'flavor',
    label: 'Flavour',
    family: 'commerce',
    summary: 'A flavour of food or drink.',
    aliases: ['flavorName', 'flavour'],
    values: lists.flavors,
  }),
  listType({
    key: 'dish',
    label: 'Dish',
    family: 'commerce',
    summary: 'A dish.',
    aliases: ['food'],
    values: lists.foods,
  }),
  listType({
    key: 'sales_unit',
    label: 'Sales unit',
    family: 'commerce',
    summary: 'What a product is sold by.',
    aliases: ['unit', 'uom'],
    values: lists.units,
  }),
  ...barcodeTypes,
  defineType({
    key: 'price',
    label: 'Price',
    family: 'commerce',
    summary: "A shop's price of the row's order line: most are low, and end in .99, .95, .49 or .00.",
    aliases: ['unit_price', 'unitPrice', 'list_price'],
    options: {},
    example: 24.99,
    notUnique: 'prices repeat',
    build: (_, context) => amount(unitPrice(context)),
  }),
  defineType({
    key: 'quantity',
    label: 'Quantity',
    family: 'commerce',
    summary: "How many pieces the row's order line has; few far more often than many.",
    aliases: ['qty', 'order_quantity'],
    options: {},
    example: 2,
    notUnique: 'quantities repeat',
    build: (_, context) => ({ kind: 'integer', body: [{ p: 'integer', value: quantity(context) }] }),
  }),
  defineType({
    key: 'line_total',
    label: 'Line total',
    summary: "Quantity times price of the row's order line.",
    aliases: ['lineTotal', 'subtotal', 'net_amount'],
    example: 49.98,
    ...ofOrder,
    build: (_, context) => amount(mul(quantity(context), unitPrice(context))),
  }),
  defineType({
    key: 'discount_percentage',
    label: 'Discount',
    family: 'commerce',
    summary: 'A discount in percent: none for most, else a round figure.',
    aliases: ['discount'],
    options: {},
    example: 10,
    notUnique: 'discounts repeat',
    build: (_, { draw }) => {
      const table = [...Array.from({ length: 12 }, () => 0), 5, 5, 10, 10, 10, 15, 20, 25, 30, 50];
      return { kind: 'integer', body: [{ p: 'integer', value: lookup(table, draw(table.length)) }] };
    },
  }),
  patternType({
    key: 'coupon_code',
    label: 'Coupon code',
    family: 'commerce',
    summary: 'A code for a discount.',
    aliases: ['voucher_code', 'promo_code', 'discount_code'],
    pattern: 'AAAA##AA',
    example: 'WKQT47ZB',
  }),
  defineType({
    key: 'order_number',
    label: 'Order number',
    family: 'commerce',
    summary: 'ORD, the year of the order and a number.',
    aliases: ['orderNumber', 'order_id', 'orderId'],
    options: {},
    example: 'ORD-2025-4839201',
    build: (_, { choose }) => numbered('ORD', choose),
  }),
  defineType({
    key: 'invoice_number',
    label: 'Invoice number',
    family: 'commerce',
    summary: 'INV, the year of the invoice and a number.',
    aliases: ['invoiceNumber', 'invoice_id', 'invoiceId'],
    options: {},
    example: 'INV-2025-0482917',
    build: (_, { choose }) => numbered('INV', choose),
  }),
  listType({
    key: 'order_status',
    label: 'Order status',
    family: 'commerce',
    summary: 'How far an order is.',
    aliases: ['orderStatus'],
    values: lists.orderStatus,
    weights: lists.orderWeights,
    example: 'delivered',
  }),
  listType({
    key: 'shipment_status',
    label: 'Shipment status',
    family: 'commerce',
    summary: 'How far a shipment is.',
    aliases: ['shipmentStatus', 'delivery_status'],
    values: lists.shipmentStatus,
    weights: lists.shipmentWeights,
    example: 'DELIVERED',
  }),
  defineType({
    key: 'tracking_number',
    label: 'Tracking number',
    family: 'commerce',
    summary: 'A parcel number of the form 1Z…, with its check digit.',
    aliases: ['shipmentTrackingId', 'shipment_tracking_id', 'tracking_id', 'parcel_number'],
    options: {},
    example: '1Z5338FF0107231059',
    build: (_, context) => {
      const id = new Identifier(context).letters(2).digits(4).digits(2).digits(7);
      const sum = id.sum((char, position) => trackingValue(char) * (position % 2 === 0 ? 1 : 2));
      const { pieces } = id.number(complement(sum, 10), 1);
      return { kind: 'string', body: [text('1Z'), ...pieces] };
    },
  }),
  defineType({
    key: 'review_score',
    label: 'Review score',
    family: 'commerce',
    summary: '1 to 5, good ones more often.',
    aliases: ['reviewScore', 'rating', 'stars'],
    options: {},
    example: 4,
    build: (_, context) => {
      const table = [1, 2, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5];
      const value = context.unique ? add(context.choose(5), 1) : lookup(table, context.choose(table.length));
      return { kind: 'integer', body: [{ p: 'integer', value }] };
    },
  }),
  defineType({
    key: 'loyalty_card_number',
    label: 'Loyalty card number',
    family: 'commerce',
    summary: 'A card number with a Luhn check digit that no payment network uses.',
    aliases: ['membership_number'],
    options: {},
    example: '9840201938475628',
    build: (_, context) => {
      const id = new Identifier(context).fixed('98').digits(13);
      return { kind: 'string', body: addLuhn(id).pieces };
    },
  }),
];

function numbered(prefix: string, choose: BuildContext['choose']): { kind: 'string'; body: Piece[] } {
  return {
    kind: 'string',
    body: [
      bind('year', add(choose(7), 2019)),
      text(`${prefix}-`),
      digits(get('year'), 4),
      text('-'),
      digits(choose(10_000_000), 7),
    ],
  };
}
