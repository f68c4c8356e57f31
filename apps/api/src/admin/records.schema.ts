import { z } from 'zod';
import { pageQuery, pageSchema } from '../http/cursor';

const outcome = z.enum(['done', 'refused', 'shown', 'alarm']);

/** GET /api/admin/audit */
export const auditQuery = pageQuery.extend({
  caseId: z.uuid().optional(),
  actorId: z.uuid().optional(),
  /** As in the rows: `review.opened`, or a route that was denied. */
  action: z
    .string()
    .max(200)
    .regex(/^[A-Za-z][A-Za-z0-9 ./:-]*$/)
    .optional(),
  outcome: outcome.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

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
