import { z } from 'zod';
import { mostPerPage, pageQuery, pageSchema } from '../http/cursor';

const outcome = z.enum(['done', 'refused', 'shown', 'alarm']);

/** As in the rows: `review.opened`, or a route that was denied. */
const action = z
  .string()
  .max(200)
  .regex(/^[A-Za-z][A-Za-z0-9 ./:-]*$/);

const auditFields = {
  caseId: z.uuid().optional(),
  actorId: z.uuid().optional(),
  action: action.optional(),
  outcome: outcome.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
};

/** GET /api/admin/audit: ids, codes and times. Names, tickets and numbers stand in no URL: they are searched for. */
export const auditQuery = pageQuery.extend(auditFields);
export type AuditQuery = z.infer<typeof auditQuery>;

const wholeTicket = ({ ticketNo, ticketDay }: { ticketNo?: unknown; ticketDay?: unknown }): boolean =>
  (ticketNo === undefined) === (ticketDay === undefined);
const ticketRule = { path: ['ticketDay'], message: 'a ticket has a number and a day' };

/** Which rows, as it is sent in a body. */
export const auditFilter = z.strictObject({
  ...auditFields,
  /** The name as it stands in the rows, or an exact login. */
  actor: z.string().trim().min(1).max(100).optional(),
  entityType: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9-]*$/)
    .optional(),
  actionPrefix: action.optional(),
  ticketDay: z.iso.date().optional(),
  ticketNo: z.int().min(1).max(1_000_000).optional(),
  visitNumber: z.string().trim().min(1).max(60).optional(),
});
export type AuditFilterBody = z.infer<typeof auditFilter>;

/** The same for an export: a ticket is whole there too. */
export const wholeAuditFilter = auditFilter.refine(wholeTicket, ticketRule);

/** POST /api/admin/audit/searches */
export const auditSearch = auditFilter
  .extend({ limit: z.int().min(1).max(mostPerPage).default(50), cursor: pageQuery.shape.cursor })
  .refine(wholeTicket, ticketRule);
export type AuditSearch = z.infer<typeof auditSearch>;

const row = z.strictObject({
  id: z.uuid(),
  at: z.iso.datetime(),
  actorKind: z.enum(['user', 'service', 'kiosk', 'system', 'anonymous']),
  actorId: z.uuid().nullable(),
  actorName: z.string(),
  actorRoles: z.array(z.string()),
  requestId: z.uuid().nullable(),
  action: z.string(),
  entityType: z.string(),
  entityId: z.uuid().nullable(),
  caseIds: z.array(z.uuid()),
  outcome,
  code: z.string().nullable(),
  beforeSha256: z.string().nullable(),
  afterSha256: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export const auditPage = pageSchema(row);

/** GET /api/admin/outbox/dead */
export const deadQuery = pageQuery;
export const deadPage = pageSchema(
  z.strictObject({
    id: z.uuid(),
    seq: z.string(),
    kind: z.enum(['start', 'signal']),
    workflowId: z.string(),
    name: z.string(),
    attempts: z.int(),
    createdAt: z.iso.datetime(),
    deadAt: z.iso.datetime(),
    reason: z.string().nullable(),
  }),
);

/** GET /api/admin/reconciliation */
export const reconciliationSchema = z.strictObject({
  uncommitted: z.array(
    z.strictObject({
      decisionId: z.uuid(),
      reviewId: z.uuid(),
      caseId: z.uuid(),
      process: z.string(),
      decidedAt: z.iso.datetime(),
    }),
  ),
  alarms: z.array(
    z.strictObject({
      id: z.uuid(),
      kind: z.string(),
      caseId: z.uuid().nullable(),
      reviewId: z.uuid().nullable(),
      data: z.record(z.string(), z.unknown()),
      createdAt: z.iso.datetime(),
    }),
  ),
  dead: z.int(),
  oldestUnsentSeconds: z.number(),
});
