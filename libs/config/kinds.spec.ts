import fc from 'fast-check';
import {
  cidrs,
  decimal,
  host,
  hostAndPort,
  integer,
  type Kind,
  modelUrl,
  onOff,
  oneOf,
  origins,
  path,
  port,
  postgresUrl,
  reserved,
  text,
  timeZone,
} from './kinds';

const reads = <T>(kind: Kind<T>, value: string): T => kind.schema.parse(value);
const refuses = (kind: Kind<unknown>, value: string): void => {
  expect({ value, success: kind.schema.safeParse(value).success }).toEqual({ value, success: false });
};

describe('kinds of values', () => {
  it('read numbers only in plain decimal form and in range', () => {
    expect(reads(integer(1, 10), '7')).toBe(7);
    for (const wrong of ['0', '11', '-1', '1.5', '1e1', '0x1', ' 7', '٧', 'true', 'Infinity', 'NaN', '9'.repeat(16)]) {
      refuses(integer(1, 10), wrong);
    }
    expect(reads(decimal(0.0001, 100), '0.01')).toBe(0.01);
    for (const wrong of ['0', '0.00001', '101', '.5', '1,5', '1e-2', '']) refuses(decimal(0.0001, 100), wrong);
    fc.assert(fc.property(fc.integer({ min: 1, max: 65_535 }), (n) => expect(reads(port(), String(n))).toBe(n)));
    fc.assert(fc.property(fc.integer({ min: 65_536 }), (n) => refuses(port(), String(n))));
  });

  it('read words exactly', () => {
    expect(reads(oneOf('demo', 'production'), 'demo')).toBe('demo');
    for (const wrong of ['Demo', 'prod', '']) refuses(oneOf('demo', 'production'), wrong);
    expect([reads(onOff(), 'on'), reads(onOff(), 'off')]).toEqual([true, false]);
    for (const wrong of ['true', '1', 'yes', 'false', '']) refuses(onOff(), wrong);
  });

  it('read one line of text and make paths absolute', () => {
    expect(reads(text(), '会签')).toBe('会签');
    for (const wrong of ['', 'a\nb', 'a\0b']) refuses(text(), wrong);
    expect(reads(path(), '/etc/../etc/kek')).toBe('/etc/kek');
    expect(reads(path(), 'kek').startsWith('/')).toBe(true);
    refuses(path(), 'a\0');
  });

  it('read model addresses without credentials, query or fragment', () => {
    for (const right of ['http://10.0.0.8:8000/v1', 'https://model.hospital.example/v1', 'http://[::1]:8000/v1']) {
      expect(reads(modelUrl(), right)).toBe(right);
    }
    for (const wrong of [
      '10.0.0.8:8000',
      'file:///etc/passwd',
      'ftp://a/v1',
      'http://user:pass@a/v1',
      'http://a/v1?x=1',
      'http://a/v1#x',
      'http://',
    ]) {
      refuses(modelUrl(), wrong);
    }
  });

  it('read PostgreSQL addresses with user and database', () => {
    for (const right of ['postgres://a:b@c:5432/d', 'postgresql://a@c/d?sslmode=verify-full']) {
      expect(reads(postgresUrl(), right)).toBe(right);
    }
    for (const wrong of [
      'mysql://a:b@c/d',
      'postgres://c/d',
      'postgres://a:b@c',
      'postgres://a:b@c/',
      'c:5432/d',
      'd',
    ]) {
      refuses(postgresUrl(), wrong);
    }
  });

  it('read servers as host:port', () => {
    for (const right of ['127.0.0.1:7233', 'temporal:7233', '[::1]:7233', 'a-b.example:1']) {
      expect(reads(hostAndPort(), right)).toBe(right);
    }
    for (const wrong of [
      'temporal',
      'temporal:',
      ':7233',
      'http://temporal:7233',
      'a:0',
      'a:65536',
      'a b:1',
      '::1:7233',
    ]) {
      refuses(hostAndPort(), wrong);
    }
  });

  it('read addresses to listen on', () => {
    for (const right of ['0.0.0.0', '::', '127.0.0.1', 'localhost']) expect(reads(host(), right)).toBe(right);
    for (const wrong of ['*', 'example.org', '256.0.0.1', '']) refuses(host(), wrong);
  });

  it('read address ranges, never everything', () => {
    expect(reads(cidrs(), '10.0.0.0/8, 192.168.1.7 ,fd00::/8,')).toEqual(['10.0.0.0/8', '192.168.1.7', 'fd00::/8']);
    for (const wrong of [
      '',
      ',',
      '0.0.0.0/0',
      '::/0',
      '10.0.0.0/33',
      'fd00::/129',
      '10.0.0/8',
      'example.org/8',
      '10.0.0.0/8,nonsense',
      '10.0.0.0/-1',
      '10.0.0.0/8 10.1.0.0/16',
    ]) {
      refuses(cidrs(), wrong);
    }
  });

  it('read origins without a path', () => {
    expect(reads(origins(), 'https://a.example, http://b:8000')).toEqual(['https://a.example', 'http://b:8000']);
    for (const wrong of ['a.example', 'https://a.example/', 'https://a.example/v1', 'https://u@a.example', '']) {
      refuses(origins(), wrong);
    }
  });

  it('read time zones of the list', () => {
    for (const right of ['Asia/Shanghai', 'UTC', 'Asia/Urumqi']) expect(reads(timeZone(), right)).toBe(right);
    for (const wrong of ['Asia/Nowhere', '+08:00', 'CST?', '']) refuses(timeZone(), wrong);
  });

  it('refuse what is only reserved', () => {
    refuses(reserved(), 'https://sso.hospital.example');
  });
});
