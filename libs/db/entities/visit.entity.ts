import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One stay or attendance: the episode that joins the desks. */
@Entity('visit')
export class VisitEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ name: 'patient_id', type: 'uuid' })
  patientId: string;

  @Column({ name: 'ward_id', type: 'uuid', nullable: true })
  wardId: string | null;

  @Column({ type: 'text' })
  class: string;

  @Column({ name: 'number_ct', type: 'bytea', nullable: true })
  numberCt: Buffer | null;

  @Column({ name: 'number_index', type: 'bytea', nullable: true })
  numberIndex: Buffer | null;

  @Column({ name: 'arrived_at', type: 'timestamptz' })
  arrivedAt: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
