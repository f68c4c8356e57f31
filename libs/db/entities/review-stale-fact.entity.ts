import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A fact that overtakes what an open review shows. */
@Entity('review_stale_fact')
export class ReviewStaleFactEntity {
  @PrimaryColumn({ name: 'review_id', type: 'uuid' })
  reviewId: string;

  @PrimaryColumn({ name: 'fact_id', type: 'uuid' })
  factId: string;

  @Column({ name: 'draft_version', type: 'int' })
  draftVersion: number;

  @Column({ type: 'text' })
  cause: string;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  createdAt: Date;
}
