import type { Text } from './text';

/** How a parameter is written: its unit, the smallest step of its scale (null where it is a word), its name. */
export type ParameterInfo = {
  readonly unit: string;
  readonly step: number | null;
  readonly values?: readonly (string | boolean)[];
  readonly rounds?: true;
  readonly name: Text;
};

/** Every measured or observed input a pack may read, in the order in which screens and texts list them. */
export const parameters = {
  consciousness: {
    unit: 'ACVPU',
    step: null,
    values: ['A', 'C', 'V', 'P', 'U'],
    name: { zh: '意识', en: 'consciousness' },
  },
  gcs: { unit: 'points', step: 1, name: { zh: 'GCS 评分', en: 'GCS' } },
  respiratoryRate: { unit: '/min', step: 1, name: { zh: '呼吸频率', en: 'respiratory rate' } },
  spo2: { unit: '%', step: 1, name: { zh: '血氧饱和度', en: 'SpO2' } },
  onOxygen: { unit: 'yes/no', step: null, values: [false, true], name: { zh: '吸氧', en: 'on oxygen' } },
  systolic: { unit: 'mmHg', step: 1, name: { zh: '收缩压', en: 'systolic pressure' } },
  diastolic: { unit: 'mmHg', step: 1, name: { zh: '舒张压', en: 'diastolic pressure' } },
  pulse: { unit: '/min', step: 1, name: { zh: '心率', en: 'pulse' } },
  temperature: { unit: '°C', step: 0.1, rounds: true, name: { zh: '体温', en: 'temperature' } },
  glucose: { unit: 'mmol/L', step: 0.01, name: { zh: '血糖', en: 'glucose' } },
  potassium: { unit: 'mmol/L', step: 0.1, name: { zh: '血钾', en: 'potassium' } },
  painScore: { unit: 'points', step: 1, name: { zh: '疼痛评分', en: 'pain score' } },
  flacc: { unit: 'points', step: 1, name: { zh: 'FLACC 疼痛评分', en: 'FLACC pain score' } },
} as const satisfies Record<string, ParameterInfo>;

/** The name of one input. */
export type Parameter = keyof typeof parameters;

/** All parameters in reading order. */
export const parameterNames = Object.keys(parameters) as Parameter[];

/** What is known of one patient now; an absent key was not measured. */
export type Values = { readonly [P in Parameter]?: number | string | boolean };

/** Description of a parameter, or of a score that a rule reads like one (`news2`: points). */
export const describeParameter = (parameter: string): ParameterInfo =>
  (parameters as Record<string, ParameterInfo>)[parameter] ?? {
    unit: 'points',
    step: 1,
    name: { zh: `${parameter.toUpperCase()} 总分`, en: `${parameter.toUpperCase()} total` },
  };

/** The multiple of `step` nearest to a decimal number, halves up, free of binary fractions (38.05 gives 38.1). */
export const roundTo = (value: number, step: number): number => {
  const perUnit = Math.round(1 / step);
  return Math.round(Number((value * perUnit).toPrecision(12))) / perUnit;
};

/** A measurement as tables band it: temperature rounded to 0.1 °C first, everything else as it was read. */
export const asBanded = (parameter: string, value: number): number => {
  const { step, rounds } = describeParameter(parameter);
  return rounds && step !== null ? roundTo(value, step) : value;
};
