import { z } from 'zod';
import { databaseVariables } from './database.variables';
import { feedVariables } from './feed.variables';
import { installationVariables } from './installation.variables';
import { modelVariables } from './model.variables';
import { networkVariables } from './network.variables';
import { temporalVariables } from './temporal.variables';
import type { Variable } from './variable';

/** All variables in the groups in which they are documented. */
export const variableGroups = [
  { title: { en: 'Installation', zh: '安装' }, variables: installationVariables },
  { title: { en: 'Database', zh: '数据库' }, variables: databaseVariables },
  { title: { en: 'Temporal', zh: 'Temporal' }, variables: temporalVariables },
  { title: { en: 'Model', zh: '模型' }, variables: modelVariables },
  { title: { en: 'Network', zh: '网络' }, variables: networkVariables },
  { title: { en: 'HL7 v2 over MLLP', zh: 'HL7 v2（MLLP）' }, variables: feedVariables },
] as const;

/** Every variable of the product by its name. */
export const variables = {
  ...installationVariables,
  ...databaseVariables,
  ...temporalVariables,
  ...modelVariables,
  ...networkVariables,
  ...feedVariables,
};

/** The name of a variable. */
export type VariableName = keyof typeof variables;

/** What was read of each variable. */
export type Values = {
  readonly [K in VariableName]: (typeof variables)[K] extends Variable<infer T> ? T : never;
};

/** The names in the order in which they are documented. */
export const variableNames = Object.keys(variables) as VariableName[];

/** A variable without the type of its value, for what treats all alike. */
export const variable = (name: VariableName): Variable<unknown> => variables[name];

/** The one schema of the product's environment; a secret's `_FILE` twin is replaced by the secret before. */
export const environmentSchema = z.object(
  Object.fromEntries(variableNames.map((name) => [name, variable(name).schema])) as unknown as {
    [K in VariableName]: z.ZodType<Values[K], string | undefined>;
  },
);
