import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A filter of a screen that a person saved; name and values are encrypted. */
@Entity('saved_filter')
export class SavedFilterEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ type: 'text' })
  screen: string;

  @Column({ name: 'name_index', type: 'bytea' })
  nameIndex: Buffer;

  @Column({ name: 'content_ct', type: 'bytea' })
  contentCt: Buffer;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  updatedAt: Date;
}
