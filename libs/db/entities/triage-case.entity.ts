import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A patient’s place at the triage desk. */
@Entity('triage_case')
export class TriageCaseEntity {
  @PrimaryColumn({ name: 'case_id', type: 'uuid' })
  caseId: string;

  @Column({ name: 'ticket_no', type: 'int' })
  ticketNo: number;

  @Column({ name: 'ticket_day', type: 'date' })
  ticketDay: string;

  @Column({ name: 'ward_id', type: 'uuid' })
  wardId: string;

  @Column({ type: 'text', nullable: true })
  room: string | null;

  @Column({ name: 'arrived_at', type: 'timestamptz' })
  arrivedAt: Date;

  @Column({ name: 'straight_to_resus', type: 'boolean', default: false })
  straightToResus: boolean;

  @Column({ type: 'text', nullable: true })
  floor: string | null;

  @Column({ type: 'text', nullable: true })
  level: string | null;

  @Column({ name: 'decided_level', type: 'text', nullable: true })
  decidedLevel: string | null;

  @Column({ type: 'boolean', default: true })
  provisional: boolean;

  @Column({ name: 'clock_started_at', type: 'timestamptz', nullable: true })
  clockStartedAt: Date | null;

  @Column({ name: 'limit_seconds', type: 'int', nullable: true })
  limitSeconds: number | null;

  @Column({ name: 'retriage_seconds', type: 'int', nullable: true })
  retriageSeconds: number | null;

  @Column({ name: 'early_warning', type: 'int', default: 0 })
  earlyWarning: number;

  @Column({ name: 'early_warning_incomplete', type: 'boolean', default: true })
  earlyWarningIncomplete: boolean;

  @Column({ name: 'red_score', type: 'boolean', default: false })
  redScore: boolean;

  @Column({ name: 'special_group', type: 'boolean', default: false })
  specialGroup: boolean;

  @Column({ name: 'last_assessed_at', type: 'timestamptz', nullable: true })
  lastAssessedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  disposition: string | null;

  @Column({ name: 'disposition_at', type: 'timestamptz', nullable: true })
  dispositionAt: Date | null;

  @Column({ name: 'decision_id', type: 'uuid', nullable: true })
  decisionId: string | null;
}
