import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A patient announced before arrival; who is announced and by whom is encrypted. */
@Entity('pre_notice')
export class PreNoticeEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ name: 'ward_id', type: 'uuid' })
  wardId: string;

  @Column({ type: 'text', default: 'expected' })
  state: string;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ name: 'expected_at', type: 'timestamptz' })
  expectedAt: Date;

  /** The most urgent floor of all reports, provisional. */
  @Column({ type: 'text', nullable: true })
  floor: string | null;

  @Column({ name: 'content_ct', type: 'bytea' })
  contentCt: Buffer;

  @Column({ name: 'announced_by_kind', type: 'text' })
  announcedByKind: string;

  @Column({ name: 'announced_by', type: 'uuid', nullable: true })
  announcedBy: string | null;

  @Column({ name: 'announced_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  announcedAt: Date;

  @Column({ name: 'case_id', type: 'uuid', nullable: true })
  caseId: string | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Column({ name: 'ended_by_kind', type: 'text', nullable: true })
  endedByKind: string | null;

  @Column({ name: 'ended_by', type: 'uuid', nullable: true })
  endedBy: string | null;

  @Column({ name: 'reason_ct', type: 'bytea', nullable: true })
  reasonCt: Buffer | null;
}
