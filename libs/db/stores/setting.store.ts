import { SettingEntity } from '../entities/setting.entity';
import { type Tx } from '../transaction';

/** A setting of the organisation as it stands; version 0 where it was never set. */
export interface SettingState {
  readonly value: Readonly<Record<string, unknown>> | null;
  readonly version: number;
}

/** Reads a setting of the principal's organisation. */
export const readSetting = async (tx: Tx, name: string): Promise<SettingState> => {
  const found = await tx.manager.findOneBy(SettingEntity, { organisationId: tx.principal.organisationId, name });
  return found
    ? { value: found.value as Record<string, unknown>, version: found.version }
    : { value: null, version: 0 };
};

/** Sets it if it still is at the given version (0: not set yet); answers the new version, or null when it is not. */
export const writeSetting = async (
  tx: Tx,
  name: string,
  { value, version }: { value: Readonly<Record<string, unknown>>; version: number },
): Promise<number | null> => {
  const by = tx.principal.kind === 'user' ? tx.principal.id : null;
  const [row] = await tx.query<{ version: number }>(
    `insert into setting (organisation_id, name, value, updated_by)
       select $1::uuid, $2::text, $3::jsonb, $4::uuid where $5::int = 0
         or exists (select from setting where organisation_id = $1 and name = $2 and version = $5)
     on conflict (organisation_id, name) do update set value = excluded.value, version = setting.version + 1,
       updated_by = excluded.updated_by, updated_at = clock_timestamp() where setting.version = $5
     returning version`,
    [tx.principal.organisationId, name, JSON.stringify(value), by, version],
  );
  return row?.version ?? null;
};
