import { isWellFormed } from '#libs/crypto/digest';

/** Where a parsed body is refused before any schema sees it, and by which rule. */
export interface InputFault {
  readonly path: string;
  readonly rule: 'key not allowed' | 'well-formed text' | 'depth';
}

const deepest = 64;

const isPollution = (key: string, value: unknown): boolean =>
  key === '__proto__' ||
  (key === 'constructor' && typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype'));

const isUnstorable = (text: string): boolean => text.includes('\0') || !isWellFormed(text);

interface Node {
  readonly value: unknown;
  readonly path: readonly string[];
}

const ruleAgainst = (key: string, value: unknown, depth: number): InputFault['rule'] | null => {
  if (isPollution(key, value)) return 'key not allowed';
  if (isUnstorable(key) || (typeof value === 'string' && isUnstorable(value))) return 'well-formed text';
  return depth > deepest ? 'depth' : null;
};

/**
 * The first thing in a parsed JSON body that no route may be handed: a key that reaches for a prototype, text that
 * PostgreSQL or UTF-8 cannot hold as it was sent, more than 64 levels. Walks without recursion: depth is the sender's.
 */
export const inputFault = (body: unknown): InputFault | null => {
  if (typeof body === 'string') return isUnstorable(body) ? { path: '', rule: 'well-formed text' } : null;
  const stack: Node[] = [{ value: body, path: [] }];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (typeof node.value !== 'object' || node.value === null) continue;
    for (const [key, value] of Object.entries(node.value)) {
      const path = [...node.path, key];
      const rule = ruleAgainst(key, value, path.length);
      if (rule) return { path: path.join('.').slice(0, 200), rule };
      stack.push({ value, path });
    }
  }
  return null;
};

/** The names of query parameters that came more than once or reach for a prototype. */
export const queryFaults = (query: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(query)
    .filter(([key, value]) => Array.isArray(value) || ruleAgainst(key, value, 1) !== null)
    .map(([key]) => `query.${key.slice(0, 60)}`);
