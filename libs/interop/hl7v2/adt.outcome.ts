import type { Hl7Problem } from './problem';

/** What an event means to us once it is applied. */
export type AdtKind = 'register' | 'update' | 'cancel-admit' | 'admit' | 'merge';

/** Why a valid message has no effect; it is stored with the reason and answered AA. */
export const ignoredReasons = {
  'not-emergency': 'a registration outside the emergency department',
  'test-message': 'MSH-11 says test or training, and this system takes production messages',
  'message-type-not-handled': 'no message type but ADT has an effect',
  'event-not-handled': 'an event outside the table of events',
  'awaits-bed-scheduling': 'has its effect on beds, whose desk does not take messages yet',
  'awaits-discharge': 'has its effect on discharge, whose desk does not take messages yet',
  'awaits-patient-index': 'has its effect on the patient index, which does not take messages yet',
  'no-effect': 'tells where a person is or what they are allergic to; no desk acts on it',
} as const;

/** A key of {@link ignoredReasons}. */
export type IgnoredReason = keyof typeof ignoredReasons;

/** The kind says how the event would be read; an ignored event is not read, so it is refused for nothing in its body. */
export type AdtRule =
  | { readonly outcome: 'apply'; readonly kind: AdtKind; readonly reason: string }
  | { readonly outcome: 'ignore'; readonly reason: IgnoredReason };

/** Trigger event → what we do with it; an event that is not listed is ignored as `event-not-handled`. */
export type AdtOutcomes = Readonly<Partial<Record<string, AdtRule>>>;

const ignore = (reason: IgnoredReason): AdtRule => ({ outcome: 'ignore', reason });
const apply = (kind: AdtKind, reason: string): AdtRule => ({ outcome: 'apply', kind, reason });

/** The events of this product. A later desk takes an event over by replacing its line. */
export const adtOutcome = {
  A01: ignore('awaits-bed-scheduling'),
  A02: ignore('awaits-bed-scheduling'),
  A03: ignore('awaits-discharge'),
  A04: apply('register', 'starts triage when PV1-2 is an emergency class'),
  A05: ignore('awaits-bed-scheduling'),
  A06: ignore('awaits-bed-scheduling'),
  A07: ignore('awaits-bed-scheduling'),
  A08: apply('update', 'changes what is known of the patient and the visit'),
  A09: ignore('no-effect'),
  A10: ignore('no-effect'),
  A11: apply('cancel-admit', 'cancels the cases of the visit'),
  A12: ignore('awaits-bed-scheduling'),
  A13: ignore('awaits-discharge'),
  A14: ignore('awaits-bed-scheduling'),
  A15: ignore('awaits-bed-scheduling'),
  A16: ignore('awaits-discharge'),
  A18: ignore('awaits-patient-index'),
  A20: ignore('awaits-bed-scheduling'),
  A21: ignore('awaits-bed-scheduling'),
  A22: ignore('awaits-bed-scheduling'),
  A25: ignore('awaits-discharge'),
  A26: ignore('awaits-bed-scheduling'),
  A27: ignore('awaits-bed-scheduling'),
  A28: ignore('awaits-patient-index'),
  A29: ignore('awaits-patient-index'),
  A31: ignore('awaits-patient-index'),
  A37: ignore('awaits-patient-index'),
  A38: ignore('awaits-bed-scheduling'),
  A40: apply('merge', 'retires a patient’s numbers into another patient'),
  A41: ignore('awaits-patient-index'),
  A44: ignore('awaits-patient-index'),
  A45: ignore('awaits-patient-index'),
  A47: ignore('awaits-patient-index'),
  A60: ignore('no-effect'),
} as const satisfies AdtOutcomes;

/** The rule for an event; own properties only, so that no text of a message can name anything else. */
export const ruleFor = (eventType: string, outcomes: AdtOutcomes = adtOutcome): AdtRule =>
  (Object.hasOwn(outcomes, eventType) ? outcomes[eventType] : undefined) ?? ignore('event-not-handled');

/** What becomes of an update or a cancellation whose visit is not known here. */
export type UnknownVisit =
  | { readonly outcome: 'ignore'; readonly reason: IgnoredReason }
  | { readonly outcome: 'refuse'; readonly problem: Hl7Problem };

/** An emergency visit must be known: refused with 204. Any other was never taken in, so its later events have no effect. */
export const unknownVisit = (visit: { readonly emergency: boolean }): UnknownVisit =>
  visit.emergency
    ? { outcome: 'refuse', problem: { code: '204', reason: 'visit-unknown', path: 'PV1-19' } }
    : { outcome: 'ignore', reason: 'not-emergency' };
