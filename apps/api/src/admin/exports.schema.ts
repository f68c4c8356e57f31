import { z } from 'zod';
import { agreementQuery } from './agreement.schema';
import { exportPurposes } from './export-purpose';
import { wholeAuditFilter } from './records.schema';
import { processName } from './rollouts.schema';

const queueHistoryFilter = z.strictObject({
  wardId: z.uuid().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type QueueHistoryFilter = z.infer<typeof queueHistoryFilter>;

const audit = { kind: z.literal('audit'), filter: wholeAuditFilter };
const queueHistory = { kind: z.literal('queue-history'), filter: queueHistoryFilter };
const agreement = { kind: z.literal('agreement'), filter: agreementQuery.extend({ process: processName }) };

/** POST /api/admin/exports/counts: how many rows a file would have. */
export const exportCountSchema = z.discriminatedUnion('kind', [
  z.strictObject(audit),
  z.strictObject(queueHistory),
  z.strictObject(agreement),
]);
export type ExportCountBody = z.infer<typeof exportCountSchema>;
export type ExportKind = ExportCountBody['kind'];

const confirmed = {
  language: z.enum(['zh', 'en']),
  purpose: z.enum(exportPurposes),
  /** In one's own words; required when the purpose is `other`. */
  purposeText: z.string().trim().min(1).max(300).optional(),
  /** The number of rows that was shown. */
  expectedRows: z.int().min(0),
};

/** POST /api/admin/exports: the file, with the filter as the count answered it. */
export const exportSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...audit, ...confirmed }),
    z.strictObject({ ...queueHistory, ...confirmed }),
    z.strictObject({ ...agreement, ...confirmed }),
  ])
  .refine(({ purpose, purposeText }) => purpose !== 'other' || purposeText !== undefined, {
    path: ['purposeText'],
    message: 'says what for',
  });
export type ExportBody = z.infer<typeof exportSchema>;

/** What a file would have. `filter` has an end, so that later rows do not change it: send it back as it is. */
export const exportCountAnswer = z.strictObject({
  kind: z.enum(['audit', 'queue-history', 'agreement']),
  filter: z.record(z.string(), z.unknown()),
  /** At most one more than `mostRows`. */
  rows: z.int(),
  mostRows: z.int(),
  tooMany: z.boolean(),
  columns: z.array(z.strictObject({ key: z.string(), zh: z.string(), en: z.string() })),
});
export type ExportCount = z.infer<typeof exportCountAnswer>;
