import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One version of a hospital's rule packs; append-only. */
@Entity('rule_pack_set')
export class RulePackSetEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ type: 'int' })
  number: number;

  @Column({ type: 'jsonb' })
  content: object;

  @Column({ type: 'text' })
  sha256: string;

  @Column({ type: 'text' })
  note: string;

  @Column({ type: 'int', nullable: true })
  restores: number | null;

  @Column({ name: 'edited_by', type: 'uuid' })
  editedBy: string;

  @Column({ name: 'edited_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  editedAt: Date;
}
