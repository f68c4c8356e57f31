import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type StructuredMode } from '../profile';
import { type ChatRequestBody, chatRequestSchema, draftFor, type Drafters, modeOf } from './drafting';
import { faultReplies } from './fault-replies';
import { isRehearsalFault, type RehearsalFault } from './faults';
import { createReply, type Reply, sendError, sendJson, speak } from './reply';

/** How a rehearsal server behaves. */
export interface RehearsalOptions {
  /** Write drafts from rules, by schema name. */
  drafters: Drafters;
  /** Must say rehearsal, so that nobody takes its drafts for a model's. */
  model?: string;
  /** Loopback unless said otherwise; port 0 takes a free one. */
  host?: string;
  port?: number;
  /** Before the first token, and between chunks. */
  latencyMs?: number;
  chunkEveryMs?: number;
  /** Lets the header `x-rehearsal-fault` choose a fault; for tests only. */
  allowFaults?: boolean;
  /** Intervals of the faults, and how late `slow` is. */
  faultEveryMs?: number;
  slowMs?: number;
  redirectTo?: string;
  /** Modes answered with 400, as real endpoints do. */
  refuseModes?: readonly StructuredMode[];
  refuseStreamOptions?: boolean;
  /** Sees every chat request; for tests. */
  onRequest?: (seen: { headers: IncomingMessage['headers']; body: string }) => void;
}

/** A running rehearsal server. */
export interface RehearsalServer {
  baseUrl: string;
  port: number;
  model: string;
  /** Chat requests received so far. */
  received(): number;
  /** Makes the next `times` requests (all, without it) fail in this way; null ends it. */
  setFault(fault: RehearsalFault | null, times?: number): void;
  close(): Promise<void>;
}

/** The model's name where none is configured. */
export const REHEARSAL_MODEL = 'rehearsal-deepseek';

const CONTEXT_SIZE = 65_536;
const MAX_BODY_BYTES = 4 * 1024 * 1024;

interface State {
  options: RehearsalOptions;
  model: string;
  received: number;
  fault: RehearsalFault | null;
  faultsLeft: number;
}

const readBody = async (request: IncomingMessage): Promise<string | null> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString('utf8');
};

const parseChat = (body: string): ChatRequestBody | null => {
  try {
    const parsed = chatRequestSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // not JSON: answered like any other malformed request
  }
};

const nextFault = (state: State, header: unknown): RehearsalFault | null => {
  if (state.options.allowFaults === true && isRehearsalFault(header)) return header;
  if (state.faultsLeft <= 0) return null;
  state.faultsLeft -= 1;
  return state.fault;
};

const refusal = ({ options, model }: State, chat: ChatRequestBody): { code: string; message: string } | null => {
  if (chat.model !== model) return { code: 'model_not_found', message: 'The model does not exist.' };
  if (options.refuseModes?.includes(modeOf(chat)) === true) {
    return { code: 'invalid_request_error', message: 'This response_format type is unavailable now' };
  }
  const refusesUsage = options.refuseStreamOptions === true && chat.stream_options !== undefined;
  return refusesUsage ? { code: 'invalid_request_error', message: 'Unknown parameter: stream_options' } : null;
};

const answer = (state: State, reply: Reply): void => {
  const { options } = state;
  const refused = refusal(state, reply.request);
  if (refused !== null) return sendError(reply.response, refused.code === 'model_not_found' ? 404 : 400, refused);
  const drafted = draftFor(reply.request, options.drafters);
  if (!drafted.ok) return sendError(reply.response, drafted.status, drafted);
  return reply.after(options.latencyMs ?? 0, () => speak(reply, { content: drafted.text }));
};

const answerFault = (state: State, reply: Reply, fault: RehearsalFault): void => {
  const { drafters, faultEveryMs = 200, slowMs = 2000, redirectTo = '/' } = state.options;
  const drafted = draftFor(reply.request, drafters);
  const draft = drafted.ok ? drafted.text : '{}';
  faultReplies[fault](reply, { draft, everyMs: faultEveryMs, slowMs, redirectTo });
};

const chat = async (state: State, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await readBody(request);
  state.received += 1;
  if (body === null) return sendError(response, 413, { code: 'too_large', message: 'The request is too large.' });
  state.options.onRequest?.({ headers: request.headers, body });
  const parsed = parseChat(body);
  if (parsed === null)
    return sendError(response, 400, { code: 'invalid_request_error', message: 'Malformed request.' });
  const { model, options } = state;
  const reply = createReply({ request: parsed, response, model, chunkEveryMs: options.chunkEveryMs ?? 0 });
  const fault = nextFault(state, request.headers['x-rehearsal-fault']);
  if (fault === null) answer(state, reply);
  else answerFault(state, reply, fault);
};

const models = ({ model }: State): object => ({
  object: 'list',
  data: [{ id: model, object: 'model', owned_by: 'countersign', max_model_len: CONTEXT_SIZE }],
});

const route = async (state: State, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const key = `${request.method} ${URL.parse(request.url ?? '', 'http://rehearsal')?.pathname}`;
  if (key === 'POST /v1/chat/completions') return chat(state, request, response);
  if (key === 'GET /v1/models') return sendJson(response, 200, models(state));
  if (key === 'GET /health') return sendJson(response, 200, { status: 'ok', rehearsal: true });
  return sendError(response, 404, { code: 'not_found', message: 'No such path.' });
};

/** A drafter that throws must not take the server down, nor put patient data into the answer. */
const guardedRoute = async (state: State, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  try {
    await route(state, request, response);
  } catch {
    if (response.headersSent) response.destroy();
    else sendError(response, 500, { code: 'drafter_failed', message: 'The rehearsal drafter failed.' });
  }
};

const listen = (server: Server, port: number, host: string): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });

/** Starts an OpenAI-compatible server that writes drafts from rules, where no model is connected. */
export const startRehearsalServer = async (options: RehearsalOptions): Promise<RehearsalServer> => {
  const { model = REHEARSAL_MODEL, host = '127.0.0.1', port = 0 } = options;
  if (!model.includes('rehearsal')) throw new Error('the name of a rehearsal model must say rehearsal');
  const state: State = { options, model, received: 0, fault: null, faultsLeft: 0 };
  const server = createServer((request, response) => void guardedRoute(state, request, response));
  const address = await listen(server, port, host);
  return {
    baseUrl: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}/v1`,
    port: address.port,
    model,
    received: () => state.received,
    setFault: (fault, times = Number.POSITIVE_INFINITY) => {
      state.fault = fault;
      state.faultsLeft = fault === null ? 0 : times;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
