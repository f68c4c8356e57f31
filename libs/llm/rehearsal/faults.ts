/** Ways in which a rehearsal server can fail, each as seen on real endpoints. The first twenty are the wire faults of L-1. */
export const rehearsalFaults = [
  'black-hole',
  'headers-silence',
  'headers-blank-lines',
  'body-cut',
  'stream-stall',
  'stream-keepalive',
  'stream-drip',
  'stream-cut',
  'stream-no-finish',
  'rate-limit-1',
  'rate-limit-120',
  'echo-503',
  'echo-400',
  'html-200',
  'error-200',
  'no-choices',
  'null-content',
  'json-in-reasoning',
  'finish-length',
  'redirect-307',
  'redirect-301',
  'redirect-302',
  'redirect-303',
  'redirect-308',
  'stream-role-only',
  'stream-error',
  'responses-shape',
  'reasoning-only',
  'prose',
  'invalid-schema',
  'think-unclosed',
  'think-block',
  'tool-call',
  'answer-512k',
  'answer-2m-less',
  'answer-2m-more',
  'slow',
] as const;

/** One of {@link rehearsalFaults}. */
export type RehearsalFault = (typeof rehearsalFaults)[number];

/** Whether a header names a fault that exists. */
export const isRehearsalFault = (name: unknown): name is RehearsalFault =>
  rehearsalFaults.some((fault) => fault === name);
