import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../compile/compile-template.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { CONFIDENT, type InferOptions, inferTemplate } from './index.ts';

const infer = (names: string, options: InferOptions = {}) => inferTemplate(names.split(' '), options);
const types = (names: string, options: InferOptions = {}): string[] =>
  infer(names, options).fields.map(({ type }) => type);
const typeOf = (name: string, options: InferOptions = {}): string =>
  inferTemplate([name], options).fields[0]?.type ?? '';

/** Rows of what is inferred; throws with the diagnostics when it is no valid template. */
async function rowsOf(names: readonly string[], options: InferOptions = {}, count = 100) {
  const { fields, locale } = inferTemplate(names, options);
  const template = parseTemplate({
    name: 'row',
    locale,
    fields: fields.map(({ name, type, options: given }) => ({ name, type, options: given })),
  });
  if (!template.ok) throw new Error(JSON.stringify(template.diagnostics.slice(0, 3)));
  const plan = await compileTemplate(template.value, { seed: 'infer', rows: count });
  if (!plan.ok) throw new Error(JSON.stringify(plan.diagnostics.slice(0, 3)));
  return generateRows(plan.value, 0, count);
}

describe('words inside words', () => {
  it.each([
    ['hotel_name', 'phone'],
    ['message', 'age'],
    ['page', 'age'],
    ['usage', 'age'],
    ['language', 'age'],
    ['average', 'age'],
    ['stage', 'age'],
    ['percentage', 'age'],
    ['sentiment', 'time'],
    ['sentiment', 'datetime'],
    ['candidate', 'date'],
    ['capacity', 'city'],
    ['velocity', 'city'],
    ['destination', 'country'],
    ['username', 'full_name'],
    ['update_count', 'date'],
    ['corporate', 'percentage'],
  ])('does not take %s for %s', (name, trap) => {
    expect(typeOf(name)).not.toBe(trap);
  });

  it('tells what those names are', () => {
    expect(
      types(
        'hotel_name message language candidate destination username account_number discount last_login_at is_active',
      ),
    ).toEqual([
      'company',
      'paragraph',
      'language',
      'full_name',
      'city',
      'username',
      'account_number',
      'percentage',
      'datetime',
      'boolean',
    ]);
  });

  it('gives closed sets to names that have them', () => {
    for (const { type, options } of infer('risk_tier membership_level order_priority').fields) {
      expect(type).toBe('enum');
      expect((options['values'] as unknown[]).length).toBeGreaterThan(1);
    }
    expect(types('payment_status blood_group')).toEqual(['payment_status', 'blood_type']);
  });
});

describe('how names are written', () => {
  it.each([
    'first_name',
    'firstName',
    'FirstName',
    'FIRST_NAME',
    'first-name',
    'First Name',
    'firstname',
    'FIRSTNAME',
    'fname',
  ])('knows %s as a first name', (name) => {
    expect(typeOf(name)).toBe('first_name');
  });

  it.each([
    ['Geburtsdatum', 'birthdate'],
    ['Straße', 'street_address'],
    ['Strasse', 'street_address'],
    ['kundennummer', 'customer_id'],
    ['date_naissance', 'birthdate'],
    ['code_postal', 'postcode'],
    ['fecha_nacimiento', 'birthdate'],
    ['correo_electronico', 'email'],
    ['data_nascimento', 'birthdate'],
    ['telefone', 'phone'],
    ['geboortedatum', 'birthdate'],
    ['achternaam', 'last_name'],
    ['data_nascita', 'birthdate'],
    ['cognome', 'last_name'],
    ['tarikh_al_milad', 'birthdate'],
  ])('knows %s by its language', (name, type) => {
    expect(typeOf(name)).toBe(type);
  });

  it('reads a head that stands in front', () => {
    expect(types('number_of_reviews date_of_birth num_changes id_address date_joined')).toEqual([
      'number',
      'birthdate',
      'number',
      'sequence',
      'date',
    ]);
  });

  it('leaves out the prefix that all columns share', () => {
    expect(types('cst_id cst_first_name cst_last_name cst_email cst_city')).toEqual([
      'sequence',
      'first_name',
      'last_name',
      'email',
      'city',
    ]);
  });
});

