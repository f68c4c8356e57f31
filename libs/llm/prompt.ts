import { z } from 'zod';
import { sha256 } from './digest';
import { type DraftLanguage } from './text-quality';

/** What a kind of draft asks of the model; changing any of it without a new version fails the build (prompt-lock). */
export interface PromptDefinition<T> {
  /** Stable name, for example `triage/acuity`. */
  id: string;
  /** Positive integer, raised with every change. */
  version: number;
  /** What the model is to do; holds no patient data, so that it is the same in every request. */
  instructions: string;
  /** Plain data only: no coercion, transform or default (an answer that parsing would change is refused). */
  schema: z.ZodType<T>;
  /** Letters, digits, `_` and `-`, at most 64. */
  schemaName: string;
  language?: DraftLanguage;
}

/** A prompt ready for use: its system message, byte-identical in every request, and the digest of it. */
export interface Prompt<T> extends PromptDefinition<T> {
  jsonSchema: Record<string, unknown>;
  system: string;
  sha256: string;
}

const NAME = /^[A-Za-z0-9_-]{1,64}$/;

const systemMessage = (instructions: string, schemaName: string, jsonSchema: unknown): string =>
  `${instructions.trim()}

Answer with one JSON object that fits the JSON Schema below, and with nothing else.
schema: ${schemaName}
${JSON.stringify(jsonSchema)}`;

/** Makes a prompt of its parts; throws a plain error on a bad name or version, or a schema that JSON Schema cannot say. */
export const definePrompt = <T>(definition: PromptDefinition<T>): Prompt<T> => {
  const { id, version, instructions, schema, schemaName } = definition;
  if (!NAME.test(schemaName)) throw new Error(`prompt ${id}: schemaName must match ${NAME.source}`);
  if (!Number.isInteger(version) || version < 1) throw new Error(`prompt ${id}: version must be a positive integer`);
  const { $schema: _dialect, ...jsonSchema } = z.toJSONSchema(schema, { unrepresentable: 'throw', io: 'input' });
  const system = systemMessage(instructions, schemaName, jsonSchema);
  return { ...definition, jsonSchema, system, sha256: sha256(system) };
};

/**
 * The message before the patient data when an answer was not accepted: the reason and the paths of the schema, never a
 * value. A message of its own, so that system message and patient data stay byte-identical.
 */
export const correctionMessage = (reason: string, paths: readonly string[]): string => {
  const where = paths.length === 0 ? '' : `\nPaths that do not fit: ${paths.join(', ')}`;
  return `The previous answer to the next message was not accepted (${reason}).${where}
Answer again with one JSON object that fits the JSON Schema, and with nothing else.`;
};
