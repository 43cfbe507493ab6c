import { MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { allTextOf } from '../testing/contract/workbench.ts';
import { mayHaveArrived, translateError } from './translate-error.ts';

const server = (said: object): MongoServerError => new MongoServerError(said as never);

describe('what MongoDB says', () => {
  it.each([
    [18, 'auth'],
    [8000, 'auth'],
    [13, 'permission'],
    [26, 'not_found'],
    [121, 'constraint'],
    [11000, 'constraint'],
    [2, 'value'],
    [50, 'timeout'],
    [10107, 'busy'],
    [6, 'broken'],
    [59, 'protocol'],
    [987_654, 'protocol'],
  ])('is told by its code: %d is %s', (code, problem) => {
    const error = translateError(server({ code, errmsg: 'command { insert: "t", documents: [ { a: "Kl4rtext" } ] }' }));
    expect(error).toMatchObject({ problem, message: expect.stringContaining(String(code)) });
    expect(allTextOf(error)).not.toContain('Kl4rtext');
  });

  it('of a key that is there twice names the index and its fields, and not the values', () => {
    const errmsg =
      'E11000 duplicate key error collection: shop.t index: email_1_tenant_1 dup key: { email: "Kl4rtext", tenant: 7 }';
    const keys = { keyPattern: { email: 1, tenant: 1 }, keyValue: { email: 'Kl4rtext', tenant: 7 } };
    const error = translateError(server({ code: 11_000, errmsg, ...keys }));
    expect(error.message).toContain('of email, tenant');
    expect(error.message).toContain('email_1_tenant_1');
    expect(allTextOf(error)).not.toContain('Kl4rtext');
  });

  it('of a validator names the fields, and not the values', () => {
    const rule = {
      operatorName: 'bsonType',
      specifiedAs: { bsonType: 'int' },
      reason: 'type',
      consideredValue: 'Kl4rtext',
    };
    const details = {
      operatorName: '$jsonSchema',
      schemaRulesNotSatisfied: [
        { operatorName: 'properties', propertiesNotSatisfied: [{ propertyName: 'age', details: [rule] }] },
        { operatorName: 'required', missingProperties: ['name'] },
      ],
    };
    const error = translateError(server({ code: 121, errmsg: 'Document failed validation', errInfo: { details } }));
    expect(error).toMatchObject({ problem: 'constraint', message: expect.stringMatching(/validator.* in age, name/) });
    expect(allTextOf(error)).not.toContain('Kl4rtext');
  });

  it('is looked for in what kept a server from being chosen', () => {
    const inner = new MongoNetworkError('no', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) });
    const servers = new Map([['h:1', { error: inner }]]);
    const error = new MongoServerSelectionError('none', { servers } as never);
    expect(translateError(error)).toMatchObject({ problem: 'broken', message: expect.stringContaining('ECONNRESET') });
    expect(translateError(new MongoServerSelectionError('none', { servers: new Map() } as never))).toMatchObject({
      problem: 'timeout',
    });
  });

  it('leaves a doubt only when the rows may have arrived', () => {
    expect(mayHaveArrived(new MongoNetworkError('cut'))).toBe(true);
    expect(mayHaveArrived(new MongoServerSelectionError('none', { servers: new Map() } as never))).toBe(false);
    const early = new MongoNetworkError('cut');
    early.addErrorLabel('HandshakeError');
    expect(mayHaveArrived(early)).toBe(false);
  });
});
