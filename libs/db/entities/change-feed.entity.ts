import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What changed, ids only, for browsers. */
@Entity('change_feed')
export class ChangeFeedEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'feed_seq', type: 'bigint', nullable: true })
  feedSeq: string | null;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ name: 'ward_id', type: 'uuid', nullable: true })
  wardId: string | null;

  @Column({ type: 'text' })
  topic: string;

  @Column({ name: 'entity_id', type: 'uuid' })
  entityId: string;

  @Column({ type: 'timestamptz', default: () => 'clock_timestamp()' })
  at: Date;
}
