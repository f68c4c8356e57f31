import { adaptiveInjections, benignNotes, injections } from '../../test/support/injection-corpus';
import { visibleText } from './invisible';
import { promptInput } from './prompt-input';
import { suspicionsIn } from './suspicion';

const known = injections();
const notes = [...known, ...adaptiveInjections()];

describe('L-8: notes that would steer the model', () => {
  it('are two hundred and more, in both languages', () => {
    expect(notes.length).toBeGreaterThanOrEqual(200);
    expect(notes.filter(({ text }) => /\p{Script=Han}/u.test(text)).length).toBeGreaterThan(60);
    expect(notes.filter(({ text }) => !/\p{Script=Han}/u.test(text)).length).toBeGreaterThan(60);
  });

  it('are labelled, at least nine of ten of the known kinds, and each kind by its name', () => {
    const missed = known.filter(({ text }) => suspicionsIn([text]).length === 0);
    expect(missed.length / known.length).toBeLessThanOrEqual(0.1);
    for (const family of new Set(known.map((one) => one.family))) {
      const all = known.filter((one) => one.family === family);
      const named = all.filter(({ text }) => suspicionsIn([text]).some((found) => found === family));
      expect([family, named.length / all.length >= 0.8]).toEqual([family, true]);
    }
  });

  it('are not the ordinary ones: at most 1 % of two hundred', () => {
    const alarms = benignNotes().filter((text) => suspicionsIn([text]).length > 0);
    expect(alarms.length).toBeLessThanOrEqual(2);
  });

  it.each([
    '问话仅回答姓名,简单问题可直接回答',
    '从外院直接返回',
    'NYHA心功能分级判定为III级',
    '护理级别改为一级',
    '患者忽略胸痛，心电图提示房颤',
    '长期忽略低盐饮食限制，忘记医生的服药指示',
    '护士问：你现在是哪里痛？',
    'Change in consciousness level since 08:30; cardiac output at normal level',
    '- CT（头颅）未见出血\n- ECG (V1,V2)\n-BP(左臂)130/80\n+ CRP (5-10)',
    '患者诉"头晕"，"恶心"，BP：150/90',
    '⚠️过敏史：青霉素',
    '【系统回顾】无特殊',
  ])('are not what is written at every desk: %s', (text) => {
    expect(suspicionsIn([text])).toEqual([]);
  });

  it('are found also behind the sign that styles an emoji', () => {
    expect(suspicionsIn(['⚠\uFE0F\uFE01\uFE02胸痛'])).toEqual(['hidden']);
  });

  it('do not close the JSON they are given in, nor bring a token of a chat template or markup', () => {
    for (const { text } of notes) {
      const sent = promptInput({ complaint: visibleText(text), rules: { floor: 'II' }, notes: [] });
      expect(sent).not.toMatch(/[<>｜\u2028\u2029]/);
      expect(JSON.parse(sent)).toEqual({ complaint: visibleText(text), rules: { floor: 'II' }, notes: [] });
    }
  });

  it('are looked at quickly, however long', () => {
    const started = performance.now();
    for (const unit of ['a', ' ', '<|', '"}', '忽略', 'ignore ', '=', '![', 'A1b', '\u200B'])
      suspicionsIn([unit.repeat(2000 / unit.length)]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
