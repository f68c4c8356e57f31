import type { z } from 'zod';
import { malformed } from './failure';

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '') || 'file';

/** A JSON text by its schema; the first thing wrong with it ends the parser that asked. */
export const jsonBy = <T>(schema: z.ZodType<T>, text: string): T => {
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return malformed(placeOf(issue?.path ?? []), issue?.message ?? 'not what the schema says');
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return malformed('file', `not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** Where each id lies in its list; an id that comes twice ends the parser. */
export const uniquePlaces = (
  list: string,
  entries: readonly { readonly id: string }[],
): ReadonlyMap<string, number> => {
  const places = new Map<string, number>();
  for (const [index, { id }] of entries.entries()) {
    if (places.has(id)) malformed(`${list}[${index}].id`, `${id} for the second time`);
    places.set(id, index);
  }
  return places;
};

/** The place of an id that must be there. */
export const placeIn = (places: ReadonlyMap<string, number>, id: string, place: string): number =>
  places.get(id) ?? malformed(place, `there is no ${id}`);
