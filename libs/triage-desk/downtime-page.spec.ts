import { createHash } from 'node:crypto';
import { type DowntimeList, type ListedPatient } from './downtime-list';
import { downtimePage, downtimePolicy } from './downtime-page';
import { flagName } from './flag-names';

const row: ListedPatient['row'] = {
  caseId: 'c',
  version: 1,
  wardId: 'w',
  ticketNo: 7,
  state: 'waiting',
  room: null,
  moves: [],
  patient: {
    name: '<b>张&三',
    unidentified: false,
    sex: 'unknown',
    age: { zh: '年龄不详', en: 'age unknown' },
    ageEstimated: false,
  },
  complaint: null,
  level: 'II',
  provisional: true,
  floor: 'II',
  straightToResus: false,
  earlyWarning: { points: 0, incomplete: true, redScore: false },
  specialGroup: false,
  flags: ['shock', 'nurseConcern', 'own-indicator'],
  infection: null,
  allergies: null,
  prehospital: true,
  arrivedAt: '2026-11-23T08:05:00.000Z',
  review: null,
  waitedSeconds: 0,
  limitSeconds: 600,
  breachRatio: 0,
  overLimit: false,
  reassessAt: '2026-11-23T08:20:00.000Z',
  reassessOverdue: true,
  staleVitals: false,
};
const listOf = (patients: readonly ListedPatient[]): DowntimeList => ({
  hospital: '示范医院',
  ward: { id: 'w', code: 'ED', name: '急诊科' },
  timeZone: 'Asia/Shanghai',
  at: new Date('2026-11-23T08:30:00Z'),
  patients,
  expected: [],
});
const one = (change: Partial<ListedPatient['row']> = {}, vitals: ListedPatient['vitals'] = null) =>
  downtimePage(listOf([{ row: { ...row, ...change }, vitals }]));

describe('the printed list', () => {
  it('shows a patient in both languages, at the hospital’s own time, legible without colour', () => {
    const page = one();
    expect(page).toContain('<span class="level">◆ Ⅱ</span>');
    for (const text of [
      '急重',
      '暂定 provisional',
      '11-23 16:05',
      '11-23 16:20',
      '已逾期 overdue',
      '候诊 waiting',
      '性别不详 sex unknown',
    ])
      expect(page).toContain(text);
    expect(page).toContain('截至 as of<br>2026-11-23 16:30');
  });

  it('tells not asked from none, and not measured from normal', () => {
    expect(one()).toContain('未询问 not asked');
    expect(one({ allergies: [] })).toContain('无已知过敏 none known');
    expect(one()).toContain('未测 not measured');
    const vitals = {
      values: { pulse: 88, onOxygen: true, painTool: 'nrs' },
      at: new Date('2026-11-23T08:10:00Z'),
      source: 'prehospital',
    };
    expect(one({}, vitals)).toContain('11-23 16:10</span><br>院前 prehospital<br>HR 88 · O₂ +</td>');
  });

  it('lets nothing that was typed become markup', () => {
    const page = one({ complaint: '"><img src=x onerror=alert(1)>', allergies: ['<i>'] });
    expect(page).not.toMatch(/<b>|<img|<i>/);
    expect(page).toContain('&#60;b&#62;张&#38;三');
  });

  it('counts its sheets, each of which says of when it is and that it is a copy', () => {
    const page = downtimePage(listOf(Array.from({ length: 17 }, () => ({ row, vitals: null }))));
    expect(page.match(/class="sheet"/g)).toHaveLength(3);
    expect(page.match(/This page is a copy and may be out of date/g)).toHaveLength(3);
    expect(page).toContain('第 3/3 页<br>page 3 of 3');
    expect(downtimePage(listOf([]))).toContain('当前没有候诊患者 Nobody is waiting');
  });

  it('allows its own style and nothing else', () => {
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(one()) ?? [];
    expect(downtimePolicy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(downtimePolicy).toContain(`default-src 'none'`);
    expect(one()).not.toMatch(/ style="/);
  });

  it('names flags, and an indicator of the hospital’s own by its id', () => {
    expect(flagName('shock')).toEqual({ zh: '休克', en: 'shock' });
    expect(one()).toContain('护士担忧 nurse concerned');
    expect(flagName('own-indicator')).toEqual({ zh: 'own-indicator', en: 'own-indicator' });
  });
});
