import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What waits for a person, and its state. */
@Entity('review')
export class ReviewEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ name: 'ward_id', type: 'uuid' })
  wardId: string;

  @Column({ type: 'text' })
  process: string;

  @Column({ type: 'text' })
  step: string;

  @Column({ type: 'int' })
  round: number;

  @Column({ type: 'text', default: 'open' })
  state: string;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ name: 'fact_id', type: 'uuid' })
  factId: string;

  @Column({ type: 'text', nullable: true })
  floor: string | null;

  @Column({ name: 'requested_by', type: 'uuid', nullable: true })
  requestedBy: string | null;

  @Column({ name: 'opened_at', type: 'timestamptz', default: () => 'now()' })
  openedAt: Date;

  @Column({ name: 'manual_at', type: 'timestamptz' })
  manualAt: Date;

  @Column({ name: 'due_at', type: 'timestamptz' })
  dueAt: Date;

  @Column({ name: 'draft_version', type: 'int', default: 0 })
  draftVersion: number;

  @Column({ name: 'draft_sha256', type: 'text', nullable: true })
  draftSha256: string | null;

  @Column({ name: 'draft_failed_code', type: 'text', nullable: true })
  draftFailedCode: string | null;

  @Column({ name: 'redraft_round', type: 'int', default: 0 })
  redraftRound: number;

  @Column({ name: 'claimed_by', type: 'uuid', nullable: true })
  claimedBy: string | null;

  @Column({ name: 'lease_expires_at', type: 'timestamptz', nullable: true })
  leaseExpiresAt: Date | null;

  @Column({ name: 'deferred_until', type: 'timestamptz', nullable: true })
  deferredUntil: Date | null;

  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ name: 'withdrawn_at', type: 'timestamptz', nullable: true })
  withdrawnAt: Date | null;

  @Column({ name: 'withdrawn_reason', type: 'text', nullable: true })
  withdrawnReason: string | null;
}
