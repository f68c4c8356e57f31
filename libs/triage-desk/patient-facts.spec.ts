import {
  ageInDays,
  ageText,
  localDay,
  maskedName,
  oldestAgeDays,
  unidentifiedName,
  yearsInDays,
} from './patient-facts';

describe('ageInDays', () => {
  it('counts completed days of life by the calendar', () => {
    expect(ageInDays('2026-11-22', '2026-11-23')).toBe(1);
    expect(ageInDays('2026-11-23', '2026-11-23')).toBe(0);
    expect(ageInDays('1926-11-23', '2026-11-23')).toBe(36_525);
  });

  it('knows no age for a birth date in the future, nor for one that is a placeholder', () => {
    expect(ageInDays('2026-11-24', '2026-11-23')).toBeNull();
    expect(ageInDays('1800-01-01', '2026-11-23')).toBeNull();
  });
});

describe('localDay', () => {
  it('is the date at the hospital, not in UTC', () => {
    expect(localDay(new Date('2026-11-22T17:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-23');
  });
});

describe('yearsInDays', () => {
  it('stays within what is stored', () => {
    expect(yearsInDays(1)).toBe(365);
    expect(yearsInDays(200)).toBe(oldestAgeDays);
  });
});

describe('unidentifiedName', () => {
  it('says what is known and when, by the clock of the hospital', () => {
    const at = new Date('2026-11-23T03:04:05Z');
    expect(unidentifiedName('male', at, 'Asia/Shanghai')).toBe('无名氏男-1123110405');
    expect(unidentifiedName('unknown', at, 'Asia/Shanghai')).toBe('无名氏-1123110405');
  });
});

describe('maskedName', () => {
  it.each([
    ['张三（演示）', '张*'],
    ['张三', '张*'],
    ['张小三', '张*三'],
    ['欧阳小明', '欧**明'],
    ['阿依古丽', '阿**丽'],
    ['张', '张'],
    ['Ada Lovelace', 'A***'],
    ['𠮷田', '𠮷*'],
    ['', '***'],
  ])('shows %s as %s', (name, masked) => {
    expect(maskedName(name)).toBe(masked);
  });
});

describe('ageText', () => {
  it.each([
    [0, '0天', '0 d'],
    [27, '27天', '27 d'],
    [91, '2个月', '2 mo'],
    [720, '23个月', '23 mo'],
    [1200, '3岁3个月', '3 y 3 mo'],
    [15_000, '41岁', '41 y'],
    [yearsInDays(45), '45岁', '45 y'],
    [yearsInDays(5), '5岁0个月', '5 y 0 mo'],
    [yearsInDays(8 / 12), '8个月', '8 mo'],
  ])('says %d days as people do', (days, zh, en) => {
    expect(ageText(days, false)).toEqual({ zh, en });
  });

  it('marks an estimate, and says it when nobody knows', () => {
    expect(ageText(15_000, true)).toEqual({ zh: '约41岁', en: 'about 41 y' });
    expect(ageText(null, false)).toEqual({ zh: '年龄不详', en: 'age unknown' });
  });
});
