import { z } from 'zod';
import { chordForm, hasModifier, isBrowserChord } from './chord';

const most = { remaps: 100, tables: 30, columns: 60 } as const;

const atMost =
  (count: number) =>
  (entries: object): boolean =>
    Object.keys(entries).length <= count;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Warm and dim; on a schedule between two times of the hospital's day, over midnight where `from` is the later one. */
const nightShift = z
  .strictObject({
    mode: z.enum(['off', 'on', 'schedule']).default('off'),
    from: clock.default('22:00'),
    to: clock.default('06:00'),
  })
  .refine(({ mode, from, to }) => mode !== 'schedule' || from !== to, { path: ['to'], error: 'a night has a length' });

const actionId = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z.-]*$/);
const chord = z
  .string()
  .regex(chordForm)
  .refine((keys) => !isBrowserChord(keys), { error: 'the browser keeps this one' });

/* Which actions there are the screens know; one that is gone by now stays here and does nothing. */
const remaps = z
  .record(actionId, chord)
  .refine(atMost(most.remaps), { error: `at most ${most.remaps}` })
  .superRefine((given, context) => {
    for (const [id, keys] of Object.entries(given))
      if (id.startsWith('commit.') && !hasModifier(keys))
        context.addIssue({ code: 'custom', path: [id], message: 'a commit keeps Ctrl, Alt or Meta' });
  });

const keyboard = z.strictObject({ shortcuts: z.boolean().default(true), remaps: remaps.default({}) });

/** Colours for long waits, in percent of the level's own limit. */
const waitColours = z
  .strictObject({
    on: z.boolean().default(false),
    warnPercent: z.int().min(1).max(1000).default(80),
    latePercent: z.int().min(1).max(1000).default(100),
  })
  .refine(({ warnPercent, latePercent }) => warnPercent < latePercent, { path: ['latePercent'] });

const tableId = z
  .string()
  .max(64)
  .regex(/^[a-z][a-zA-Z0-9.-]*$/);
const columns = z
  .array(tableId)
  .max(most.columns)
  .refine((ids) => new Set(ids).size === ids.length, { error: 'a column stands twice' })
  .default([]);

/** Columns that are named nowhere are shown, after those in `order`: what a later release adds must not be missed. */
const table = z
  .strictObject({ order: columns, hidden: columns, pinned: columns })
  .refine(({ hidden, pinned }) => !pinned.some((id) => hidden.includes(id)), { path: ['pinned'] });

const sections = {
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  nightShift: nightShift.prefault({}),
  sound: z.boolean().default(true),
  keyboard: keyboard.prefault({}),
  waitColours: waitColours.prefault({}),
  tables: z
    .record(tableId, table)
    .refine(atMost(most.tables), { error: `at most ${most.tables}` })
    .default({}),
};

/** What a person's screens look and sound like and which keys they take, on every PC; what is left out is the default. */
export const preferencesSchema = z.strictObject(sections);
export type Preferences = z.infer<typeof preferencesSchema>;

/** As on a person's first day. */
export const defaultPreferences: Preferences = preferencesSchema.parse({});

/** What was stored by this release or another one: a section that does not fit this one is its default. */
export const storedPreferences = (stored: unknown): Preferences => {
  const given = z.record(z.string(), z.unknown()).catch({}).parse(stored);
  const fitting = Object.entries(sections).flatMap(([name, section]) => {
    const read = section.safeParse(given[name]);
    return read.success ? [[name, read.data] as const] : [];
  });
  return preferencesSchema.parse(Object.fromEntries(fitting));
};
