import type { AcuityLevel } from './acuity';
import type { Alternative, Value } from './band';
import type { Finding } from './level-pack';
import { describeParameter } from './parameters';
import type { Text } from './text';

/** Numeral of a level as it is printed in sentences. */
export const numerals: Readonly<Record<AcuityLevel, string>> = {
  I: 'Ⅰ',
  II: 'Ⅱ',
  III: 'Ⅲ',
  IV: 'Ⅳ',
  IVa: 'Ⅳa',
  IVb: 'Ⅳb',
};

/** One condition of a counterfactual: "pulse at most 149". */
export type Change = {
  readonly parameter: string;
  readonly relation: Alternative<never>['relation'];
  readonly value: Value;
};

/** A finding as a sentence: value, level, and what would have given another level. Which rule it was, the finding says. */
export const explainFinding = (finding: Finding): Text => {
  const { parameter, name, value, level, counterfactuals } = finding;
  const read = value === true ? '' : ` ${measurement(parameter, value)}`;
  const others = counterfactuals.map((other) => ({ ...other, text: condition({ ...other, parameter }) }));
  const zh = others.map(({ text, level: to }) => `若${text.zh}：${to === null ? '本规则不触发' : `${numerals[to]}级`}`);
  const en = others.map(
    ({ text, level: to }) => `if ${text.en}: ${to === null ? 'this rule is silent' : `level ${to}`}`,
  );
  return {
    zh: [`${name.zh}${read} → ${numerals[level]}级`, ...zh].join('；'),
    en: [`${name.en}${read} → level ${level}`, ...en].join('; '),
  };
};

/** "If pulse <= 149 and SpO2 >= 91: level III" in both languages. */
export const explainChanges = (changes: readonly Change[], level: AcuityLevel): Text => {
  const texts = changes.map(condition);
  return {
    zh: `若${texts.map(({ zh }) => zh).join(' 且')}：${numerals[level]}级`,
    en: `if ${texts.map(({ en }) => en).join(' and ')}: level ${level}`,
  };
};

const signs = { 'at-most': '≤', 'at-least': '≥', equals: '=' } as const;

const condition = ({ parameter, relation, value }: Change): Text => {
  const name = nameOf(parameter);
  const right = `${signs[relation]} ${measurement(parameter, value)}`;
  return { zh: `${name.zh} ${right}`, en: `${name.en} ${right}` };
};

const nameOf = (parameter: string): Text => describeParameter(parameter).name;

const measurement = (parameter: string, value: Value): string => {
  const { unit, step } = describeParameter(parameter);
  if (typeof value !== 'number') return String(value);
  const written = step === 0.1 ? value.toFixed(1) : String(value);
  return unit === 'points' ? written : `${written} ${unit}`;
};
