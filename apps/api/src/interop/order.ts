import { lastApplied } from '#libs/db/stores/inbound.store';
import { type Tx } from '#libs/db/transaction';
import { type TimedEnvelope } from '#libs/interop/hl7v2/adt.types';
import { type Hl7Time } from '#libs/interop/hl7v2/timestamp';

/** Whether a newer message has changed this visit already: the late one must not undo what it said. */
export const isOlder = async (tx: Tx, visitId: string, { orderAt }: TimedEnvelope): Promise<boolean> => {
  const last = await lastApplied(tx, visitId);
  return last !== null && Date.parse(orderAt) < last.getTime();
};

const coarse: readonly Hl7Time['precision'][] = ['year', 'month', 'day', 'hour'];

/** The instant of a time that names at least a minute; a day alone would come before everything else of that day. */
export const exactInstant = (time: Hl7Time | undefined): string | null =>
  time === undefined || coarse.includes(time.precision) ? null : time.instant;
