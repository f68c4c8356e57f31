import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was found or observed; immutable, versioned by digest. */
@Entity('fact')
export class FactEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'bigint', insert: false, update: false })
  seq: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'text' })
  sha256: string;

  @Column({ name: 'content_ct', type: 'bytea' })
  contentCt: Buffer;

  @Column({ type: 'jsonb', default: () => "'{}'::jsonb" })
  vitals: object;

  @Column({ name: 'effective_at', type: 'timestamptz' })
  effectiveAt: Date;

  @Column({ name: 'recorded_by_kind', type: 'text' })
  recordedByKind: string;

  @Column({ name: 'recorded_by', type: 'uuid', nullable: true })
  recordedBy: string | null;

  @Column({ name: 'recorded_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  recordedAt: Date;
}
