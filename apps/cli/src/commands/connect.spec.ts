import { mayHeal } from './connect';

describe('a connection that failed', () => {
  it.each([
    ['nobody answered in time', new Error('Connection terminated due to connection timeout'), true],
    ['PostgreSQL is starting', Object.assign(new Error('the database system is starting up'), { code: '57P03' }), true],
    ['too many clients', Object.assign(new Error('sorry'), { code: '53300' }), true],
    ['nobody listens', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), false],
    ['the password is wrong', Object.assign(new Error('password authentication failed'), { code: '28P01' }), false],
  ])('%s: another attempt may help', (_why, thrown, heals) => {
    expect(mayHeal(thrown)).toBe(heals);
  });
});
