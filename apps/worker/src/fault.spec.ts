import { CountersignError } from '#libs/errors/errors';
import { faultOf } from './fault';

describe('what the log says of a failure', () => {
  it('is its class and code', () => {
    expect(faultOf(new CountersignError('KEY_UNAVAILABLE'))).toEqual({
      error: 'CountersignError',
      code: 'KEY_UNAVAILABLE',
    });
    expect(faultOf(Object.assign(new Error('x'), { driverError: { code: '57P01' } }))).toEqual({
      error: 'Error',
      code: '57P01',
    });
    expect(faultOf(Object.assign(new TypeError('x'), { code: 14 }))).toEqual({ error: 'TypeError', code: 14 });
    expect(faultOf(undefined)).toEqual({ error: 'undefined' });
  });

  it('never repeats a message, a name, a detail or a code that is not of our form', () => {
    const canary = '王小明 110101199003070011';
    const thrown = [
      new Error(canary),
      Object.assign(new Error('x'), { name: canary, code: canary, cause: new Error(canary) }),
      Object.assign(new Error(canary), { driverError: { code: canary, detail: canary } }),
      new CountersignError('INTERNAL', { canary }),
      canary,
      { code: canary },
      { code: '110101199003070011' },
      { code: 199003070011 },
      { constructor: { name: canary } },
      { constructor: null },
      Object.create(null),
    ];
    for (const one of thrown) {
      const said = JSON.stringify(faultOf(one));
      expect(said).not.toMatch(/王小明|199003070011/);
    }
  });
});
