import { type ApiDoor, done } from '#libs/api-client/door';
import { exampleAdt } from '#libs/interop/hl7v2/adt.example';
import { type Registration, register } from '../desk';
import { type RoomPatient } from './patient';
import { type AtTheDesk } from './stories';

/** Where and when somebody arrives, under which name and number. */
export interface Arriving {
  readonly wardId: string;
  readonly wardCode: string;
  readonly name: string;
  /** Tells this patient from the others: part of their numbers. */
  readonly number: number;
  readonly now: Date;
}

/** Who takes arrivals in: a nurse at the desk, and the ADT feed. */
export interface Intake {
  readonly nurse: ApiDoor;
  readonly feed: ApiDoor;
}

const minute = 60_000;

/* Vital signs older than the re-assessment interval of a level back no decision: nobody's are older than this. */
const freshMinutes = 4;

const ago = (now: Date, minutes: number): string => new Date(now.getTime() - minutes * minute).toISOString();

/** Lets a patient arrive by the way their story says; answers the case, where the door tells it. */
export const arrive = (intake: Intake, patient: RoomPatient, arriving: Arriving): Promise<AtTheDesk | null> => {
  const { story } = patient;
  if (story.kind === 'unassessed' && story.by === 'feed') return byFeed(intake, patient, arriving);
  return story.kind === 'resus' ? rushedIn(intake, patient, arriving) : atTheDesk(intake, patient, arriving);
};

const atTheDesk = async ({ nurse }: Intake, patient: RoomPatient, arriving: Arriving): Promise<AtTheDesk> => {
  const { caseId, assessment } = await register(nurse, registrationOf(patient, arriving));
  return { caseId, reviewId: assessment?.reviewId ?? null };
};

const rushedIn = async ({ nurse }: Intake, { sex }: RoomPatient, { wardId }: Arriving): Promise<AtTheDesk> => {
  const body = { wardId, patient: { sex } };
  const { caseId, assessment } = done(await nurse.ask('post', '/api/triage/resus', { body }));
  return { caseId, reviewId: assessment?.reviewId ?? null };
};

/** What the desk sends of a patient. */
export const registrationOf = (patient: RoomPatient, { wardId, name, number, now }: Arriving): Registration => {
  const { sex, minutes, complaint, vitals, flags = {}, mode = 'walk-in', story } = patient;
  const assessment = { complaint, vitals, flags, measuredAt: ago(now, Math.min(minutes, freshMinutes)) };
  return {
    wardId,
    arrivedAt: ago(now, minutes),
    arrivalMode: mode,
    patient: patient.unidentified
      ? { unidentified: true, sex, estimatedAgeYears: patient.years ?? 40 }
      : {
          name,
          sex,
          birthDate: birthDateOf(patient, now),
          identifiers: [{ authority: 'HIS', type: 'MR', value: `DEMO${number}` }],
        },
    ...(story.kind !== 'unassessed' && { assessment }),
  };
};

/** The birth date of somebody of this age today, YYYY-MM-DD. */
export const birthDateOf = ({ years = 0, days = 0 }: RoomPatient, now: Date): string => {
  const born = new Date(now.getTime() - days * 86_400_000);
  // A few weeks past the birthday, so that the age does not change with the time zone.
  if (years > 0) born.setUTCFullYear(born.getUTCFullYear() - years, born.getUTCMonth(), born.getUTCDate() - 40);
  return born.toISOString().slice(0, 10);
};

const byFeed = async ({ feed }: Intake, patient: RoomPatient, arriving: Arriving): Promise<null> => {
  const { status, text } = await feed.hl7(admissionMessage(patient, arriving));
  if (status !== 200 || !/\rMSA\|AA\|/.test(text)) throw new Error(`the ADT feed was refused: ${status} ${text}`);
  return null;
};

/** The time as HL7 writes it at the demo hospital (UTC+8). */
export const hl7Time = (instant: string): string =>
  `${new Date(Date.parse(instant) + 8 * 60 * minute).toISOString().replaceAll(/\D/g, '').slice(0, 14)}+0800`;

/** The ADT^A04 message of an arrival. */
export const admissionMessage = (patient: RoomPatient, { wardCode, name, number, now }: Arriving): string => {
  const at = hl7Time(ago(now, patient.minutes));
  return exampleAdt('A04', {
    'MSH-7': at,
    'MSH-10': `DEMO-${number}-${now.getTime()}`,
    'EVN-2': at,
    'EVN-6': at,
    'PID-3': `DEMO${number}^^^HIS^MR`,
    'PID-5': `${name}^^^^^^L`,
    'PID-7': birthDateOf(patient, now).replaceAll('-', ''),
    'PID-8': patient.sex === 'female' ? 'F' : 'M',
    'PID-13': '',
    'PV1-3': `${wardCode}^^^示范医院`,
    'PV1-19': `DEMOV${number}^^^HIS^VN`,
    'PV1-44': at,
  });
};
