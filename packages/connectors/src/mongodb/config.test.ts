import { describe, expect, it } from 'vitest';
import type { ConnectionError } from '../connection-error.ts';
import type { ConnectionInput } from '../connector.ts';
import { mongoConfig, parseMongo } from './config.ts';

const refusal = (input: ConnectionInput): ConnectionError => {
  try {
    parseMongo(input);
  } catch (error) {
    return error as ConnectionError;
  }
  throw new Error('it was taken');
};

describe('the URL of a MongoDB', () => {
  it('names one host or many, a database and who signs in where', () => {
    const url =
      'mongodb://ma%40ker:s%2Fecret@db1.example,[2001:db8::1]:27018/shop?replicaSet=rs0&authSource=users&tls=true';
    const { config, secrets } = parseMongo({ url });
    expect(secrets).toEqual({ password: 's/ecret' });
    expect(config.url).toBe('mongodb://db1.example:27017,[2001:db8::1]:27018/shop');
    expect(config.auth).toEqual({ type: 'basic', username: 'ma@ker' });
    expect(mongoConfig(config)).toMatchObject({
      hosts: [
        { host: 'db1.example', port: 27_017 },
        { host: '2001:db8::1', port: 27_018 },
      ],
      replicaSet: 'rs0',
      authSource: 'users',
      tls: { mode: 'verify-full' },
      directConnection: false,
    });
    expect(parseMongo(config).config).toEqual(config);
  });

  it('means the one server that is named, unless more are named or a replica set is', () => {
    const direct = (url: string, options = {}): boolean =>
      mongoConfig(parseMongo({ url, options }).config).directConnection;
    expect(direct('mongodb://h/shop')).toBe(true);
    expect(direct('mongodb://h/shop?replicaSet=rs0')).toBe(false);
    expect(direct('mongodb://h/shop?replicaSet=rs0&directConnection=true')).toBe(true);
    expect(direct('mongodb://h/shop', { directConnection: false })).toBe(false);
    expect(direct('mongodb+srv://cluster.example.com/shop')).toBe(false);
  });

  it('takes what Atlas writes into it, encrypted unless it says otherwise', () => {
    const url = 'mongodb+srv://u:p@cluster0.abc.mongodb.net/shop?retryWrites=true&w=majority&appName=Cluster0';
    const { config } = parseMongo({ url });
    expect(config).toMatchObject({
      url: 'mongodb+srv://cluster0.abc.mongodb.net/shop',
      options: { tls: { mode: 'verify-full' } },
    });
    expect(parseMongo(config).config).toEqual(config);
  });

  it.each([
    'tlsCAFile=/etc/passwd',
    'tlsCertificateKeyFile=/etc/passwd',
    'tlsCRLFile=x',
    'proxyHost=10.0.0.1',
    'tlsInsecure=true',
    'authMechanism=MONGODB-AWS',
    'authMechanism=MONGODB-OIDC',
    'authMechanism=GSSAPI',
    'authMechanism=MONGODB-X509',
    'authMechanismProperties=ENVIRONMENT:azure',
    'autoEncryption=1',
    'srvServiceName=http',
    'lookup=x',
    'w=0',
    'tls=maybe',
    'authMechanism=PLAIN',
  ])('says nothing that reads files, goes elsewhere or does without safety: %s', (parameter) => {
    const error = refusal({ url: `mongodb://u:S3cret@h/shop?${parameter}` });
    expect(error).toMatchObject({ problem: 'invalid_config' });
    expect(`${error.message} ${error.hint}`).not.toContain('S3cret');
  });

  it.each([
    'mongodb://%2Ftmp%2Fmongodb-27017.sock/shop',
    'mongodb://mongodb.sock/shop',
    'mongodb://h:0/shop',
    'mongodb://h:99999/shop',
    'mongodb://h,/shop',
    'mongodb:///shop',
    'mongodb://h',
    'mongodb://h/a.b',
    'mongodb://h/$cmd',
    'mongodb://h/a%00b',
    `mongodb://h/${'x'.repeat(64)}`,
    'mongodb+srv://h.example.com:27017/shop',
    'mongodb+srv://a.example.com,b.example.com/shop',
    'mongodb://a,b/shop?directConnection=true',
    'mongodb://:pass@h/shop',
    'https://h/shop',
    `mongodb://${'h,'.repeat(60)}h/shop`,
  ])('is refused when it has another form: %s', (url) => {
    expect(refusal({ url })).toMatchObject({ problem: 'invalid_config' });
  });

  it('and options do not say the same thing', () => {
    const error = refusal({ url: 'mongodb://h/shop?authSource=a', options: { authSource: 'b' } });
    expect(error.message).toContain('authSource');
  });
});
