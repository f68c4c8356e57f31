import { endSwitch, insertSwitch, liveSwitches, type ManualSwitch } from '#libs/db/stores/manual-switch.store';
import { record } from '#libs/db/stores/record.store';
import {
  effectiveRollout,
  type RolloutInForce,
  type RolloutMode,
  rolloutSetBy,
  rolloutSetting,
} from '#libs/db/stores/rollout.store';
import { readSetting, writeSetting } from '#libs/db/stores/setting.store';
import { type Tx } from '#libs/db/transaction';
import { type ProcessName } from '#libs/processes/index';
import { refuse } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import { type SetRolloutBody, type SetSwitchBody } from './rollouts.schema';

/** How far a process uses the model. */
export interface RolloutView {
  readonly process: string;
  readonly mode: RolloutMode;
  readonly blindPercent: number;
  readonly version: number;
  readonly set: { readonly name: string | null; readonly at: Date } | null;
  readonly effective: RolloutInForce;
  readonly switches: readonly ManualSwitch[];
}

/** What is set for a process, what is in force, and the switches that override it. */
export const rolloutViewOf = async (tx: Tx, process: ProcessName): Promise<RolloutView> => {
  const { value, version } = await readSetting(tx, rolloutSetting(process));
  const effective = await effectiveRollout(tx, process);
  const set = await rolloutSetBy(tx, process);
  const switches = await liveSwitches(tx, process);
  const { mode = 'draft', blindPercent = 0 } = (value ?? {}) as Partial<SetRolloutBody>;
  return { process, mode, blindPercent, version, set, effective, switches };
};

/** What is set for a process, and what is in force. */
export const showRollout =
  (process: ProcessName): Work<RolloutView> =>
  (tx) =>
    rolloutViewOf(tx, process);

/** Sets how far a process uses the model, from the version that was shown. */
export const setRollout =
  (process: ProcessName, { version, ...value }: SetRolloutBody & { version: number }): Work<RolloutView> =>
  async (tx) => {
    const before = await readSetting(tx, rolloutSetting(process));
    const written = await writeSetting(tx, rolloutSetting(process), { value, version });
    if (written === null) return refuse('VERSION_MISMATCH', { current: before.version });
    const detail = { process, from: before.value ?? null, to: value };
    await record(tx, { audit: { action: 'rollout.set', entityType: 'setting', detail } });
    return rolloutViewOf(tx, process);
  };

/** Switches a process to "off" for some hours; the reason is kept with the switch, not in the audit. */
export const setManualSwitch =
  (body: SetSwitchBody): Work<ManualSwitch> =>
  async (tx) => {
    const made = await insertSwitch(tx, body);
    const detail = { process: body.process, hours: body.hours };
    await record(tx, {
      audit: { action: 'manual-switch.set', entityType: 'manual-switch', entityId: made.id, detail },
    });
    return made;
  };

/** Ends a manual switch before its time. */
export const endManualSwitch =
  (id: string): Work<null> =>
  async (tx) => {
    const process = await endSwitch(tx, id);
    if (process === null) return refuse('NOT_FOUND');
    await record(tx, {
      audit: { action: 'manual-switch.ended', entityType: 'manual-switch', entityId: id, detail: { process } },
    });
    return null;
  };
