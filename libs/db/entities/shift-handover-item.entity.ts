import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A review in a handover; without a receiver it went back to whoever may sign it. */
@Entity('shift_handover_item')
export class ShiftHandoverItemEntity {
  @PrimaryColumn({ name: 'handover_id', type: 'uuid' })
  handoverId: string;

  @PrimaryColumn({ name: 'review_id', type: 'uuid' })
  reviewId: string;

  @Column({ name: 'receiver_id', type: 'uuid', nullable: true })
  receiverId: string | null;

  @Column({ type: 'text', nullable: true })
  answer: string | null;

  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true })
  answeredAt: Date | null;
}
