import { exampleSession } from './example';
import { conflictId, keptElsewhere, transferForm } from './transfer.examples';

/* There is no server behind the examples: nothing is found, and whatever is tried is held by somebody else. */
const nothing = {
  items: [],
  next: null,
  reviews: [],
  version: 1,
  own: { signed: 41, unchangedRate: 0.73, medianSeconds: 34 },
};

const held = () => ({ code: 'CLAIM_HELD', holderName: '李护士', until: new Date(Date.now() + 300_000).toISOString() });

const answer = (method: string, path: string): Response => {
  if (path.endsWith('/auth/session')) return Response.json(exampleSession);
  if (path.endsWith('/form')) return Response.json(transferForm);
  if (path.endsWith(`${conflictId}/amendment`))
    return method === 'GET'
      ? Response.json({ version: 2, content: keptElsewhere, updatedAt: new Date().toISOString() })
      : Response.json({ code: 'VERSION_MISMATCH' }, { status: 412 });
  return method === 'GET' ? Response.json(nothing) : Response.json(held(), { status: 409 });
};

window.fetch = (input) => {
  const { method, url } = input instanceof Request ? input : { method: 'GET', url: String(input) };
  return Promise.resolve(answer(method, new URL(url, location.href).pathname));
};
