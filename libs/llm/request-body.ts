import { type CapabilityProfile } from './profile';
import { correctionMessage, type Prompt } from './prompt';

/** Why the previous answer was not accepted, in names only. */
export interface Correction {
  reason: string;
  paths: readonly string[];
}

/** Everything a chat request is made of. */
export interface ChatRequest {
  model: string;
  prompt: Prompt<unknown>;
  /** The patient data: always the last message. */
  input: string;
  maxTokens: number;
  thinking: 'default' | 'off';
  correction: Correction | null;
  profile: CapabilityProfile;
}

/** Always 0: the same case should read the same twice. */
export const TEMPERATURE = 0;

type Body = Record<string, unknown>;

const structure = (prompt: Prompt<unknown>, profile: CapabilityProfile): Body => {
  switch (profile.structuredMode) {
    case 'json_schema': {
      const json_schema = { name: prompt.schemaName, schema: prompt.jsonSchema, strict: true };
      return { response_format: { type: 'json_schema', json_schema } };
    }
    case 'structured_outputs':
      return { structured_outputs: { json: prompt.jsonSchema } };
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'prompt':
      return {};
  }
};

const thinkingOff = (profile: CapabilityProfile): Body => {
  switch (profile.thinkingSwitch) {
    case 'thinking':
      return { thinking: { type: 'disabled' } };
    case 'chat_template_kwargs':
      return { chat_template_kwargs: { thinking: false, enable_thinking: false } };
    case null:
      return {};
  }
};

const messages = ({ prompt, correction, input }: ChatRequest): Body[] => [
  { role: 'system', content: prompt.system },
  ...(correction === null ? [] : [{ role: 'user', content: correctionMessage(correction.reason, correction.paths) }]),
  { role: 'user', content: input },
];

/** The JSON body of one request: system message first and byte-identical, patient data last. */
export const requestBody = (request: ChatRequest): Body => ({
  model: request.model,
  messages: messages(request),
  max_tokens: request.maxTokens,
  temperature: TEMPERATURE,
  stream: true,
  ...(request.profile.streamUsage ? { stream_options: { include_usage: true } } : {}),
  ...structure(request.prompt, request.profile),
  ...(request.thinking === 'off' ? thinkingOff(request.profile) : {}),
});
