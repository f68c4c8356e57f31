import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A move of a case between its states; undone by another move. */
@Entity('case_move')
export class CaseMoveEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'bigint', insert: false, update: false })
  seq: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId: string;

  @Column({ type: 'text' })
  move: string;

  @Column({ name: 'from_state', type: 'text' })
  fromState: string;

  @Column({ name: 'to_state', type: 'text' })
  toState: string;

  @Column({ type: 'jsonb', default: () => "'{}'::jsonb" })
  before: object;

  @Column({ name: 'by_kind', type: 'text' })
  byKind: string;

  @Column({ name: 'by_id', type: 'uuid', nullable: true })
  byId: string | null;

  @Column({ name: 'reason_ct', type: 'bytea', nullable: true })
  reasonCt: Buffer | null;

  @Column({ type: 'uuid', nullable: true })
  undoes: string | null;

  @Column({ type: 'timestamptz', default: () => 'clock_timestamp()' })
  at: Date;
}
