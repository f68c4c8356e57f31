import { type QueueRecord } from '#libs/db/stores/triage-queue.store';
import { type Tx } from '#libs/db/transaction';
import { type Assessment, type AssessmentFlags } from '#libs/processes/triage/triage.assessment';
import { type ScreeningPack } from '#libs/packs/pack.types';
import { type InfectionScreening, screened, screenInfection } from '#libs/processes/triage/triage.screening';
import { movesFrom, type TriageMove, type TriageState } from '#libs/processes/triage/triage.moves';
import { ageText, type AgeText, maskedName } from './patient-facts';
import { type Timing, timingOf, type TimingView } from './timing';

/** One patient of the queue. `version` is the case's, for moves. */
export interface QueueRow extends Timing {
  readonly caseId: string;
  readonly version: number;
  readonly wardId: string;
  readonly ticketNo: number;
  readonly state: TriageState;
  readonly room: string | null;
  readonly moves: readonly TriageMove[];
  readonly patient: {
    readonly name: string;
    readonly unidentified: boolean;
    readonly sex: string;
    readonly age: AgeText;
    readonly ageEstimated: boolean;
  };
  /** The first line of the complaint; null before there is one, and on shared screens. */
  readonly complaint: string | null;
  readonly level: string | null;
  readonly provisional: boolean;
  readonly floor: string | null;
  readonly straightToResus: boolean;
  readonly earlyWarning: { readonly points: number; readonly incomplete: boolean; readonly redScore: boolean };
  readonly specialGroup: boolean;
  /** What was ticked: pregnant, fever contact, concern … and indicators. */
  readonly flags: readonly string[];
  /** Precautions and what was not asked; null on shared screens. */
  readonly infection: InfectionScreening | null;
  /** As told; empty: none is known. Null: nobody asked, or others see the screen. */
  readonly allergies: readonly string[] | null;
  /** All that is known was found before arrival: nobody of the desk has assessed the patient. */
  readonly prehospital: boolean;
  readonly arrivedAt: string;
  readonly review: {
    readonly id: string;
    readonly state: string;
    readonly version: number;
    readonly claimedBy: string | null;
  } | null;
}

/** When the queue is looked at, how contract time passes, whether others can see the screen, and the screening in force. */
export interface RowView extends TimingView {
  readonly masked: boolean;
  readonly screening: ScreeningPack;
}

/** A record as the screen shows it, its name and assessments opened. */
export const rowOf = (tx: Tx, one: QueueRecord, view: RowView): QueueRow => {
  const { caseId, version, wardId, ticketNo, room, level, provisional, floor, straightToResus, specialGroup } = one;
  const plain = { caseId, version, wardId, ticketNo, room, level, provisional, floor, straightToResus, specialGroup };
  const state = one.state as TriageState;
  const facts = openedFacts(tx, one);
  const assessments = assessmentsOf(facts);
  return {
    ...plain,
    ...timingOf(one, view),
    state,
    moves: movesFrom(state),
    patient: patientOf(tx, one, view.masked),
    complaint: view.masked ? null : complaintOf(assessments),
    earlyWarning: { points: one.earlyWarning, incomplete: one.earlyWarningIncomplete, redScore: one.redScore },
    flags: view.masked ? [] : flagsOf(assessments.map(({ flags }) => flags)),
    infection: view.masked ? null : infectionOf(facts, view.screening),
    allergies: view.masked ? null : (assessments.find(({ allergies }) => allergies)?.allergies ?? null),
    prehospital: isPrehospital(one),
    arrivedAt: one.arrivedAt.toISOString(),
    review: reviewOf(one),
  };
};

type Opened = { readonly kind: string; readonly content: unknown; readonly temperature: number | null };

/** Newest first. */
const openedFacts = (tx: Tx, { facts }: QueueRecord): Opened[] =>
  facts.map(({ id, kind, contentHex, temperature }) => {
    const stored = contentHex === null ? null : Buffer.from(contentHex, 'hex');
    return { kind, temperature, content: stored && tx.cipher.openJson(['fact', 'content_ct', id], stored) };
  });

const assessmentsOf = (facts: readonly Opened[]): Assessment[] =>
  facts.flatMap(({ kind, content }) => (kind === 'assessment' && content ? [content as Assessment] : []));

const infectionOf = (newestFirst: readonly Opened[], pack: ScreeningPack): InfectionScreening =>
  screenInfection(
    newestFirst.toReversed().flatMap((fact) => screened(fact) ?? []),
    pack,
  );

const isPrehospital = ({ facts }: QueueRecord): boolean => {
  const sources = facts.filter(({ kind }) => kind === 'assessment').map(({ source }) => source);
  return sources.includes('prehospital') && !sources.includes('person');
};

/** The name as a screen shows it: whole, or masked where others look on; a generated one names nobody. */
export const shownName = (
  tx: Tx,
  { patientId, nameCt, unidentified }: Pick<QueueRecord, 'patientId' | 'nameCt' | 'unidentified'>,
  masked: boolean,
): string => {
  const name = tx.cipher.open(['patient', 'name_ct', patientId], nameCt);
  return masked && !unidentified ? maskedName(name) : name;
};

/** Who a record is of, the name opened; masked where others see the screen. */
export const patientOf = (tx: Tx, one: QueueRecord, masked: boolean): QueueRow['patient'] => {
  const { unidentified, sex, ageDays, ageEstimated } = one;
  return { name: shownName(tx, one, masked), unidentified, sex, age: ageText(ageDays, ageEstimated), ageEstimated };
};

const complaintOf = (assessments: readonly Assessment[]): string | null => firstLine(wholeComplaint(assessments));

/** The complaint of the newest assessment that has one. */
const wholeComplaint = (assessments: readonly Assessment[]): string | null =>
  assessments.map(({ complaint }) => complaint.trim()).find((complaint) => complaint !== '') ?? null;

/** As much of a complaint as a row shows. */
export const firstLine = (complaint: string | null): string | null =>
  complaint?.split(/\r?\n/)[0]?.slice(0, 120) ?? null;

/** The complaint of a record as it was last given, opened; null before there is one. */
export const complaintGiven = (tx: Tx, one: QueueRecord): string | null =>
  wholeComplaint(assessmentsOf(openedFacts(tx, one)));

/** Newest first: a newer answer stands over an older one, what was not asked again stays. */
const flagsOf = (newestFirst: readonly AssessmentFlags[]): string[] => {
  const { indicators = [], ...ticked } = newestFirst.reduceRight<AssessmentFlags>(
    (known, flags) => ({ ...known, ...flags }),
    {},
  );
  return [...Object.entries(ticked).flatMap(([flag, holds]) => (holds === true ? [flag] : [])), ...indicators];
};

const reviewOf = ({ reviewId, reviewState, reviewVersion, claimedBy }: QueueRecord): QueueRow['review'] =>
  reviewId === null || reviewState === null || reviewVersion === null
    ? null
    : { id: reviewId, state: reviewState, version: reviewVersion, claimedBy };
