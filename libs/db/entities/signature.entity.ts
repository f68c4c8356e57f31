import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who signed which content, with which meaning. */
@Entity('signature')
export class SignatureEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'review_id', type: 'uuid' })
  reviewId: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ type: 'int' })
  sequence: number;

  @Column({ type: 'text' })
  action: string;

  @Column({ type: 'text' })
  role: string;

  @Column({ name: 'printed_name', type: 'text' })
  printedName: string;

  @Column({ name: 'licence_no', type: 'text', nullable: true })
  licenceNo: string | null;

  @Column({ type: 'text' })
  meaning: string;

  @Column({ type: 'text' })
  method: string;

  @Column({ name: 'draft_version', type: 'int', default: 0 })
  draftVersion: number;

  @Column({ name: 'draft_sha256', type: 'text', nullable: true })
  draftSha256: string | null;

  @Column({ name: 'content_ct', type: 'bytea' })
  contentCt: Buffer;

  @Column({ name: 'content_sha256', type: 'text' })
  contentSha256: string;

  @Column({ name: 'reason_code', type: 'text', nullable: true })
  reasonCode: string | null;

  @Column({ name: 'reason_ct', type: 'bytea', nullable: true })
  reasonCt: Buffer | null;

  @Column({ type: 'jsonb' })
  provenance: object;

  @Column({ name: 'signed_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  signedAt: Date;

  @Column({ name: 'voided_at', type: 'timestamptz', nullable: true })
  voidedAt: Date | null;

  @Column({ name: 'voided_reason', type: 'text', nullable: true })
  voidedReason: string | null;
}
