import { z } from 'zod';
import { triagePacksSchema } from '#libs/packs/pack.schema';
import { referenceSets, type ReferenceSetName } from '#libs/packs/reference-packs';
import { levels } from '#libs/processes/triage/triage.level';
import { pageQuery } from '../http/cursor';

const names = Object.keys(referenceSets) as [ReferenceSetName, ...ReferenceSetName[]];

/** A set that ships with the product. */
export const referenceName = z.enum(names);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const note = z.string().trim().min(1).max(2000);

/** A version of the rule packs; `version` is not its number but the revision of all of them, for If-Match. */
const packVersion = z.strictObject({
  id: z.uuid(),
  number: z.int(),
  sha256,
  note: z.string(),
  restores: z.int().nullable(),
  editedBy: z.uuid(),
  editorName: z.string(),
  editedAt: z.iso.datetime(),
  approvedBy: z.uuid().nullable(),
  approverName: z.string().nullable(),
  approvedAt: z.iso.datetime().nullable(),
  effectiveFrom: z.iso.datetime().nullable(),
  state: z.enum(['draft', 'scheduled', 'active', 'superseded']),
});

/** GET /api/admin/rule-packs */
export const rulePacksQuery = pageQuery;
export const rulePackListSchema = z.strictObject({
  version: z.int(),
  /** By which packs the desk works now. */
  inForce: z.array(z.strictObject({ id: z.string(), version: z.string(), approvedBy: z.string().nullable() })),
  references: z.array(referenceName),
  items: z.array(packVersion),
  next: z.string().nullable(),
});
export type RulePackList = z.infer<typeof rulePackListSchema>;

/** GET /api/admin/rule-packs/:id, and what each change of it answers */
export const rulePacksSchema = packVersion.extend({ version: z.int(), content: z.looseObject({}) });
export type RulePacksView = z.infer<typeof rulePacksSchema>;

/** GET /api/admin/rule-packs/references/:name */
export const referenceSchema = z.strictObject({ name: referenceName, content: z.looseObject({}) });

/** POST /api/admin/rule-packs */
export const editSchema = z.strictObject({ note, content: triagePacksSchema });
export type EditBody = z.infer<typeof editSchema>;

/** POST /api/admin/rule-packs/:id/rollbacks */
export const rollbackSchema = z.strictObject({ note });
export type RollbackBody = z.infer<typeof rollbackSchema>;

/** POST /api/admin/rule-packs/:id/approvals: the digest that was shown, and from when (absent: from now on). */
export const approvalSchema = z.strictObject({ sha256, effectiveFrom: z.iso.datetime({ offset: true }).optional() });
export type ApprovalBody = z.infer<typeof approvalSchema>;

/** POST /api/admin/rule-packs/:id/dry-runs: the newest cases opened in this time; absent: of the last 30 days. */
export const dryRunSchema = z
  .strictObject({
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    limit: z.int().min(1).max(2000).default(500),
  })
  .refine(({ from, to }) => !from || !to || Date.parse(from) < Date.parse(to), { path: ['from'] });
export type DryRunBody = z.infer<typeof dryRunSchema>;

const level = z.enum(levels).nullable();
const change = z.strictObject({ from: level, to: level });
const counts = z.strictObject({ same: z.int(), moreUrgent: z.int(), lessUrgent: z.int() });

/** What a dry run answers: counts over all assessments, and the first 1,000 that would change, newest cases first. */
export const dryRunAnswer = z.strictObject({
  number: z.int(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  cases: z.int(),
  assessments: z.int(),
  /** Assessments whose stored form this release cannot read; in no other count. */
  unreadable: z.int(),
  changedCases: z.int(),
  floor: counts,
  proposed: counts,
  floorMoves: z.array(change.extend({ count: z.int() })),
  changed: z.array(
    z.strictObject({
      caseId: z.uuid(),
      factId: z.uuid(),
      recordedAt: z.iso.datetime(),
      floor: change,
      proposed: change,
    }),
  ),
  moreChanged: z.int(),
});
export type DryRunAnswer = z.infer<typeof dryRunAnswer>;
