import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What happened to an open review; never final. */
@Entity('review_event')
export class ReviewEventEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'bigint', insert: false, update: false })
  seq: string;

  @Column({ name: 'review_id', type: 'uuid' })
  reviewId: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ name: 'by_kind', type: 'text' })
  byKind: string;

  @Column({ name: 'by_id', type: 'uuid', nullable: true })
  byId: string | null;

  @Column({ name: 'unique_key', type: 'text', nullable: true })
  uniqueKey: string | null;

  @Column({ type: 'jsonb', default: () => "'{}'::jsonb" })
  data: object;

  @Column({ name: 'note_ct', type: 'bytea', nullable: true })
  noteCt: Buffer | null;

  @Column({ type: 'timestamptz', default: () => 'clock_timestamp()' })
  at: Date;
}