describe('names that the table makes plain', () => {
  it.each([
    ['customers', 'full_name'],
    ['suppliers', 'company'],
    ['products', 'product_name'],
    ['cities', 'city'],
  ])('takes name in %s for %s', (table, type) => {
    expect(infer('id name', { table }).fields[1]?.type).toBe(type);
  });

  it('takes state for a region beside a city and for a set of values beside an order', () => {
    expect(types('street city state zip')[2]).toBe('state');
    expect(infer('id state total', { table: 'orders' }).fields[1]?.type).toBe('enum');
  });

  it('takes title for what goes with the columns beside it', () => {
    expect(types('title first_name last_name')[0]).toBe('name_prefix');
    expect(types('title first_name last_name salary hire_date')[0]).toBe('job_title');
    expect(types('isbn title author')[1]).toBe('book_title');
  });

  it('counts keys of its own table up and draws those of others', () => {
    expect(types('id customer_id total', { table: 'orders' }).slice(0, 2)).toEqual(['sequence', 'number']);
  });
});

describe('what fields owe to each other', () => {
  it('lets no moment come before one that it follows', async () => {
    const rows = await rowsOf([
      'id',
      'created_at',
      'updated_at',
      'start_date',
      'end_date',
      'contract_start',
      'contract_end',
      'opening_time',
      'closing_time',
      'open_time',
      'close_time',
    ]);
    for (const row of rows) {
      expect(String(row['created_at']) < String(row['updated_at'])).toBe(true);
      expect(String(row['start_date']) <= String(row['end_date'])).toBe(true);
      expect(String(row['contract_start']) <= String(row['contract_end'])).toBe(true);
    }
    expect(rows.some((row) => row['start_date'] !== row['contract_start'])).toBe(true);
  });

  it('adds totals up', async () => {
    const rows = await rowsOf(['quantity', 'unit_price', 'line_total']);
    for (const row of rows)
      expect(row['line_total']).toBeCloseTo((row['quantity'] as number) * (row['unit_price'] as number), 1);
    const orders = await rowsOf(['subtotal', 'tax_rate', 'tax_amount', 'shipping_cost', 'total']);
    for (const row of orders)
      expect(row['total']).toBeCloseTo(
        (row['subtotal'] as number) + (row['tax_amount'] as number) + (row['shipping_cost'] as number),
        1,
      );
  });

  it('keeps the places of a row apart and their parts together', () => {
    const fields = infer('billing_city billing_postcode shipping_city shipping_postcode').fields;
    const groups = fields.map(({ options }) => options['group']);
    expect(groups[0]).toBe(groups[1]);
    expect(groups[2]).toBe(groups[3]);
    expect(groups[0]).not.toBe(groups[2]);
  });

  it('leaves out only what rows may lack', () => {
    const [email, deleted, line2] = infer('email deleted_at address_line_2').fields;
    expect(email?.options['null_percentage']).toBeUndefined();
    expect(deleted?.options['null_percentage']).toBeGreaterThan(0);
    expect(line2?.options['null_percentage']).toBeGreaterThan(0);
  });
});

describe('hint and locale', () => {
  it('gives the values of the country that the hint names', async () => {
    const options = { domainHint: 'UAE retail loyalty program' };
    expect(inferTemplate(['phone'], options).locale).toBe('en_AE');
    const rows = await rowsOf(['full_name', 'mobile', 'currency'], options, 20);
    for (const row of rows) {
      expect(String(row['mobile'])).toMatch(/971|^0?5/);
      expect(row['currency']).toBe('AED');
    }
  });

  it('keeps the language asked for where the country has it, and says what it did', () => {
    const { locale, notes } = inferTemplate(['phone'], { locale: 'fr_FR', domainHint: 'online shop in Switzerland' });
    expect(locale).toBe('fr_CH');
    expect(notes).toHaveLength(1);
  });

  it('takes the nearest locale for one it does not know', () => {
    expect(inferTemplate(['a'], { locale: 'de_XX' })).toMatchObject({
      locale: 'de_DE',
      notes: [expect.stringContaining('de_XX')],
    });
    expect(inferTemplate(['a'], { locale: '??' }).locale).toBe('en_US');
  });

  it('takes nothing from a hint but words that it knows', () => {
    const plain = infer('name amount');
    const hint = 'Ignore all previous instructions; <script>alert(1)</script> {{7*7}}';
    expect(infer('name amount', { domainHint: hint })).toEqual(plain);
  });
});

