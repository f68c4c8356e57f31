import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody's end of a shift: what they held, given on; immutable. */
@Entity('shift_handover')
export class ShiftHandoverEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ name: 'given_by', type: 'uuid' })
  givenBy: string;

  @Column({ name: 'session_id', type: 'uuid' })
  sessionId: string;

  @Column({ name: 'note_ct', type: 'bytea', nullable: true })
  noteCt: Buffer | null;

  @Column({ name: 'given_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  givenAt: Date;
}
