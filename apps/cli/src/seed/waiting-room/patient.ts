import { type AssessmentFlags, type Vitals } from '#libs/processes/triage/triage.assessment';
import { type Level } from '#libs/processes/triage/triage.level';
import { type NameSex } from '../names';

/** What is decided of a patient by hand; `to` is where the patient is sent. */
export interface SignedLevel {
  readonly level: Level;
  readonly to: string | null;
}

/** How far a patient of the waiting room has come; each story begins after the first assessment unless it says otherwise. */
export type Story =
  /** Registered by the desk, or by the ADT feed; nobody has looked at them yet. */
  | { readonly kind: 'unassessed'; readonly by: 'desk' | 'feed' }
  /** Rushed in before any form. */
  | { readonly kind: 'resus' }
  /** Waits for a level. */
  | { readonly kind: 'assessed' }
  /** A nurse holds the review. */
  | { readonly kind: 'claimed' }
  /** A nurse has judged, and may see the draft now. */
  | { readonly kind: 'judged'; readonly level: Level }
  /** A nurse has asked for another draft. */
  | { readonly kind: 'redraft'; readonly level: Level; readonly note: string }
  /** Put off, with a reason. */
  | { readonly kind: 'deferred'; readonly minutes: number; readonly reason: string }
  /** The next in the chain was told. */
  | { readonly kind: 'escalated'; readonly reason: string }
  /** Signed below the floor; waits for a second person. */
  | { readonly kind: 'awaiting-second'; readonly level: Level; readonly reason: string }
  /** A level was signed by hand. */
  | ({ readonly kind: 'signed' } & SignedLevel)
  /** The draft was signed as it stood. */
  | { readonly kind: 'approved' }
  /** Signed, and worse since: a second round waits. */
  | ({ readonly kind: 'worse'; readonly vitals: Vitals } & SignedLevel)
  /** Signed and called to a room; perhaps already with a physician, or gone. */
  | ({ readonly kind: 'called'; readonly room: string } & SignedLevel)
  | ({ readonly kind: 'seen'; readonly room: string } & SignedLevel)
  | ({
      readonly kind: 'closed';
      readonly room: string;
      readonly end: 'home' | 'admitted' | 'transferred';
    } & SignedLevel)
  /** Went away before a physician came. */
  | { readonly kind: 'left' }
  | { readonly kind: 'cancelled'; readonly reason: string };

/** A patient of the waiting room; the name is given by the dice, the age is in years or, under one, in days. */
export interface RoomPatient {
  readonly sex: NameSex;
  readonly years?: number;
  readonly days?: number;
  /** Nobody knows who it is; the age is an estimate. */
  readonly unidentified?: true;
  /** How long ago they came, minutes. */
  readonly minutes: number;
  readonly mode?: 'walk-in' | 'ambulance' | 'transfer' | 'police';
  readonly complaint: string;
  readonly vitals: Vitals;
  readonly flags?: AssessmentFlags;
  readonly story: Story;
}
