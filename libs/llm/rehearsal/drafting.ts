import { z } from 'zod';
import { type StructuredMode } from '../profile';

/** Writes the drafts of one schema from rules: the input's JSON in, a value of the schema out. */
export type Drafter = (input: unknown) => unknown;

/** Drafters by schema name. */
export type Drafters = Readonly<Record<string, Drafter>>;

const messageSchema = z.object({ role: z.string(), content: z.string() });

/** As much of a chat request as a rehearsal needs. */
export const chatRequestSchema = z.object({
  model: z.string(),
  messages: z.array(messageSchema).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.unknown().optional(),
  response_format: z.object({ type: z.string(), json_schema: z.object({ name: z.string() }).optional() }).optional(),
  structured_outputs: z.unknown().optional(),
});

/** See {@link chatRequestSchema}. */
export type ChatRequestBody = z.infer<typeof chatRequestSchema>;

/** A draft as JSON text, or the error that the endpoint answers in OpenAI's shape. */
export type Drafted = { ok: true; text: string } | { ok: false; status: number; code: string; message: string };

const builtIn: Drafters = { countersign_probe: () => ({ ready: true }) };

/** In which mode a request asks for its structure. */
export const modeOf = (request: ChatRequestBody): StructuredMode => {
  if (request.response_format?.type === 'json_schema') return 'json_schema';
  if (request.structured_outputs !== undefined) return 'structured_outputs';
  return request.response_format?.type === 'json_object' ? 'json_object' : 'prompt';
};

const schemaName = (request: ChatRequestBody): string | null => {
  const system = request.messages.find(({ role }) => role === 'system')?.content ?? '';
  return request.response_format?.json_schema?.name ?? /^schema: (\S+)$/m.exec(system)?.[1] ?? null;
};

const refused = (code: string, message: string): Drafted => ({ ok: false, status: 400, code, message });

/** The last message of the user: the patient data. */
export const inputOf = (request: ChatRequestBody): string =>
  request.messages.findLast(({ role }) => role === 'user')?.content ?? '';

const parsed = (text: string): { ok: true; input: unknown } | { ok: false } => {
  try {
    return { ok: true, input: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
};

/** Finds the drafter of a request and lets it write; what a drafter throws is thrown. */
export const draftFor = (request: ChatRequestBody, drafters: Drafters): Drafted => {
  const name = schemaName(request);
  const known: ReadonlyMap<string, Drafter> = new Map(Object.entries({ ...builtIn, ...drafters }));
  const drafter = known.get(name ?? '');
  if (drafter === undefined) return refused('unknown_schema', 'No rehearsal drafter for this schema.');
  const data = parsed(inputOf(request));
  if (!data.ok) return refused('input_not_json', 'The last user message is not JSON.');
  return { ok: true, text: JSON.stringify(drafter(data.input)) };
};
