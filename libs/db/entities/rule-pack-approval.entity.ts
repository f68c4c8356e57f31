import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who approved a version of the rule packs, and from when it is in force; append-only. */
@Entity('rule_pack_approval')
export class RulePackApprovalEntity {
  @PrimaryColumn({ name: 'set_id', type: 'uuid' })
  setId: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId: string;

  @Column({ name: 'edited_by', type: 'uuid' })
  editedBy: string;

  @Column({ name: 'approved_by', type: 'uuid' })
  approvedBy: string;

  @Column({ name: 'approver_name', type: 'text' })
  approverName: string;

  @Column({ name: 'approved_at', type: 'timestamptz' })
  approvedAt: Date;

  @Column({ name: 'effective_from', type: 'timestamptz' })
  effectiveFrom: Date;
}
