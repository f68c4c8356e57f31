import { z } from 'zod';
import { normaliseWords } from '#libs/crypto/normalise';

/** The most parameters of one filter. */
const mostParameters = 30;

const screen = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9-]*$/);
const content = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(60, { abort: true })
    .refine((name) => normaliseWords(name) !== '', { error: 'nothing of it can be seen' }),
  /** The URL's query: parameter by parameter, each once. */
  query: z
    .record(
      z
        .string()
        .max(64)
        .regex(/^[a-zA-Z][\w.-]*$/),
      z.string().max(200),
    )
    .refine((query) => Object.keys(query).length <= mostParameters, { error: `at most ${mostParameters}` }),
};

/** POST /api/me/filters */
export const saveFilterSchema = z.strictObject({ screen, ...content });
export type SaveFilterBody = z.infer<typeof saveFilterSchema>;

/** PUT /api/me/filters/:id; a filter stays with its screen. */
export const changeFilterSchema = z.strictObject(content);
export type ChangeFilterBody = z.infer<typeof changeFilterSchema>;

/** A saved filter of the person who asks. */
export const savedFilterSchema = z.strictObject({
  id: z.uuid(),
  screen: z.string(),
  name: z.string(),
  query: z.record(z.string(), z.string()),
  version: z.int(),
  updatedAt: z.iso.datetime(),
});
export type SavedFilterReply = z.infer<typeof savedFilterSchema>;

/** GET /api/me/filters: those of all screens, oldest first; so few that they come at once. */
export const savedFiltersSchema = z.strictObject({ items: z.array(savedFilterSchema) });
export type SavedFiltersReply = z.infer<typeof savedFiltersSchema>;
