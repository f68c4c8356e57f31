import type { Bilingual } from './bilingual';
import { variable, type VariableName } from './environment-schema';

/** What is wrong with a variable; never holds its value. */
export interface ConfigError {
  readonly variable: string;
  readonly rule: string;
  readonly ruleZh: string;
  readonly example: string;
}

/** An error of one variable; without a rule of its own, the rule of its kind. */
export const configError = (name: VariableName, rule: Bilingual = variable(name).rule): ConfigError => ({
  variable: name,
  rule: rule.en,
  ruleZh: rule.zh,
  example: `${name}=${variable(name).example}`,
});

/** The errors as lines for a terminal. */
export const formatConfigErrors = (errors: readonly ConfigError[]): string =>
  errors.map((error) => `${error.variable}: ${error.rule}\n  ${error.ruleZh}\n  e.g. ${error.example}`).join('\n');
