import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An admission the bed desk has to place. */
@Entity('admission_request')
export class AdmissionRequestEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ name: 'requested_by', type: 'uuid', nullable: true })
  requestedBy: string | null;

  @Column({ name: 'requested_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  requestedAt: Date;

  @Column({ type: 'text', default: 'requested' })
  state: string;
}
