import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A role a person holds, on one ward or on all. */
@Entity('role_grant')
export class RoleGrantEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string;

  @Column({ type: 'text' })
  role: string;

  @Column({ name: 'ward_id', type: 'uuid', nullable: true })
  wardId: string | null;

  @Column({ name: 'granted_by', type: 'uuid', nullable: true })
  grantedBy: string | null;

  @Column({ name: 'granted_at', type: 'timestamptz', default: () => 'now()' })
  grantedAt: Date;
}
