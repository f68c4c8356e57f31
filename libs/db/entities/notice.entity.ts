import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a role must be told; ids and codes only. */
@Entity('notice')
export class NoticeEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ name: 'ward_id', type: 'uuid', nullable: true })
  wardId: string | null;

  @Column({ name: 'case_id', type: 'uuid', nullable: true })
  caseId: string | null;

  @Column({ name: 'review_id', type: 'uuid', nullable: true })
  reviewId: string | null;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'text' })
  audience: string;

  /** The one person it is for; null: whoever holds the role. */
  @Column({ name: 'recipient_id', type: 'uuid', nullable: true })
  recipientId: string | null;

  @Column({ name: 'unique_key', type: 'text' })
  uniqueKey: string;

  @Column({ type: 'jsonb', default: () => "'{}'::jsonb" })
  data: object;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  createdAt: Date;

  @Column({ name: 'acknowledged_at', type: 'timestamptz', nullable: true })
  acknowledgedAt: Date | null;

  @Column({ name: 'acknowledged_by', type: 'uuid', nullable: true })
  acknowledgedBy: string | null;
}
