import { type ServerResponse } from 'node:http';
import { type ChatRequestBody } from './drafting';

/** What a reply says: parts as a model would give them. */
export interface Spoken {
  content: string | null;
  reasoning?: string;
  reasoningField?: 'reasoning_content' | 'reasoning';
  finishReason?: string | null;
}

/** One request being answered; timers die with its connection. */
export interface Reply {
  request: ChatRequestBody;
  response: ServerResponse;
  model: string;
  chunkEveryMs: number;
  after(ms: number, action: () => void): void;
  every(ms: number, action: () => void): void;
}

const CHUNK = 12;

/** Makes the reply of a request. */
export const createReply = (parts: Pick<Reply, 'request' | 'response' | 'model' | 'chunkEveryMs'>): Reply => {
  const timers = new Set<NodeJS.Timeout>();
  parts.response.on('close', () => timers.forEach((timer) => clearTimeout(timer)));
  return {
    ...parts,
    after: (ms, action) => void timers.add(setTimeout(action, ms)),
    every: (ms, action) => void timers.add(setInterval(action, ms)),
  };
};

const pieces = (text: string): string[] => {
  const chars = Array.from(text);
  const count = Math.ceil(chars.length / CHUNK);
  return Array.from({ length: count }, (_piece, at) => chars.slice(at * CHUNK, (at + 1) * CHUNK).join(''));
};

/** A rough count, as a model server would give one. */
const tokens = (text: string): number => Math.ceil(Array.from(text).length / 2);

const usageOf = ({ request }: Reply, spoken: Spoken): Record<string, number> => {
  const prompt_tokens = tokens(request.messages.map(({ content }) => content).join('\n'));
  const completion_tokens = tokens(`${spoken.reasoning ?? ''}${spoken.content ?? ''}`);
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
};

const envelope = (reply: Reply, object: string, rest: object): object => ({
  id: 'rehearsal',
  object,
  created: Math.floor(Date.now() / 1000),
  model: reply.model,
  ...rest,
});

/** Answers with a JSON body. */
export const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

/** Answers with an error in OpenAI's shape. */
export const sendError = (response: ServerResponse, status: number, error: { code: string; message: string }): void =>
  sendJson(response, status, { error: { ...error, type: 'invalid_request_error', param: null } });

/** Sends the head of an event stream at once. */
export const openStream = ({ response }: Reply): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
};

/** Sends one event with a delta. */
export const sendDelta = (reply: Reply, delta: object, finishReason: string | null = null): void => {
  const choices = [{ index: 0, delta, finish_reason: finishReason, logprobs: null }];
  reply.response.write(`data: ${JSON.stringify(envelope(reply, 'chat.completion.chunk', { choices }))}\n\n`);
};

const deltasOf = (spoken: Spoken): object[] => [
  { role: 'assistant', content: '' },
  ...pieces(spoken.reasoning ?? '').map((text) => ({
    content: null,
    [spoken.reasoningField ?? 'reasoning_content']: text,
  })),
  ...pieces(spoken.content ?? '').map((content) => ({ content })),
];

const endStream = (reply: Reply, spoken: Spoken): void => {
  sendDelta(reply, {}, spoken.finishReason === undefined ? 'stop' : spoken.finishReason);
  if (reply.request.stream_options !== undefined) {
    const usage = envelope(reply, 'chat.completion.chunk', { choices: [], usage: usageOf(reply, spoken) });
    reply.response.write(`data: ${JSON.stringify(usage)}\n\n`);
  }
  reply.response.end('data: [DONE]\n\n');
};

const speakStreamed = (reply: Reply, spoken: Spoken): void => {
  const deltas = deltasOf(spoken);
  openStream(reply);
  if (reply.chunkEveryMs === 0) deltas.splice(0).forEach((delta) => sendDelta(reply, delta));
  const next = (): void => {
    const delta = deltas.shift();
    if (delta === undefined) return endStream(reply, spoken);
    sendDelta(reply, delta);
    reply.after(reply.chunkEveryMs, next);
  };
  next();
};

const speakWhole = (reply: Reply, spoken: Spoken): void => {
  const { content, reasoning, reasoningField = 'reasoning_content' } = spoken;
  const message = { role: 'assistant', content, ...(reasoning === undefined ? {} : { [reasoningField]: reasoning }) };
  const finish_reason = spoken.finishReason === undefined ? 'stop' : spoken.finishReason;
  const choices = [{ index: 0, message, finish_reason, logprobs: null }];
  const body = envelope(reply, 'chat.completion', { choices, usage: usageOf(reply, spoken) });
  sendJson(reply.response, 200, body);
};

/** Answers as a model would, in a stream or not, as asked. */
export const speak = (reply: Reply, spoken: Spoken): void => {
  if (reply.request.stream === true) speakStreamed(reply, spoken);
  else speakWhole(reply, spoken);
};
