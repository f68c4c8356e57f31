import { inputOf } from './drafting';
import { type RehearsalFault } from './faults';
import { openStream, type Reply, sendDelta, sendError, sendJson, speak } from './reply';

/** What a fault needs beside the reply: the draft that would have been right, and its timing. */
export interface FaultSetting {
  draft: string;
  everyMs: number;
  slowMs: number;
  redirectTo: string;
}

type FaultReply = (reply: Reply, setting: FaultSetting) => void;

const THOUGHT = 'The rehearsal thinks about it. ';

const rateLimited =
  (seconds: number): FaultReply =>
  ({ response }) => {
    response.setHeader('retry-after', String(seconds));
    sendError(response, 429, { code: 'rate_limit_exceeded', message: 'Too many requests.' });
  };

/** Real servers copy the request into their errors: so does this one. */
const echo =
  (status: number): FaultReply =>
  ({ response, request }) =>
    sendError(response, status, { code: 'upstream_error', message: `Could not process: ${inputOf(request)}` });

const redirect =
  (status: number): FaultReply =>
  ({ response }, { redirectTo }) => {
    response.writeHead(status, { location: redirectTo });
    response.end();
  };

const started = (reply: Reply, draft: string, share: number): void => {
  openStream(reply);
  sendDelta(reply, { role: 'assistant', content: '' });
  sendDelta(reply, { content: draft.slice(0, Math.max(1, Math.floor(draft.length * share))) });
};

/** The draft that would have been right, with so much white space that the answer has this many bytes. */
const sized =
  (bytes: number): FaultReply =>
  (reply, { draft }) => {
    openStream(reply);
    sendDelta(reply, { role: 'assistant', content: draft + ' '.repeat(bytes - Buffer.byteLength(draft)) });
    sendDelta(reply, {}, 'stop');
    reply.response.end('data: [DONE]\n\n');
  };

const hang = (reply: Reply, { everyMs }: FaultSetting, bytes: string): void =>
  reply.every(everyMs, () => void reply.response.write(bytes));

/** How each fault answers. */
export const faultReplies: Readonly<Record<RehearsalFault, FaultReply>> = {
  'black-hole': () => undefined,
  'headers-silence': (reply) => openStream(reply),
  'headers-blank-lines': (reply, setting) => {
    reply.response.writeHead(200, { 'content-type': 'application/json' });
    hang(reply, setting, '\n');
  },
  'body-cut': (reply, { everyMs }) => {
    reply.response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    reply.response.write('{"id":"rehearsal","cho');
    reply.after(everyMs, () => reply.response.destroy());
  },
  'stream-stall': (reply, { draft }) => started(reply, draft, 0.1),
  'stream-keepalive': (reply, setting) => {
    openStream(reply);
    hang(reply, setting, ': keep-alive\n\n');
  },
  'stream-role-only': (reply, { everyMs }) => {
    openStream(reply);
    reply.every(everyMs, () => sendDelta(reply, { role: 'assistant', content: '' }));
  },
  'stream-drip': (reply, { draft, everyMs }) => {
    const chars = Array.from(draft.padEnd(10_000));
    openStream(reply);
    reply.every(everyMs, () => sendDelta(reply, { content: chars.shift() ?? ' ' }));
  },
  'stream-cut': (reply, { draft, everyMs }) => {
    started(reply, draft, 0.5);
    reply.after(everyMs, () => reply.response.destroy());
  },
  'stream-no-finish': (reply, { draft }) => {
    started(reply, draft, 1);
    reply.response.end();
  },
  'stream-error': (reply, { draft }) => {
    started(reply, draft, 0.5);
    const error = { code: 502, message: `Upstream failed on: ${inputOf(reply.request)}` };
    reply.response.end(`data: ${JSON.stringify({ error })}\n\ndata: [DONE]\n\n`);
  },
  'rate-limit-1': rateLimited(1),
  'rate-limit-120': rateLimited(120),
  'echo-503': echo(503),
  'echo-400': echo(400),
  'html-200': ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Sign in</title><p>Please sign in to the network.');
  },
  'error-200': ({ response }) => sendJson(response, 200, { error: { code: 500, message: 'Provider returned error' } }),
  'no-choices': ({ response, model }) => sendJson(response, 200, { object: 'chat.completion', model, choices: [] }),
  'null-content': (reply) => speak(reply, { content: null }),
  'json-in-reasoning': (reply, { draft }) => speak(reply, { content: null, reasoning: draft }),
  'reasoning-only': (reply) => speak(reply, { content: null, reasoning: THOUGHT }),
  'finish-length': (reply, { draft }) => speak(reply, { content: draft, finishReason: 'length' }),
  'redirect-301': redirect(301),
  'redirect-302': redirect(302),
  'redirect-303': redirect(303),
  'redirect-307': redirect(307),
  'redirect-308': redirect(308),
  'responses-shape': ({ response, model }, { draft }) => {
    const output = [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: draft }] }];
    sendJson(response, 200, { object: 'response', status: 'completed', model, output });
  },
  prose: (reply, { draft }) => speak(reply, { content: `Here is the draft you asked for:\n${draft}\nGood luck!` }),
  'invalid-schema': (reply) => speak(reply, { content: '{"unexpected":true}' }),
  'think-unclosed': (reply, { draft }) => speak(reply, { content: `<think>${THOUGHT}${draft}` }),
  'think-block': (reply, { draft }) => speak(reply, { content: `<think>${THOUGHT}</think>\n\n${draft}` }),
  'tool-call': (reply) => {
    const call = { index: 0, id: 'call_0', type: 'function', function: { name: 'look_up', arguments: '{}' } };
    openStream(reply);
    sendDelta(reply, { role: 'assistant', content: '', tool_calls: [call] });
    sendDelta(reply, {}, 'tool_calls');
    reply.response.end('data: [DONE]\n\n');
  },
  'answer-512k': sized(512 * 1024),
  'answer-2m-less': sized(2 * 1024 * 1024 - 1),
  'answer-2m-more': sized(2 * 1024 * 1024 + 1),
  slow: (reply, { draft, slowMs }) => reply.after(slowMs, () => speak(reply, { content: draft })),
};
