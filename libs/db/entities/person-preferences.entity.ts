import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a person's screens look like, on every PC. */
@Entity('person_preferences')
export class PersonPreferencesEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ type: 'jsonb' })
  content: object;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  updatedAt: Date;
}
