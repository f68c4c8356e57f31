import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person’s own value, stored before the draft is revealed. */
@Entity('judgement')
export class JudgementEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'review_id', type: 'uuid' })
  reviewId: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ name: 'content_ct', type: 'bytea' })
  contentCt: Buffer;

  @Column({ type: 'text' })
  sha256: string;

  @Column({ type: 'timestamptz', default: () => 'clock_timestamp()' })
  at: Date;
}
