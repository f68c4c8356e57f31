import { z } from 'zod';
import { type FailureReason, type RawAnswer } from './outcome';

/** Tokens of one answer, as the endpoint counts them. */
export interface Usage {
  promptTokens: number | null;
  completionTokens: number | null;
  fields: readonly string[];
}

/** An answer as far as it has come. */
export interface Completion extends RawAnswer {
  reasoningField: 'reasoning_content' | 'reasoning' | null;
  finishReason: string | null;
  model: string | null;
  toolCalls: boolean;
  usage: Usage;
}

/** What one part of an answer brought: text, nothing to wait for, or a fault that ends it. */
export type Part = 'text' | 'quiet' | Extract<FailureReason, 'wrong-shape' | 'error-in-answer' | 'too-large'>;

const messageSchema = z.object({
  content: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  tool_calls: z.array(z.unknown()).nullish(),
  function_call: z.unknown().optional(),
});

const choiceSchema = z.object({
  index: z.literal(0).optional(),
  delta: messageSchema.nullish(),
  message: messageSchema.nullish(),
  finish_reason: z.string().nullish(),
});

const partSchema = z.object({
  model: z.string().nullish(),
  choices: z.array(choiceSchema).max(1),
  usage: z.record(z.string(), z.unknown()).nullish(),
});

type Choice = z.infer<typeof choiceSchema>;

/** Model names are shown and stored: one that is not a plain name is left out. */
const MODEL_NAME = /^[\w.:/@+-]{1,120}$/;
const FINISH_REASON = /^[a-z_]{1,40}$/;

/** The most that an answer may hold with its reasoning (UTF-16 units): many times what any draft needs. */
export const MAX_ANSWER_CHARS = 1024 * 1024;

/** An answer of which nothing has come yet. */
export const emptyCompletion = (): Completion => ({
  content: '',
  reasoning: '',
  reasoningField: null,
  finishReason: null,
  model: null,
  toolCalls: false,
  usage: { promptTokens: null, completionTokens: null, fields: [] },
});

const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

const addUsage = (completion: Completion, usage: Record<string, unknown> | null | undefined): void => {
  if (usage === null || usage === undefined) return;
  completion.usage = {
    promptTokens: count(usage['prompt_tokens']),
    completionTokens: count(usage['completion_tokens']),
    fields: Object.keys(usage).filter((name) => FINISH_REASON.test(name)),
  };
};

const addReasoning = (completion: Completion, message: z.infer<typeof messageSchema>): boolean => {
  const field = message.reasoning_content ? 'reasoning_content' : message.reasoning ? 'reasoning' : null;
  if (field === null) return false;
  completion.reasoningField = field;
  completion.reasoning += message[field] ?? '';
  return true;
};

const isCall = ({ tool_calls, function_call }: z.infer<typeof messageSchema>): boolean =>
  (tool_calls ?? []).length > 0 || (function_call ?? null) !== null;

const addMessage = (completion: Completion, choice: Choice): boolean => {
  const message = choice.delta ?? choice.message;
  if (message === null || message === undefined) return false;
  const thought = addReasoning(completion, message);
  const content = message.content ?? '';
  const calls = isCall(message);
  completion.content += content;
  completion.toolCalls ||= calls;
  return thought || calls || content !== '';
};

const addFinish = (completion: Completion, reason: string | null | undefined): void => {
  if (reason === null || reason === undefined || reason === '') return;
  completion.finishReason = FINISH_REASON.test(reason) ? reason : 'other';
};

const textLength = ({ content, reasoning, reasoning_content: thought }: z.infer<typeof messageSchema>): number =>
  [content, reasoning, thought].reduce((sum, text) => sum + (text?.length ?? 0), 0);

const addChoice = (completion: Completion, choice: Choice): Part => {
  const ended = completion.finishReason !== null;
  const brought = textLength(choice.delta ?? choice.message ?? {});
  if (completion.content.length + completion.reasoning.length + brought > MAX_ANSWER_CHARS) return 'too-large';
  const text = addMessage(completion, choice);
  if (ended && text) return 'wrong-shape';
  addFinish(completion, choice.finish_reason);
  return text ? 'text' : 'quiet';
};

const hasError = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && 'error' in part && part.error !== null && part.error !== undefined;

/**
 * Adds one part to an answer: a chunk of a stream, or a whole body (`whole`), which must hold its one choice.
 * Anything that is not of the `/chat/completions` shape is a fault, also a `/responses` body.
 */
export const addPart = (completion: Completion, part: unknown, whole = false): Part => {
  if (hasError(part)) return 'error-in-answer';
  const parsed = partSchema.safeParse(part);
  if (!parsed.success) return 'wrong-shape';
  const { model, choices, usage } = parsed.data;
  const [choice] = choices;
  if (whole && !choice?.message) return 'wrong-shape';
  completion.model = model && MODEL_NAME.test(model) ? model : completion.model;
  addUsage(completion, usage);
  return choice === undefined ? 'quiet' : addChoice(completion, choice);
};

const FINISH_FAULTS: Readonly<Record<string, FailureReason>> = {
  length: 'truncated',
  tool_calls: 'tool-call',
  function_call: 'tool-call',
  content_filter: 'filtered',
  insufficient_system_resource: 'no-capacity',
};

/** Why an answer that ended is not a complete one; null where it said `stop`, and only then. */
export const finishFault = ({ finishReason, toolCalls }: Completion): FailureReason | null => {
  if (finishReason === null) return 'no-finish';
  if (finishReason !== 'stop') return FINISH_FAULTS[finishReason] ?? 'wrong-shape';
  return toolCalls ? 'tool-call' : null;
};
