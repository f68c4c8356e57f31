import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One run of a process for a patient. */
@Entity('cases')
export class CaseEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ name: 'ward_id', type: 'uuid' })
  wardId: string;

  @Column({ type: 'text' })
  process: string;

  @Column({ name: 'patient_id', type: 'uuid' })
  patientId: string;

  @Column({ name: 'visit_id', type: 'uuid' })
  visitId: string;

  @Column({ type: 'text' })
  state: string;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ name: 'opened_by_kind', type: 'text' })
  openedByKind: string;

  @Column({ name: 'opened_by', type: 'uuid', nullable: true })
  openedBy: string | null;

  @Column({ name: 'opened_at', type: 'timestamptz', default: () => 'now()' })
  openedAt: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Column({ type: 'uuid', nullable: true })
  corrects: string | null;

  @Column({ name: 'correction_reason', type: 'text', nullable: true })
  correctionReason: string | null;
}
