import fc from 'fast-check';
import { messageHash, messageKey } from './message-identity';

const source = { sendingApplication: 'HIS', sendingFacility: 'H', controlId: '1' };

describe('the identity of a message', () => {
  it('is the same for the same sender and control id', () => {
    expect(messageKey(source)).toBe(messageKey({ ...source }));
    expect(messageKey(source)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('differs whenever a part differs, also where parts run into each other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
        const key = messageKey({ sendingApplication: a, sendingFacility: b, controlId: c });
        expect(messageKey({ sendingApplication: `${a}x`, sendingFacility: b, controlId: c })).not.toBe(key);
        expect(messageKey({ sendingApplication: a, sendingFacility: `x${b}`, controlId: c })).not.toBe(key);
        expect(messageKey({ sendingApplication: a + b, sendingFacility: '', controlId: c }) === key).toBe(b === '');
      }),
    );
  });

  it('tells repetition from reuse by every byte', () => {
    expect(messageHash(Buffer.from('MSH|a'))).toBe(messageHash(Buffer.from('MSH|a')));
    expect(messageHash(Buffer.from('MSH|a'))).not.toBe(messageHash(Buffer.from('MSH|a\r')));
  });
});
