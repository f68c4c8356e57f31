import { inBlindSample } from '#libs/crypto/blind-sample';
import { type Tx } from '../transaction';

/** How far a process uses the model: not at all, drafting unseen, or drafting for reviewers. */
export const rolloutModes = ['off', 'shadow', 'draft'] as const;
export type RolloutMode = (typeof rolloutModes)[number];

/** The rollout in force and where it comes from; a manual switch overrides the setting until it expires. */
export interface Rollout {
  readonly mode: RolloutMode;
  readonly because: 'setting' | 'default' | 'manual-switch' | 'blind-sample';
  readonly until: Date | null;
  /** How many of 100 cases are drafted unseen while the mode is `draft`, to compare people with and without a draft. */
  readonly blindPercent: number;
}

/** The rollout as a hospital has it, before a case is looked at. */
export type RolloutInForce = Rollout & { readonly because: Exclude<Rollout['because'], 'blind-sample'> };

/** The name under which the rollout of a process is set. */
export const rolloutSetting = (process: string): string => `rollout.${process}`;

interface RolloutRow {
  mode: RolloutMode | null;
  blind_percent: number | null;
  switched_until: Date | null;
}

/** The rollout of a process for the organisation of the principal, now; `draft` where nothing is set. */
export const effectiveRollout = async (tx: Tx, process: string): Promise<RolloutInForce> => {
  const [row] = await tx.query<RolloutRow>(
    `select s.value ->> 'mode' mode, (s.value ->> 'blindPercent')::int blind_percent,
       (select max(expires_at) from manual_switch
         where organisation_id = $1 and process = $3 and ended_at is null and expires_at > now()) switched_until
     from (select) as always left join setting s on s.organisation_id = $1 and s.name = $2`,
    [tx.principal.organisationId, rolloutSetting(process), process],
  );
  const blindPercent = row?.blind_percent ?? 0;
  if (row?.switched_until) return { mode: 'off', because: 'manual-switch', until: row.switched_until, blindPercent };
  if (row?.mode) return { mode: row.mode, because: 'setting', until: null, blindPercent };
  return { mode: 'draft', because: 'default', until: null, blindPercent };
};

/** The rollout as one case has it: in the blind sample its drafts are unseen. */
export const rolloutOfCase = async (
  tx: Tx,
  { process, caseId }: { readonly process: string; readonly caseId: string },
): Promise<Rollout> => {
  const rollout = await effectiveRollout(tx, process);
  const blind = rollout.mode === 'draft' && inBlindSample(caseId, rollout.blindPercent);
  return blind ? { ...rollout, mode: 'shadow', because: 'blind-sample' } : rollout;
};

/** Who set the rollout of a process last, and when; null where it was never set. */
export const rolloutSetBy = async (tx: Tx, process: string): Promise<{ name: string | null; at: Date } | null> => {
  const [row] = await tx.query<{ name: string | null; at: Date }>(
    `select (select display_name from app_user where app_user.id = updated_by) name, updated_at at
     from setting where organisation_id = $1 and name = $2`,
    [tx.principal.organisationId, rolloutSetting(process)],
  );
  return row ?? null;
};
