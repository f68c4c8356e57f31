import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who saw or changed what; append-only. */
@Entity('audit')
export class AuditEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ type: 'timestamptz', default: () => 'clock_timestamp()' })
  at: Date;

  @Column({ name: 'actor_kind', type: 'text' })
  actorKind: string;

  @Column({ name: 'actor_id', type: 'uuid', nullable: true })
  actorId: string | null;

  @Column({ name: 'actor_name', type: 'text' })
  actorName: string;

  @Column({ name: 'actor_roles', type: 'text', array: true, default: () => "'{}'::text[]" })
  actorRoles: string[];

  @Column({ name: 'session_id', type: 'uuid', nullable: true })
  sessionId: string | null;

  @Column({ name: 'request_id', type: 'uuid', nullable: true })
  requestId: string | null;

  @Column({ type: 'text' })
  action: string;

  @Column({ name: 'entity_type', type: 'text' })
  entityType: string;

  @Column({ name: 'entity_id', type: 'uuid', nullable: true })
  entityId: string | null;

  @Column({ name: 'case_ids', type: 'uuid', array: true, default: () => "'{}'::uuid[]" })
  caseIds: string[];

  @Column({ type: 'text' })
  outcome: string;

  @Column({ type: 'text', nullable: true })
  code: string | null;

  @Column({ name: 'before_sha256', type: 'text', nullable: true })
  beforeSha256: string | null;

  @Column({ name: 'after_sha256', type: 'text', nullable: true })
  afterSha256: string | null;

  @Column({ type: 'jsonb', default: () => "'{}'::jsonb" })
  detail: object;
}
