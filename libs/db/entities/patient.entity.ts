import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A patient; identifying columns are encrypted. */
@Entity('patient')
export class PatientEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ name: 'name_ct', type: 'bytea' })
  nameCt: Buffer;

  @Column({ name: 'birth_date_ct', type: 'bytea', nullable: true })
  birthDateCt: Buffer | null;

  @Column({ name: 'phone_ct', type: 'bytea', nullable: true })
  phoneCt: Buffer | null;

  @Column({ name: 'address_ct', type: 'bytea', nullable: true })
  addressCt: Buffer | null;

  @Column({ type: 'text' })
  sex: string;

  @Column({ name: 'age_days', type: 'int', nullable: true })
  ageDays: number | null;

  @Column({ name: 'age_estimated', type: 'boolean', default: false })
  ageEstimated: boolean;

  @Column({ type: 'boolean', default: false })
  unidentified: boolean;

  @Column({ name: 'merged_into', type: 'uuid', nullable: true })
  mergedInto: string | null;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  /** What was known before the merge, since the row mirrors the survivor from then on. */
  @Column({ name: 'before_merge_ct', type: 'bytea', nullable: true })
  beforeMergeCt: Buffer | null;
}
