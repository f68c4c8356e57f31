import { cnConsensus2018 } from './cn-consensus-2018';
import { explainChanges, explainFinding } from './explain';
import { evaluateLevelPack, type Finding } from './level-pack';
import type { Values } from './parameters';

const first = (values: Values): Finding => {
  const [finding] = evaluateLevelPack(cnConsensus2018, { values, ageDays: 12_000, flags: [] }, []);
  if (finding === undefined) throw new Error('nothing fired');
  return finding;
};

describe('explainFinding', () => {
  it('tells value, level and counterfactual in both languages, and no id of a rule', () => {
    expect(explainFinding(first({ pulse: 150 }))).toEqual({
      zh: '心率 150 /min → Ⅱ级；若心率 ≤ 149 /min：Ⅲ级；若心率 ≤ 99 /min：本规则不触发',
      en: 'pulse 150 /min → level II; if pulse ≤ 149 /min: level III; if pulse ≤ 99 /min: this rule is silent',
    });
  });

  it('writes temperature with its tenth', () => {
    expect(explainFinding(first({ temperature: 42 })).en).toBe(
      'temperature 42.0 °C → level I; if temperature ≤ 41.0 °C: this rule is silent',
    );
  });

  it('names a ticked indicator without a value', () => {
    const ticked: Finding = {
      ...first({ pulse: 39 }),
      name: { zh: '疑似脑卒中', en: 'stroke signs' },
      value: true,
      counterfactuals: [],
    };
    expect(explainFinding(ticked).zh).toBe('疑似脑卒中 → Ⅰ级');
  });
});

describe('explainChanges', () => {
  it('joins conditions that are needed together', () => {
    const changes = [
      { parameter: 'respiratoryRate', relation: 'at-most', value: 20 },
      { parameter: 'spo2', relation: 'at-least', value: 92 },
    ] as const;
    expect(explainChanges(changes, 'III')).toEqual({
      zh: '若呼吸频率 ≤ 20 /min 且血氧饱和度 ≥ 92 %：Ⅲ级',
      en: 'if respiratory rate ≤ 20 /min and SpO2 ≥ 92 %: level III',
    });
  });
});
