import fc from 'fast-check';
import { isDegenerate, isInLanguage, textsOf } from './text-quality';

const stuck: string[][] = [
  ['胸痛'.repeat(400)],
  ['a'.repeat(40)],
  ['the '.repeat(60)],
  ['。'.repeat(64)],
  ['\\n'.repeat(64)],
  [`患者今晨起胸痛，${'伴出汗，'.repeat(30)}`],
  [`${'正常 '.repeat(30)}其余未见异常。`],
  ['0.'.repeat(50)],
  ['The patient is stable and the patient is stable and '.repeat(20)],
  ['锟斤拷'],
  ['æ‚£è€…èƒ¸ç—›'.normalize()],
  [Buffer.from('患者胸痛伴出汗').toString('latin1')],
  ['胸\uFFFD\uFFFD痛'],
  Array.from({ length: 200 }, () => '胸痛三小时'),
  ['<|end|>'.repeat(40)],
];

const good: string[][] = [
  ['患者今晨六时起胸骨后压榨样疼痛，向左肩放射，伴大汗，持续约三小时，含服硝酸甘油后无缓解。'],
  ['Crushing retrosternal chest pain for three hours, radiating to the left shoulder, not relieved by nitroglycerin.'],
  ['体温36.5℃，脉搏110次/分，呼吸24次/分，血压90/60mmHg，血氧饱和度92%。'],
  ['——', '……', '无', ''],
  ['否认发热，否认咳嗽，否认腹痛，否认腹泻，否认呕吐，否认外伤史，否认药物过敏史。'],
  ['1. 胸痛\n2. 出汗\n3. 心率快\n4. 血压低\n5. 氧饱和度低'],
  ['120/80', '120/80', '120/80', '118/76', '121/82'],
  ['哈哈哈哈哈哈', '疼疼疼疼'],
  Array.from({ length: 12 }, () => '未见异常'),
  ['Café à Orléans, señor Núñez, naïve façade'],
];

describe('isDegenerate', () => {
  it.each(stuck.map((texts) => [texts[0]?.slice(0, 20), texts] as const))('detects %j', (_name, texts) => {
    expect(isDegenerate(texts)).toBe(true);
  });

  it.each(good.map((texts) => [texts[0]?.slice(0, 20), texts] as const))('leaves %j alone', (_name, texts) => {
    expect(isDegenerate(texts)).toBe(false);
  });

  it('detects any unit of up to 24 characters that repeats sixteen times and more', () => {
    const unit = fc.string({ minLength: 2, maxLength: 24, unit: 'grapheme-ascii' });
    fc.assert(fc.property(unit, fc.string({ maxLength: 30 }), (part, lead) => isDegenerate([lead + part.repeat(40)])));
  });

  it('looks at eight thousand characters quickly', () => {
    const long = Array.from({ length: 8000 }, (_unused, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 5000)));
    const startedAt = performance.now();
    expect(isDegenerate([long.join('')])).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

describe('isInLanguage', () => {
  it('wants Chinese where Chinese is asked for, and lets drug names and units pass', () => {
    expect(isInLanguage(['The patient has had chest pain since this morning.'], 'zh')).toBe(false);
    expect(isInLanguage(['患者服用 Aspirin 100 mg qd，Metoprolol 25 mg bid，仍有胸痛。'], 'zh')).toBe(true);
    expect(isInLanguage(['STEMI', 'II'], 'zh')).toBe(true);
  });

  it('wants English where English is asked for, and lets a quotation pass', () => {
    expect(isInLanguage(['患者今晨起胸骨后压榨样疼痛，向左肩放射，伴大汗。'], 'en')).toBe(false);
    expect(isInLanguage(['The patient says 胸口闷痛 and is sweating.'], 'en')).toBe(true);
  });
});

describe('textsOf', () => {
  it('finds every string of a value', () => {
    expect(textsOf({ a: 'x', b: [1, 'y', { c: null, d: 'z' }], e: true })).toEqual(['x', 'y', 'z']);
  });
});
