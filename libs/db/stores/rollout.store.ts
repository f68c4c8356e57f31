import { type Tx } from '../transaction';

/** How far a process uses the model: not at all, drafting unseen, or drafting for reviewers. */
export const rolloutModes = ['off', 'shadow', 'draft'] as const;
export type RolloutMode = (typeof rolloutModes)[number];

/** The rollout in force and where it comes from; a manual switch overrides the setting until it expires. */
export interface Rollout {
  readonly mode: RolloutMode;
  readonly because: 'setting' | 'default' | 'manual-switch';
  readonly until: Date | null;
}

/** The name under which the rollout of a process is set. */
export const rolloutSetting = (process: string): string => `rollout.${process}`;

interface RolloutRow {
  mode: RolloutMode | null;
  switched_until: Date | null;
}

/** The rollout of a process for the organisation of the principal, now; `draft` where nothing is set. */
export const effectiveRollout = async (tx: Tx, process: string): Promise<Rollout> => {
  const [row] = await tx.query<RolloutRow>(
    `select (select value ->> 'mode' from setting where organisation_id = $1 and name = $2) mode,
       (select max(expires_at) from manual_switch
         where organisation_id = $1 and process = $3 and ended_at is null and expires_at > now()) switched_until`,
    [tx.principal.organisationId, rolloutSetting(process), process],
  );
  if (row?.switched_until) return { mode: 'off', because: 'manual-switch', until: row.switched_until };
  if (row?.mode) return { mode: row.mode, because: 'setting', until: null };
  return { mode: 'draft', because: 'default', until: null };
};
