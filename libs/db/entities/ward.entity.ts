import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A ward or desk area of a hospital; people are granted roles on wards. */
@Entity('ward')
export class WardEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;
}
