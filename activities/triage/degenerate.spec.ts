import fc from 'fast-check';
import { readAnswer, type Reading } from '#libs/llm/structure';
import { type AcuityAnswer, acuityPrompt } from './triage.prompt';

const good: AcuityAnswer = {
  level: 'II',
  reasons: [
    { zh: '胸痛两小时伴出汗,心率155次/分', en: 'chest pain for two hours with sweating, pulse 155', quote: '胸痛' },
  ],
  redFlags: [{ zh: '急性冠脉综合征', en: 'acute coronary syndrome' }],
  department: '胸痛中心',
  addressedNotes: [],
  unaddressedNotes: [],
};
const read = (content: string): Reading<AcuityAnswer> => readAnswer({ content, reasoning: '' }, acuityPrompt);
const withReason = (reason: Partial<AcuityAnswer['reasons'][number]>): string =>
  JSON.stringify({ ...good, reasons: [{ ...good.reasons[0], ...reason }] });
const times = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

const repeated = [
  ...['的', '胸痛', '患者', ' ', 'the ', '\n', '<|end|>', '0', '请稍候。', '\\u0000'].map((unit) => times(unit, 8000)),
  ...['的', '胸痛', '建议复查。'].map((unit) => withReason({ zh: times(unit, 300) })),
  withReason({ en: times('pain and ', 300) }),
];
const empty = [
  '',
  ' ',
  '\n\n\n',
  '\u3000',
  '{}',
  'null',
  '""',
  '[]',
  ...[' ', '\u3000\u3000', '……', '。', '---', '\u200B'].map((zh) => withReason({ zh })),
];
const english = [
  'crushing chest pain radiating to the left arm, with sweating',
  'The patient should be seen immediately because of low oxygen saturation.',
  'No fever, no cough, no trauma; vital signs are stable at present.',
  'douleur thoracique depuis deux heures avec sueurs',
  'Patient klagt seit zwei Stunden über Brustschmerzen',
  'xiong tong liang xiao shi ban chu han xin lv kuai',
].map((zh) => withReason({ zh }));
const broken = [
  ...['患者胸痛两小时伴出汗', '心率一百五十五次每分', '建议立即评估'].map((zh) => withReason({ zh: latin1(zh) })),
  ...['锟斤拷锟斤拷', '烫烫烫烫烫', '胸\uFFFD\uFFFD痛', 'æ‚£è€…èƒ¸ç—›ä¸¤å°æ—¶'].map((zh) => withReason({ zh })),
  withReason({ en: latin1('Schmerz – “stark” – 2 Stunden – sofort') }),
];
const cases = [...repeated, ...empty, ...english, ...broken];

const pick = <T>(...of: readonly T[]) => fc.constantFrom(...of);
/** Sentences as a good draft has them: findings with numbers, negations in a row, drug names, short ones. */
const reason = fc.record({
  zh: fc
    .tuple(
      pick('胸骨后压榨样疼痛', '右下腹持续性疼痛', '突发言语不清伴右侧肢体无力', '气促', '高处坠落伤', '咳嗽咳痰三天'),
      pick(
        '伴大汗',
        '伴恶心呕吐,无发热',
        '否认发热,否认外伤,否认药物过敏',
        '服用 Aspirin 100 mg 与 Metoprolol 25 mg',
        '',
      ),
      fc.integer({ min: 60, max: 160 }),
      fc.integer({ min: 80, max: 100 }),
    )
    .map(([a, b, pulse, spo2]) => `${a}${b},脉搏${pulse}次/分,SpO₂ ${spo2}%`),
  en: fc
    .tuple(
      pick(
        'crushing chest pain',
        'pain in the right lower abdomen',
        'sudden slurred speech',
        'a fall from a height',
        'cough for three days',
      ),
      pick(
        'with sweating',
        'no fever, no trauma, no known allergy',
        'on aspirin and metoprolol',
        '(“胸口闷” in the patient’s words)',
      ),
      fc.integer({ min: 60, max: 160 }),
    )
    .map(([a, b, pulse]) => `${a}, ${b}; pulse ${pulse}/min`),
  quote: pick('胸痛', '', '右下腹痛', 'chest pain'),
});
const draft = fc.record({
  level: pick('I' as const, 'II' as const, 'III' as const, 'IVa' as const),
  reasons: fc.array(reason, { minLength: 1, maxLength: 8 }),
  redFlags: fc.array(
    pick({ zh: 'STEMI', en: 'STEMI' }, { zh: '脑卒中', en: 'stroke' }, { zh: '脓毒症', en: 'sepsis' }),
    { maxLength: 3 },
  ),
  department: pick('胸痛中心', '神经内科', null),
  addressedNotes: fc.constant([]),
  unaddressedNotes: fc.constant([]),
});

describe('L-6: degenerate drafts', () => {
  it('are forty and more', () => expect(cases.length).toBeGreaterThanOrEqual(40));

  it.each(cases.map((content) => [content.slice(0, 60), content]))('are rejected: %j', (_name, content) => {
    const { kind } = read(content);
    expect(kind).toBe('rejected');
  });

  it('are told by their kind, so that the model is asked again for what it can mend', () => {
    expect(english.map((content) => read(content))).toEqual(
      english.map(() => expect.objectContaining({ reason: 'wrong-language' })),
    );
    expect(broken.map((content) => read(content))).toEqual(
      broken.map(() => expect.objectContaining({ reason: 'degenerate' })),
    );
  });

  it('are not the good ones: at most 1 % of two hundred', () => {
    const drafts = fc.sample(draft, { seed: 6, numRuns: 200 });
    const alarms = drafts.filter((one) => read(JSON.stringify(one)).kind !== 'valid');
    expect(alarms.length).toBeLessThanOrEqual(2);
    expect(read(JSON.stringify(good)).kind).toBe('valid');
  });
});
