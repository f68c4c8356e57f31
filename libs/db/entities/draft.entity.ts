import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A version of what the model wrote; immutable. */
@Entity('draft')
export class DraftEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'review_id', type: 'uuid' })
  reviewId: string;

  @Column({ type: 'int' })
  version: number;

  @Column({ type: 'text' })
  sha256: string;

  @Column({ name: 'content_ct', type: 'bytea' })
  contentCt: Buffer;

  @Column({ name: 'raw_ct', type: 'bytea', nullable: true })
  rawCt: Buffer | null;

  @Column({ type: 'jsonb' })
  record: object;

  @Column({ name: 'redraft_round', type: 'int', default: 0 })
  redraftRound: number;

  @Column({ name: 'based_on_fact', type: 'uuid' })
  basedOnFact: string;

  @Column({ type: 'boolean' })
  shown: boolean;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  createdAt: Date;
}
