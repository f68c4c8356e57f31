import { z, type ZodType } from 'zod';

/** The format says it already: zod's pattern for it is its own business. */
const plain = ({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void => {
  if (jsonSchema['format'] === 'uuid' || jsonSchema['format'] === 'date-time') delete jsonSchema['pattern'];
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum'];
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum'];
};

/** A schema of ours as JSON Schema: what is sent (`input`, defaults may be left out) or what is answered (`output`). */
export const jsonSchemaOf = (schema: unknown, io: 'input' | 'output'): Record<string, unknown> => {
  const options = { target: 'draft-2020-12', io, unrepresentable: 'any', override: plain } as const;
  const { $schema: _, ...converted } = z.toJSONSchema(schema as ZodType, options);
  return converted;
};
