import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a caller was answered, for a retry with the same Idempotency-Key. */
@Entity('stored_reply')
export class StoredReplyEntity {
  @PrimaryColumn({ name: 'actor_id', type: 'uuid' })
  actorId: string;

  @PrimaryColumn({ name: 'idempotency_key', type: 'text' })
  idempotencyKey: string;

  @Column({ name: 'request_sha256', type: 'text' })
  requestSha256: string;

  @Column({ type: 'int' })
  status: number;

  @Column({ name: 'body_ct', type: 'bytea' })
  bodyCt: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
