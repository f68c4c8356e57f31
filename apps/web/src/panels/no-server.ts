/* There is no server behind the examples: nothing is found, and whatever is tried is held by somebody else. */
const nothing = {
  items: [],
  next: null,
  reviews: [],
  version: 1,
  own: { signed: 41, unchangedRate: 0.73, medianSeconds: 34 },
};

const held = () => ({ code: 'CLAIM_HELD', holderName: '李护士', until: new Date(Date.now() + 300_000).toISOString() });

window.fetch = (input) => {
  const method = input instanceof Request ? input.method : 'GET';
  return Promise.resolve(method === 'GET' ? Response.json(nothing) : Response.json(held(), { status: 409 }));
};

export {};
