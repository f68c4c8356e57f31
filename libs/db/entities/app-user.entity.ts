import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person who signs in. */
@Entity('app_user')
export class AppUserEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ type: 'text' })
  login: string;

  @Column({ name: 'display_name', type: 'text' })
  displayName: string;

  @Column({ name: 'licence_no', type: 'text', nullable: true })
  licenceNo: string | null;

  @Column({ name: 'password_hash', type: 'text' })
  passwordHash: string;

  @Column({ name: 'password_temporary_since', type: 'timestamptz', nullable: true })
  passwordTemporarySince: Date | null;

  @Column({ name: 'failed_logins', type: 'int', default: 0 })
  failedLogins: number;

  @Column({ name: 'locked_until', type: 'timestamptz', nullable: true })
  lockedUntil: Date | null;

  @Column({ name: 'disabled_at', type: 'timestamptz', nullable: true })
  disabledAt: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
