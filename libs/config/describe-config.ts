import type { Bilingual } from './bilingual';
import { variable, variableGroups, type VariableName } from './environment-schema';

/** A variable as the documentation shows it. */
export interface VariableDescription {
  readonly variable: VariableName;
  readonly group: Bilingual;
  readonly about: Bilingual;
  readonly rule: Bilingual;
  readonly example: string;
  readonly fallback: string | undefined;
  /** Hidden in output; also read from the file that `<variable>_FILE` names. */
  readonly secret: boolean;
}

/** Every variable of the product, in documented order. */
export const describeConfig = (): VariableDescription[] =>
  variableGroups.flatMap(({ title, variables }) =>
    (Object.keys(variables) as VariableName[]).map((name) => {
      const { about, rule, example, fallback, secret = false } = variable(name);
      return { variable: name, group: title, about, rule, example, fallback, secret };
    }),
  );

const linesOf = ({ variable: name, about, rule, example, fallback, secret }: VariableDescription): string[] => [
  `# ${about.zh}`,
  `# ${about.en}`,
  `# ${rule.zh} / ${rule.en}${fallback === undefined ? '' : ` (default: ${fallback})`}`,
  ...(secret ? [`# ${name}_FILE=/run/secrets/${name.toLowerCase()}`] : []),
  `# ${name}=${example}`,
  '',
];

/** The text of `.env.example`: every variable, commented out, in both languages. */
export const renderEnvExample = (): string => {
  const lines = [
    '# Generated from libs/config; do not edit. 由 libs/config 生成，请勿手工修改。',
    '# Everything is optional in the demo. 演示环境中全部可选。',
    '',
  ];
  let group = '';
  for (const described of describeConfig()) {
    if (described.group.en !== group) lines.push(`## ${described.group.zh} / ${described.group.en}`, '');
    group = described.group.en;
    lines.push(...linesOf(described));
  }
  return `${lines.join('\n').trimEnd()}\n`;
};
