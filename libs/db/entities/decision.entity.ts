import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one final decision of a review. */
@Entity('decision')
export class DecisionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'review_id', type: 'uuid' })
  reviewId: string;

  @Column({ name: 'review_state', type: 'text', default: 'decided' })
  reviewState: string;

  @Column({ name: 'review_version', type: 'int' })
  reviewVersion: number;

  @Column({ type: 'text' })
  action: string;

  @Column({ name: 'draft_version', type: 'int', default: 0 })
  draftVersion: number;

  @Column({ name: 'draft_sha256', type: 'text', nullable: true })
  draftSha256: string | null;

  @Column({ name: 'content_sha256', type: 'text' })
  contentSha256: string;

  @Column({ name: 'first_signature', type: 'uuid' })
  firstSignature: string;

  @Column({ name: 'second_signature', type: 'uuid', nullable: true })
  secondSignature: string | null;

  @Column({ name: 'decided_by', type: 'uuid' })
  decidedBy: string;

  @Column({ name: 'decided_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  decidedAt: Date;

  @Column({ name: 'committed_at', type: 'timestamptz', nullable: true })
  committedAt: Date | null;
}
