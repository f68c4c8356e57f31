import { bornOf, identityCard } from './born';

const today = '2026-11-23';

describe('the field for birth date or age', () => {
  it('takes a birth date in the ways people type it', () => {
    for (const typed of ['19800505', '1980-05-05', '1980/5/5', '1980.5.5', '1980年5月5日', '１９８００５０５'])
      expect(bornOf(typed, today)).toMatchObject({ kind: 'birthDate', birthDate: '1980-05-05' });
  });

  it('takes an age for an estimate, in years, months or days', () => {
    expect(bornOf('45', today)).toEqual({ kind: 'estimate', years: 45, ageDays: 16_436 });
    for (const typed of ['约60岁', '大约60', '60岁左右', '~60'])
      expect(bornOf(typed, today)).toMatchObject({ kind: 'estimate', years: 60 });
    expect(bornOf('8月', today)).toMatchObject({ kind: 'estimate', ageDays: 244 });
    expect(bornOf('8个月', today)).toMatchObject({ ageDays: 244 });
    expect(bornOf('20天', today)).toMatchObject({ ageDays: 20 });
    expect(bornOf('3岁', today)).toMatchObject({ years: 3 });
  });

  it('says so where it can be neither', () => {
    for (const typed of ['20270101', '19800231', '131', '老年', '1800-01-01', '45.5.5'])
      expect([typed, bornOf(typed, today)]).toEqual([typed, 'unreadable']);
    expect(bornOf('  ', today)).toBeNull();
  });
});

describe('the number of an identity card', () => {
  it('says birth date and sex', () => {
    expect(identityCard('11010519491231002X')).toEqual({ birthDate: '1949-12-31', sex: 'female' });
  });

  it('is none with a wrong check digit, a wrong length or a date nobody knows', () => {
    for (const typed of ['110105194912310021', '1101051949123100', 'DEMO1', '']) expect(identityCard(typed)).toBeNull();
  });
});
