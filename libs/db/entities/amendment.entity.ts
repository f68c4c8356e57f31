import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An unfinished amendment, per review and person. */
@Entity('amendment')
export class AmendmentEntity {
  @PrimaryColumn({ name: 'review_id', type: 'uuid' })
  reviewId: string;

  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ name: 'content_ct', type: 'bytea' })
  contentCt: Buffer;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  updatedAt: Date;
}