describe('any names', () => {
  const name = fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      fc.string({ minLength: 1, maxLength: 30 }),
      fc
        .array(
          fc.constantFrom(
            'id',
            'name',
            'at',
            'is',
            'total',
            'quantity',
            'price',
            'date',
            'start',
            'end',
            'created',
            'state',
            'no',
            'Größe',
            'fecha',
            'de',
            'nom',
            'client',
            'count',
            'of',
            'billing',
            'city',
            'email',
            'tax',
            'subtotal',
            'deleted',
            '2',
            "o'",
            '`',
            '{{',
            'ism',
            'al',
            'سعر',
            '名前',
          ),
          { minLength: 1, maxLength: 5 },
        )
        .chain((words) => fc.constantFrom('_', '', ' ', '-', '.').map((by) => words.join(by))),
      fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf', 'prototype'),
    )
    .filter((text) => text.trim() !== '' && text.length <= 200 && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text));
  const names = fc.uniqueArray(name, { minLength: 1, maxLength: 25 });

  it('gives a template that parses and compiles', async () => {
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.constantFrom('en_US', 'de_DE', 'fr_FR', 'ar_AE', 'pt_BR', 'ja_JP'),
        fc.constantFrom(undefined, 'orders', 'Kunde', 'employes', '__proto__'),
        async (columns, locale, table) => {
          const rows = await rowsOf(columns, { locale, ...(table === undefined ? {} : { table }) });
          expect(rows).toHaveLength(100);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives the same for the same', () => {
    fc.assert(
      fc.property(names, (columns) => {
        expect(inferTemplate(columns)).toEqual(inferTemplate([...columns]));
      }),
      { numRuns: 50 },
    );
  });

  it('gives each name the same, whatever the order of the names', () => {
    const known = fc.uniqueArray(
      fc.constantFrom(
        ...'Total Quantity UnitPrice orderId ID orders_id Tax tax_amount id customer_id order_id uuid sku number created_at updated_at start_date end_date billing_city shipping_city city quantity unit_price total subtotal tax order_number nombre nom fecha data datum art type status zqxv qwrtz van tot length width home_email email first_name mother_name is_open start end num_x ref'.split(
          ' ',
        ),
      ),
      { minLength: 2, maxLength: 14 },
    );
    const shuffled = fc
      .oneof(names, known)
      .chain((columns) => fc.tuple(fc.constant(columns), fc.shuffledSubarray(columns, { minLength: columns.length })));
    fc.assert(
      fc.property(
        shuffled,
        fc.constantFrom('en_US', 'it_IT', 'de_DE'),
        fc.constantFrom(undefined, 'orders', 'fornecedores'),
        ([columns, others], locale, table) => {
          const options = { locale, ...(table === undefined ? {} : { table }) };
          const byName = (fields: readonly { readonly name: string }[]) =>
            [...fields].sort((a, b) => (a.name < b.name ? -1 : 1));
          expect(byName(inferTemplate(others, options).fields)).toEqual(byName(inferTemplate(columns, options).fields));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('looks at the beginning of very long names only', () => {
    for (const long of [
      'a'.repeat(10_000),
      'aB'.repeat(5_000),
      'id'.repeat(5_000),
      '_'.repeat(10_000),
      'é'.repeat(10_000),
      'date '.repeat(2_000),
    ])
      expect(inferTemplate([long]).fields[0]?.confidence).toBeLessThanOrEqual(1);
  });

  it('says when it does not know, and still gives a type', () => {
    const [field] = infer('zqxv').fields;
    expect(field?.source).toBe('generic');
    expect(field?.confidence).toBeLessThan(CONFIDENT);
  });
});
