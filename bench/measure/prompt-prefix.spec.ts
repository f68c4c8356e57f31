import fc from 'fast-check';
import { commonPrefix, prefixShareOf, skeletonOf, unitsOf } from './prompt-prefix';

const lengthOf = (text: string): number => text.length;

describe('the identical prefix of prompts', () => {
  it('is what all texts begin with', () => {
    expect([commonPrefix(['abcd', 'abxy', 'abc']), commonPrefix(['a', 'b']), commonPrefix([])]).toEqual(['ab', '', '']);
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { minLength: 1 }), (start, ends) => {
        const texts = ends.map((end) => start + end);
        const prefix = commonPrefix(texts);
        expect(prefix.startsWith(start) && texts.every((text) => text.startsWith(prefix))).toBe(true);
      }),
    );
  });

  it('of data only keys and signs are ours', () => {
    const value = {
      complaint: '胸痛',
      age: { days: 1, estimated: false },
      fired: [{ zh: 'x' }, { zh: 'y' }],
      floor: null,
    };
    expect(skeletonOf(value)).toBe(
      '{"complaint":"","age":{"days":,"estimated":},"fired":[{"zh":""},{"zh":""}],"floor":}',
    );
  });

  it('counts Chinese characters and signs singly, letters by four and digits by three', () => {
    expect(['胸痛，', 'triage', 'a', '2018', 'SpO2 < 90%'].map(unitsOf)).toEqual([3, 2, 1, 2, 5]);
  });

  it('holds all instructions, but not the keys after the first value that differs', () => {
    const fixed = 'x'.repeat(100);
    const prompts = ['a', 'b'].map((said) => ({ fixed, data: JSON.stringify({ said, more: 'same' }) }));
    const withKeys = 109 / (100 + '{"said":"","more":""}'.length);
    expect(prefixShareOf(prompts, lengthOf)).toEqual({ prefix: 109, ofInstructions: 1, withKeys });
  });

  it('is lost when the patient stands in front', () => {
    const prompts = ['a', 'b'].map((name) => ({ fixed: `${name}${'x'.repeat(99)}`, data: '{}' }));
    expect(prefixShareOf(prompts, lengthOf)).toEqual({ prefix: 0, ofInstructions: 0, withKeys: 0 });
  });
});
