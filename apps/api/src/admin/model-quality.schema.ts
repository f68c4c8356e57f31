import { z } from 'zod';
import { pair } from './agreement.schema';

const share = z.strictObject({ n: z.int(), rate: z.number().nullable() });

/** GET /api/admin/model-quality/:process. In each pair `moreUrgent` is over-triage, `lessUrgent` under-triage. */
export const modelQualitySchema = z.strictObject({
  process: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  reviews: z.int(),
  /** The period held more than could be counted: the first ones were. */
  truncated: z.boolean(),
  /** People's own judgement, the floor of the rules, and the draft: each against what was signed. */
  own: pair,
  floor: pair,
  draft: pair,
  /** Draft and signature where it was shown, and where nobody saw it; `gap`: how much more people agree with what they see. */
  blindSample: z.strictObject({ shown: share, blind: share, gap: z.number().nullable() }),
  rows: z.array(
    z.strictObject({
      levelPack: z.strictObject({ id: z.string(), version: z.string() }).nullable(),
      promptId: z.string().nullable(),
      promptVersion: z.number().nullable(),
      model: z.string().nullable(),
      reviews: z.int(),
      shownDraft: pair,
      blindDraft: pair,
      ownAndDraft: pair,
    }),
  ),
  /** Of everybody together; null where fewer than three people signed in the week. */
  weeks: z.array(
    z.strictObject({
      week: z.iso.date(),
      decisions: z.int(),
      offered: z.int().nullable(),
      acceptedUnchanged: z.int().nullable(),
      acceptedUnchangedRate: z.number().nullable(),
      medianSecondsOpen: z.number().nullable(),
    }),
  ),
});
