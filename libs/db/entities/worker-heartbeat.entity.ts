import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a worker process last said of itself. */
@Entity('worker_heartbeat')
export class WorkerHeartbeatEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  host: string;

  @Column({ type: 'int' })
  pid: number;

  @Column({ type: 'text' })
  version: string;

  @Column({ name: 'started_at', type: 'timestamptz' })
  startedAt: Date;

  @Column({ name: 'beat_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  beatAt: Date;

  @Column({ type: 'text' })
  state: string;

  @Column({ type: 'text' })
  temporal: string;

  @Column({ type: 'text', array: true })
  queues: string[];

  @Column({ type: 'jsonb', nullable: true })
  model: object | null;
}
