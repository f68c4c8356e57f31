import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A message as it arrived, and what became of it. */
@Entity('inbound_message')
export class InboundMessageEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ name: 'source_key', type: 'bytea', nullable: true })
  sourceKey: Buffer | null;

  @Column({ type: 'text' })
  sha256: string;

  @Column({ name: 'raw_ct', type: 'bytea' })
  rawCt: Buffer;

  @Column({ type: 'text', nullable: true })
  event: string | null;

  @Column({ name: 'occurred_at', type: 'timestamptz', nullable: true })
  occurredAt: Date | null;

  @Column({ name: 'message_at', type: 'timestamptz', nullable: true })
  messageAt: Date | null;

  @Column({ name: 'received_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  receivedAt: Date;

  @Column({ type: 'text' })
  outcome: string;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'text' })
  answer: string;

  @Column({ name: 'case_id', type: 'uuid', nullable: true })
  caseId: string | null;

  @Column({ name: 'visit_id', type: 'uuid', nullable: true })
  visitId: string | null;

  @Column({ name: 'default_charset', type: 'text', default: 'utf-8' })
  defaultCharset: string;

  @Column({ name: 'service_account_id', type: 'uuid', nullable: true })
  serviceAccountId: string | null;

  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true })
  resolvedAt: Date | null;
}
