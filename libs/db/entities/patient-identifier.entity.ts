import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A number that names a patient; merges leave aliases. */
@Entity('patient_identifier')
export class PatientIdentifierEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ name: 'patient_id', type: 'uuid' })
  patientId: string;

  @Column({ type: 'text' })
  authority: string;

  @Column({ type: 'text' })
  type: string;

  @Column({ name: 'value_ct', type: 'bytea' })
  valueCt: Buffer;

  @Column({ name: 'value_index', type: 'bytea' })
  valueIndex: Buffer;

  @Column({ name: 'alias_of', type: 'uuid', nullable: true })
  aliasOf: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ name: 'retired_at', type: 'timestamptz', nullable: true })
  retiredAt: Date | null;
}
