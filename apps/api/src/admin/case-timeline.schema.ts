import { z } from 'zod';
import { roles } from '#libs/auth/roles';

/** What a case went through, in words of the desk. */
export const timelineSteps = [
  'registered',
  'reported-before-arrival',
  'assessed',
  'precaution-overridden',
  'review-opened',
  'review-withdrawn',
  'draft-ready',
  'draft-stored',
  'draft-failed',
  'draft-overtaken',
  'draft-asked-again',
  'floor-raised',
  'taken-on',
  'given-back',
  'handed-over',
  'judged',
  'deferred',
  'escalated',
  'mode-overridden',
  'signed-first',
  'signed-second',
  'second-signature-declined',
  'first-signature-withdrawn',
  'first-signature-overtaken',
  'decided',
  'carried-out',
  'called',
  'called-back',
  'seen',
  'closed',
  'left',
  'cancelled',
  'taken-back',
  'wait-warned',
  're-assessment-asked',
  're-assessment-done',
  'other',
] as const;
export type TimelineStep = (typeof timelineSteps)[number];

const by = z.strictObject({
  kind: z.enum(['user', 'service', 'system']),
  name: z.string().nullable(),
  /** As signed; otherwise what the person holds on this ward today. */
  roles: z.array(z.string()),
});

const step = z.strictObject({
  at: z.iso.datetime(),
  step: z.enum(timelineSteps),
  by,
  detail: z.strictObject({
    gate: z.string().optional(),
    round: z.int().optional(),
    version: z.int().optional(),
    action: z.string().optional(),
    code: z.string().optional(),
    until: z.string().optional(),
    dueAt: z.string().optional(),
    tells: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
  }),
});

const awaited = z.strictObject({
  what: z.enum(['assessment', 'review', 'second-signature', 'carrying-out', 'physician', 'end-of-attendance']),
  /** Empty: a part of the product. */
  roles: z.array(z.enum(roles)),
  since: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable(),
  /** Who has taken it on, and until when. */
  claimedBy: z.string().nullable(),
  claimedUntil: z.iso.datetime().nullable(),
});

const timer = z.strictObject({
  what: z.enum(['review-due', 'escalation', 'end-of-deferral', 'wait-warning', 'wait-limit', 're-assessment', 'end']),
  at: z.iso.datetime(),
  /** It should have gone off already. */
  late: z.boolean(),
  tells: z.string().nullable(),
});

/** GET /api/admin/cases/:id/timeline: the case without its patient. */
export const caseTimelineSchema = z.strictObject({
  caseId: z.uuid(),
  /** For whoever looks into Temporal; null for everybody else. */
  workflowId: z.string().nullable(),
  process: z.string(),
  state: z.string(),
  ward: z.strictObject({ id: z.uuid(), code: z.string(), name: z.string() }),
  ticketNo: z.int().nullable(),
  steps: z.array(step),
  /** Older steps were left out. */
  truncated: z.boolean(),
  awaited: z.array(awaited),
  /** What happens by itself, the next first. */
  timers: z.array(timer),
});
export type CaseTimeline = z.infer<typeof caseTimelineSchema>;
export type Awaited = z.infer<typeof awaited>;
export type Timer = z.infer<typeof timer>;
