import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferTemplate } from './infer-template.ts';

const fieldsOf = (table: string, names: string, locale = 'en_US') =>
  inferTemplate(names.split(' '), { table, locale }).fields;
const typesOf = (table: string, names: string, locale?: string): string[] =>
  fieldsOf(table, names, locale).map(({ type }) => type);

describe('times', () => {
  it.each([
    'servertime',
    'ADMITTIME',
    'acctstarttime',
    'fix_time',
    'timeclose',
    'start_time',
    'lastconnect',
    'run_after',
  ])('are moments where nothing speaks of a day: %s', (name) => expect(typesOf('records', name)).toEqual(['datetime']));

  it('are times of day beside days and in timetables', () => {
    expect(typesOf('lessons', 'weekday start_time end_time').slice(1)).toEqual(['time', 'time']);
    expect(typesOf('records', 'date start_time')[1]).toBe('time');
    expect(typesOf('records', 'opening_time')).toEqual(['time']);
  });

  it('are whole numbers where they last', () => {
    expect(typesOf('records', 'acctsessiontime wait_time execution_time')).toEqual(['number', 'number', 'number']);
  });

  it('bound a span where they are called nothing else', () => {
    expect(typesOf('encounters', 'START STOP')).toEqual(['datetime', 'datetime']);
  });
});

describe('clauses', () => {
  it.each([
    'participates_in_schemes',
    'open_to_testing',
    'prone_to_floods',
    'carried_forward',
    'leave_accrue',
    'prices_include_tax',
    'notforloan',
    'deductible_met',
    'battery_low',
    'bool_admin',
    'gift_yn',
    'posted_before',
  ])('are yes or no: %s', (name) => expect(typesOf('records', name)).toEqual(['boolean']));

  it.each(['includes_count', 'open_to_date', 'works_phone', 'count_of_needs'])(
    'are not, where the head says what the values are: %s',
    (name) => expect(typesOf('records', name)).not.toEqual(['boolean']),
  );

  it('are German too', () => {
    const types = typesOf('kunden', 'vorname nachname loeschung arbeitserlaubnis NichtVorhandenInLagern', 'de_DE');
    expect(types.slice(2)).toEqual(['boolean', 'boolean', 'boolean']);
  });
});

describe('sizes', () => {
  it.each(['first_name_length', 'avatar_width', 'file_size', 'years_in_farming', 'day_of_birth', 'delinq_2yrs'])(
    'are whole numbers: %s',
    (name) => expect(typesOf('records', name)).toEqual(['number']),
  );

  it('know ports of machines from those of ships', () => {
    expect(typesOf('channels', 'imap_port')).toEqual(['port']);
    expect(typesOf('shipments', 'vessel loading_port')[1]).toBe('city');
  });

  it('count what was changed, and what of it is a total', () => {
    expect(typesOf('records', 'changed_files visit_total_actions failed_login')).toEqual([
      'number',
      'number',
      'number',
    ]);
  });
});

describe('languages behind names', () => {
  it('say in which one the values are', () => {
    const [arabic, english] = fieldsOf('employees', 'full_name_ar full_name_en', 'ar_SA');
    expect([arabic?.type, arabic?.options['locale']]).toEqual(['full_name', undefined]);
    expect([english?.type, english?.options['locale']]).toEqual(['full_name', 'en']);
  });

  it('make words of what would be measured', () => {
    expect(typesOf('plots', 'area_en area_ar')).toEqual(['enum', 'enum']);
  });

  it('are left alone where they are what the column is about', () => {
    expect(typesOf('users', 'is_en')).toEqual(['boolean']);
    expect(typesOf('clientes', 'de nombre_de', 'es_ES')).toHaveLength(2);
  });
});

describe('who', () => {
  it.each([
    ['farmer_name', 'full_name'],
    ['adjuster_name', 'full_name'],
    ['transporter_name', 'company'],
    ['LAST', 'last_name'],
    ['MAIDEN', 'last_name'],
  ])('%s is %s', (name, type) => expect(typesOf('records', `FIRST ${name}`)[1]).toBe(type));

  it.each(['folder_name', 'layer_name', 'runner_name'])('is nobody: %s', (name) =>
    expect(typesOf('records', name)).not.toEqual(['full_name']),
  );
});

describe('keys and digests', () => {
  it.each([
    ['customer_hk', 'hash'],
    ['diff_hk', 'hash'],
    ['api_key', 'token'],
    ['framedipaddress', 'ipv4'],
    ['gpgid', 'regex'],
    ['smtp_address', 'domain_name'],
  ])('%s is %s', (name, type) => expect(typesOf('records', `title ${name}`)[1]).toMatch(new RegExp(`${type}|api_key`)));

  it('know an axis from a place', () => {
    expect(typesOf('records', 'X_Coordinate y_utm x_utm')).toEqual(['float', 'float', 'float']);
  });
});

describe('the owner of a property', () => {
  it.each(['device_xyzzy', 'scheduler_frobnication', 'document_qux', 'road_quux'])(
    'does not say what it is: %s',
    (name) => expect(['headline', 'full_name', 'file_name', 'street_name']).not.toContain(typesOf('records', name)[0]),
  );

  it('leaves what is behind it what it is', () => {
    expect(typesOf('records', 'phone_business email_normalized unit_price_raw')).toEqual(['phone', 'email', 'price']);
  });
});

describe('any names', () => {
  const word = fc.constantFrom(
    ...'last open to in day of x y size port time en ar total failed name not yn hk participates low met due user'.split(
      ' ',
    ),
  );
  const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join('_'));
  it('get the same fields in any order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 6 }), (names) => {
        const there = new Map(inferTemplate(names).fields.map((field) => [field.name, field]));
        for (const { name: each, type, confidence } of inferTemplate([...names].reverse()).fields)
          expect([each, type, confidence]).toEqual([each, there.get(each)?.type, there.get(each)?.confidence]);
      }),
    );
  });
});
