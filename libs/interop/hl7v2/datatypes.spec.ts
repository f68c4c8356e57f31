import { addressOf, cliniciansOf, identifiersOf, locationOf, phonesOf, sexOf, yesOrNo } from './datatypes';
import { type Repetition, repetitionsOf, stateOf } from './fields';
import { treeOf } from './message';
import { standardSeparators } from './separators';

const field = (raw: string): Repetition[] => {
  const segment = treeOf([`ZZZ|${raw}`], standardSeparators).getSegment('ZZZ');
  return repetitionsOf(segment, 1, { separators: standardSeparators, charset: 'utf-8' });
};

describe('field states', () => {
  it.each([
    ['', 'absent'],
    ['^^&~', 'absent'],
    ['  ', 'absent'],
    ['""', 'delete'],
    [' "" ', 'delete'],
    ['""^""', 'delete'],
    ['^""', 'absent'],
    ['A', 'present'],
    ['""^A', 'present'],
    ['\\X2222\\', 'present'],
  ])('%j is %s', (raw, state) => {
    expect(stateOf(field(raw))).toBe(state);
  });

  it('of a segment that is not there is absent', () => {
    expect(stateOf(repetitionsOf(undefined, 3, { separators: standardSeparators, charset: 'utf-8' }))).toBe('absent');
  });
});

describe('identifiers', () => {
  it('keep value, authority and type, each once', () => {
    expect(identifiersOf(field('1^^^HIS&1.2.3&ISO^MR~2^^^&1.2.3&ISO^PI~1^^^HIS^MR~3'))).toEqual([
      { value: '1', assigningAuthority: 'HIS', type: 'MR' },
      { value: '2', assigningAuthority: '1.2.3', type: 'PI' },
      { value: '3' },
    ]);
  });

  it('without a value are none', () => {
    expect(identifiersOf(field('^^^HIS^MR'))).toBeUndefined();
  });

  it('are not the same under two authorities', () => {
    expect(identifiersOf(field('1^^^A^MR~1^^^B^MR'))).toHaveLength(2);
  });
});

describe('phones', () => {
  it('come from the number, the unformatted number or its parts', () => {
    expect(phonesOf(field('010-5555^PRN^PH~^PRN^CP^^^^^^^^^13900000000~^WPN^PH^^86^10^5555'))).toEqual([
      { number: '010-5555', use: 'PRN', equipment: 'PH' },
      { number: '13900000000', use: 'PRN', equipment: 'CP' },
      { number: '86-10-5555', use: 'WPN', equipment: 'PH' },
    ]);
  });

  it('are no mail addresses', () => {
    expect(phonesOf(field('a@example.org^NET^Internet~^NET^X.400^b@example.org'))).toBeUndefined();
  });
});

describe('addresses', () => {
  it('read in the order of their language', () => {
    expect(addressOf(field('示范路1号^2室^北京^北京市^100000^'))?.text).toBe('北京市北京示范路1号2室');
    expect(addressOf(field('1 Main St^^Springfield^WI^53000^US'))).toEqual({
      street: '1 Main St',
      city: 'Springfield',
      state: 'WI',
      postalCode: '53000',
      country: 'US',
      text: '1 Main St, Springfield, WI, 53000, US',
    });
  });

  it('take the first with text', () => {
    expect(addressOf(field('^^^^^^H~路^^'))?.street).toBe('路');
    expect(addressOf(field('^^^^^^H'))).toBeUndefined();
  });
});

describe('locations and clinicians', () => {
  it('keep the parts of a location that are there', () => {
    expect(locationOf(field('ED^抢救室^01^院区&1.2&ISO^^N^东楼^2'))).toEqual({
      pointOfCare: 'ED',
      room: '抢救室',
      bed: '01',
      facility: '院区',
      type: 'N',
      building: '东楼',
      floor: '2',
    });
    expect(locationOf(field('ED'))).toEqual({ pointOfCare: 'ED' });
  });

  it('keep the clinicians that have an id or a name', () => {
    expect(cliniciansOf(field('D1^李^四~^王^五~D2~^^^^^Dr'))).toEqual([
      { id: 'D1', name: { full: '李四', family: '李', given: '四' } },
      { name: { full: '王五', family: '王', given: '五' } },
      { id: 'D2' },
    ]);
  });
});

describe('codes', () => {
  it('of sex are those of HL7, of the national standard, and plain Chinese', () => {
    expect(['M', '1', '男', 'm'].map(sexOf)).toEqual(['male', 'male', 'male', 'male']);
    expect(['F', '2', '女'].map(sexOf)).toEqual(['female', 'female', 'female']);
    expect(['U', '0', '9', 'O', 'A', 'N'].map(sexOf)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'other',
      'other',
      'other',
    ]);
    expect(['X', '3', '', '__proto__'].map(sexOf)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('of yes and no are Y and N, also written out', () => {
    expect(['Y', 'N', 'yes', 'NO', '1', 'constructor'].map(yesOrNo)).toEqual([
      true,
      false,
      true,
      false,
      undefined,
      undefined,
    ]);
  });
});
