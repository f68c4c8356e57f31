import { v7 as uuidv7 } from 'uuid';
import { type Tx } from '../transaction';

/** A temporary override of a process to "off": who set it, why, and until when. */
export interface ManualSwitch {
  readonly id: string;
  readonly process: string;
  readonly reason: string;
  readonly setBy: string;
  readonly setByName: string;
  readonly setAt: Date;
  readonly expiresAt: Date;
}

const columns = `id, process, reason, set_by "setBy", set_at "setAt", expires_at "expiresAt",
  (select display_name from app_user where app_user.id = set_by) "setByName"`;

/** The switches in force, the one that lasts longest first. */
export const liveSwitches = (tx: Tx, process: string): Promise<ManualSwitch[]> =>
  tx.query(
    `select ${columns} from manual_switch where organisation_id = $1 and process = $2 and ended_at is null
       and expires_at > clock_timestamp() order by expires_at desc`,
    [tx.principal.organisationId, process],
  );

/** Switches a process to "off" for some hours (24 at most; the database refuses more). */
export const insertSwitch = async (
  tx: Tx,
  { process, reason, hours }: { process: string; reason: string; hours: number },
): Promise<ManualSwitch> => {
  if (tx.principal.kind !== 'user') throw new TypeError('only a person sets a manual switch');
  const [row] = await tx.query<ManualSwitch>(
    `insert into manual_switch (id, organisation_id, process, reason, set_by, set_at, expires_at)
     select $1::uuid, $2::uuid, $3::text, $4::text, $5::uuid, t.now, t.now + $6::int * interval '1 hour'
       from (select clock_timestamp() "now") t
     returning ${columns}`,
    [uuidv7(), tx.principal.organisationId, process, reason, tx.principal.id, hours],
  );
  if (!row) throw new Error('the switch was not stored');
  return row;
};

/** Ends a switch before its time; answers its process, or null when there is none in force with this id. */
export const endSwitch = async (tx: Tx, id: string): Promise<string | null> => {
  const by = tx.principal.kind === 'user' ? tx.principal.id : null;
  const [row] = await tx.query<{ process: string }>(
    `with e as (update manual_switch set ended_at = clock_timestamp(), ended_by = $3
       where id = $1 and organisation_id = $2 and ended_at is null and expires_at > clock_timestamp() returning process)
     select process from e`,
    [id, tx.principal.organisationId, by],
  );
  return row?.process ?? null;
};
