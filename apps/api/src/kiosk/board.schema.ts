import { z } from 'zod';
import { levels } from '#libs/processes/triage/triage.level';

/** The levels as a public board tells them: IV without its halves. */
export const publicLevels = ['I', 'II', 'III', 'IV'] as const;

const common = {
  /** The server's clock when it answered. */
  at: z.iso.datetime(),
  /** What is shown was so at this time; say it where it is older than 15 seconds. */
  asOf: z.iso.datetime(),
  ward: z.string(),
};

const ticketNo = z.int();
const room = z.string().nullable();
/** Masked; null where the board shows numbers only. */
const publicName = z.string().nullable();

/** What whoever waits may see: tickets and rooms; no level, no complaint and no id of anybody. */
export const publicBoardSchema = z.strictObject({
  ...common,
  kind: z.literal('public-queue'),
  /** Called and not seen yet, the newest call first. */
  calling: z.array(z.strictObject({ ticketNo, room, name: publicName })),
  /** Who will probably be called next, in this order. */
  next: z.array(z.strictObject({ ticketNo, name: publicName })),
  /** How long whoever comes now will probably wait; null: too few were seen of late to tell. */
  waits: z.array(z.strictObject({ level: z.enum(publicLevels), minutes: z.int().nullable() })),
});
export type PublicBoard = z.infer<typeof publicBoardSchema>;

const staffRow = { ticketNo, name: z.string(), level: z.enum(levels).nullable(), room };
const count = z.int();

/** Where the desk stands, for its staff: masked names, and no complaint or id of anybody. */
export const staffBoardSchema = z.strictObject({
  ...common,
  kind: z.literal('staff-wallboard'),
  waiting: count,
  /** Waiting by level; `none`: not assessed yet. */
  byLevel: z.strictObject({ I: count, II: count, III: count, IV: count, IVa: count, IVb: count, none: count }),
  /** Who waits longer than their level allows, in the order of the queue. */
  overLimit: z.array(z.strictObject({ ...staffRow, waitedMinutes: z.int(), limitMinutes: z.number() })),
  /** Called and not seen yet, the newest call first. */
  called: z.array(z.strictObject({ ...staffRow, calledAt: z.iso.datetime().nullable() })),
  /** Whose re-assessment is overdue, the longest first. */
  reassess: z.array(z.strictObject({ ...staffRow, dueAt: z.iso.datetime() })),
  /** Reviews that wait for a person, at every gate. */
  reviews: z.array(z.strictObject({ process: z.string(), step: z.string(), waiting: count, overdue: count })),
});
export type StaffBoard = z.infer<typeof staffBoardSchema>;

/** GET /api/kiosk/board */
export const boardSchema = z.discriminatedUnion('kind', [publicBoardSchema, staffBoardSchema]);
export type Board = PublicBoard | StaffBoard;
