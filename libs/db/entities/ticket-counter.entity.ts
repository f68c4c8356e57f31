import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last ticket number given at a desk on a day. */
@Entity('ticket_counter')
export class TicketCounterEntity {
  @PrimaryColumn({ name: 'ward_id', type: 'uuid' })
  wardId: string;

  @PrimaryColumn({ type: 'date' })
  day: string;

  @Column({ type: 'int' })
  last: number;
}
