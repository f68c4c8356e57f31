import type { AdtKind, AdtOutcomes, IgnoredReason } from './adt.outcome';
import type { Address, Clinician, Hl7Identifier, PersonLocation, Phone } from './datatypes';
import type { Hl7Value } from './fields';
import type { Hl7Note } from './message';
import type { PersonName } from './person-name';
import type { Hl7Problem } from './problem';
import type { BirthDate, Hl7Time } from './timestamp';

/** How an installation wants ADT messages read. */
export interface AdtPolicy {
  /** IANA name of the zone that times without an offset are in, such as Asia/Shanghai. */
  readonly facilityTimeZone: string;
  /** What becomes of messages whose MSH-11 is T or D: taken, ignored (AA) or refused (AR 202). */
  readonly testMessages: 'apply' | 'ignore' | 'refuse';
  /** A malformed optional value refuses the message (default), or is left out and told as a warning. */
  readonly malformedOptional?: 'refuse' | 'warn';
  /** Codes of PV1-2 that mean emergency; default E. */
  readonly emergencyClasses?: readonly string[];
  /** Which events have an effect; default `adtOutcome`. */
  readonly outcomes?: AdtOutcomes;
}

/** Who sent an event, which one, and when it happened, was recorded and was sent. */
export interface AdtEnvelope {
  readonly messageCode: string;
  /** The trigger event, such as A04; '' where the message type has none. */
  readonly eventType: string;
  readonly controlId: string;
  readonly sendingApplication: string;
  readonly sendingFacility: string;
  readonly processingId: string;
  readonly version: string;
  /** MSH-7 */
  readonly messageAt?: Hl7Time;
  /** EVN-2 */
  readonly recordedAt?: Hl7Time;
  /** EVN-6 */
  readonly occurredAt?: Hl7Time;
}

/** The envelope of an event that is applied: its times are known. */
export interface TimedEnvelope extends AdtEnvelope {
  readonly messageAt: Hl7Time;
  readonly recordedAt: Hl7Time;
  /** The instant that orders the events of a visit: EVN-6 where it names at least a minute, else MSH-7. */
  readonly orderAt: string;
}

/** What PID says. `delete` and `absent` stay apart: an update must not take silence for deletion. */
export interface AdtPatient {
  /** PID-3, at least one. */
  readonly identifiers: readonly Hl7Identifier[];
  readonly name: Hl7Value<PersonName>;
  readonly birthDate: Hl7Value<BirthDate>;
  readonly sex: Hl7Value<'female' | 'male' | 'other' | 'unknown'>;
  readonly address: Hl7Value<Address>;
  readonly homePhones: Hl7Value<readonly Phone[]>;
  readonly workPhones: Hl7Value<readonly Phone[]>;
  readonly account: Hl7Value<Hl7Identifier>;
  readonly diedAt: Hl7Value<Hl7Time>;
  readonly deathIndicator: Hl7Value<boolean>;
}

/** What PV1 and PV2 say. */
export interface AdtVisit {
  /** PV1-2 as sent. */
  readonly class: string;
  readonly emergency: boolean;
  /** PV1-19 */
  readonly visitNumber: Hl7Value<Hl7Identifier>;
  readonly location: Hl7Value<PersonLocation>;
  readonly priorLocation: Hl7Value<PersonLocation>;
  readonly pendingLocation: Hl7Value<PersonLocation>;
  readonly admissionType: Hl7Value<string>;
  readonly preadmitNumber: Hl7Value<Hl7Identifier>;
  readonly attending: Hl7Value<readonly Clinician[]>;
  readonly service: Hl7Value<string>;
  readonly admitSource: Hl7Value<string>;
  readonly patientType: Hl7Value<string>;
  readonly disposition: Hl7Value<string>;
  readonly bedStatus: Hl7Value<string>;
  readonly admittedAt: Hl7Value<Hl7Time>;
  readonly dischargedAt: Hl7Value<Hl7Time>;
  /** PV2-3 */
  readonly admitReason: Hl7Value<string>;
  /** PV2-38 */
  readonly arrivalMode: Hl7Value<string>;
}

/** One {PID, MRG} pair: the patient that stays, and what is retired into them. */
export interface AdtMerge {
  readonly patient: AdtPatient;
  /** MRG-1, at least one. */
  readonly priorIdentifiers: readonly Hl7Identifier[];
  readonly priorAccount: Hl7Value<Hl7Identifier>;
  readonly priorVisit: Hl7Value<Hl7Identifier>;
  readonly priorName: Hl7Value<PersonName>;
}

/** An event about one visit. */
export interface VisitEvent extends TimedEnvelope {
  readonly kind: Exclude<AdtKind, 'merge'>;
  readonly patient: AdtPatient;
  readonly visit: AdtVisit;
}

/** Patients that turned out to be one. */
export interface MergeEvent extends TimedEnvelope {
  readonly kind: 'merge';
  readonly merges: readonly AdtMerge[];
}

/** A valid message without effect. */
export interface IgnoredEvent extends AdtEnvelope {
  readonly kind: 'ignored';
  readonly reason: IgnoredReason;
}

/** What a message means. */
export type AdtEvent = VisitEvent | MergeEvent | IgnoredEvent;

/** The event with what was left out of it (warnings) and what is unusual (notes), or everything that is wrong. */
export type AdtResult =
  | {
      readonly ok: true;
      readonly event: AdtEvent;
      readonly warnings: readonly Hl7Problem[];
      readonly notes: readonly Hl7Note[];
    }
  | { readonly ok: false; readonly controlId: string; readonly problems: readonly Hl7Problem[] };
