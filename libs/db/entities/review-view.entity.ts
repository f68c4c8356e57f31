import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a person was shown and when. */
@Entity('review_view')
export class ReviewViewEntity {
  @PrimaryColumn({ name: 'review_id', type: 'uuid' })
  reviewId: string;

  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ name: 'first_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  firstAt: Date;

  @Column({ name: 'last_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  lastAt: Date;

  @Column({ name: 'last_sha256', type: 'text' })
  lastSha256: string;

  /** When the draft version last shown was shown for the first time. */
  @Column({ name: 'draft_first_shown_at', type: 'timestamptz', nullable: true })
  draftFirstShownAt: Date | null;

  @Column({ name: 'draft_version_shown', type: 'int', default: 0 })
  draftVersionShown: number;

  @Column({ name: 'review_version_shown', type: 'int', default: 0 })
  reviewVersionShown: number;

  @Column({ name: 'fact_seq_shown', type: 'bigint', default: 0 })
  factSeqShown: string;
}
