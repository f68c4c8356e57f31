import { z } from 'zod';
import { decisionActions } from '#libs/review/gate';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** POST /api/reviews/:id/decisions; If-Match carries the version of the review that was shown. */
export const decisionSchema = z.strictObject({
  action: z.enum(decisionActions),
  /** The draft version shown; 0 or absent for manual and reject. */
  draftVersion: z.int().min(0).default(0),
  draftSha256: sha256.nullable().default(null),
  /** What is signed, for amend and manual: the gate's content schema, checked by the server. */
  content: z.unknown().optional(),
  reasonCode: z.string().max(60).nullable().default(null),
  reasonText: z.string().max(2000).nullable().default(null),
  acknowledgedFacts: z.array(z.uuid()).max(100).default([]),
  evidenceOpened: z.array(z.string().max(100)).max(200).default([]),
  /** Digest of the view the server gave (`viewSha256` of GET /api/reviews/:id). */
  shownSha256: sha256.nullable().default(null),
  /** Needed where the gate asks for the password at signing. */
  password: z.string().max(200).optional(),
});
export type DecisionBody = z.infer<typeof decisionSchema>;

/** POST /api/reviews/:id/second-signatures: another person signs the same content. */
export const secondSignatureSchema = z.strictObject({
  signatureId: z.uuid(),
  contentSha256: sha256,
  password: z.string().min(1).max(200),
  acknowledgedFacts: z.array(z.uuid()).max(100).default([]),
  shownSha256: sha256.nullable().default(null),
});
export type SecondSignatureBody = z.infer<typeof secondSignatureSchema>;

/** What a person is told after signing. */
export const decisionReplySchema = z.strictObject({
  reviewId: z.uuid(),
  state: z.enum(['decided', 'awaiting-second']),
  version: z.int(),
  decisionId: z.uuid().nullable(),
  signatureId: z.uuid(),
  contentSha256: sha256,
  at: z.iso.datetime(),
  effect: z.record(z.string(), z.unknown()).nullable(),
});
export type DecisionReply = z.infer<typeof decisionReplySchema>;
