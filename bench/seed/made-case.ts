import { v7 as uuidv7 } from 'uuid';
import { digestOf } from '#libs/crypto/digest';
import { normaliseIdentifier } from '#libs/crypto/normalise';
import { type FieldCipher } from '#libs/db/field-cipher';
import { limitsOf } from '#libs/db/stores/triage.store';
import { type Level } from '#libs/processes/triage/triage.level';
import { localDay } from '#libs/triage-desk/patient-facts';

/** How far a made-up case has come: gone home, waiting with a signed level, or with a review that waits for one. */
export type CaseStage = 'closed' | 'waiting' | 'assessing';

/** How many cases of each stage. */
export type SeedSize = Readonly<Partial<Record<CaseStage, number>>>;

/** A case to be made up: its number is its ticket and gives it variety; times in milliseconds since the epoch. */
export interface CasePlan {
  readonly number: number;
  readonly stage: CaseStage;
  readonly arrivedAt: number;
}

const [minuteMs, dayMs] = [60_000, 86_400_000];
/** Closed cases lie within the last year, the newest of them today; whoever waits came within the last four hours. */
const [closedDays, waitingMinutes] = [365, 240];
/** From arrival to the end of the visit. */
const visitMinutes = 90;

/** The cases of a size, numbered on from `after`. */
export const plansOf = (
  { closed = 0, waiting = 0, assessing = 0 }: SeedSize,
  { after, now }: { after: number; now: number },
): CasePlan[] => {
  const plans = (stage: CaseStage, count: number, ageMs: (i: number) => number) =>
    Array.from({ length: count }, (_, i) => ({ stage, arrivedAt: Math.round(now - ageMs(i)) }));
  return [
    ...plans('closed', closed, (i) => ((closed - 1 - i) / closed) * closedDays * dayMs + (visitMinutes + 5) * minuteMs),
    ...plans('waiting', waiting, (i) => 5 * minuteMs + (i / waiting) * waitingMinutes * minuteMs),
    ...plans('assessing', assessing, () => 2 * minuteMs),
  ].map((plan, i) => ({ ...plan, number: after + i + 1 }));
};

/* One in fifty is critical, most are III and IV, as at a real desk; who is still being assessed is a III. */
const levelOf = ({ number, stage }: CasePlan): Level => {
  const share = (number * 37) % 50;
  if (stage === 'assessing') return 'III';
  if (share === 0) return 'I';
  if (share < 7) return 'II';
  if (share < 27) return 'III';
  return share < 40 ? 'IVa' : 'IVb';
};

/** In whose hospital a case is made up, who is said to have signed, and how its content is encrypted. */
export interface SeedPlace {
  readonly timeZone: string;
  readonly cipher: FieldCipher;
}

const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;

/** What of a case PostgreSQL cannot make by itself, as the columns of `made` in {@link seedSql}. */
export const madeCase = (plan: CasePlan, { timeZone, cipher }: SeedPlace) => {
  const { number, stage, arrivedAt } = plan;
  const [level, patientId, identifierId, signatureId] = [levelOf(plan), uuidv7(), uuidv7(), uuidv7()];
  const content = { level, department: '内科', note: '' };
  return {
    number,
    stage,
    level,
    limit_seconds: limitsOf(level).limitSeconds,
    retriage_seconds: limitsOf(level).retriageSeconds,
    arrived_at: new Date(arrivedAt).toISOString(),
    ended_at: stage === 'closed' ? new Date(arrivedAt + visitMinutes * minuteMs).toISOString() : null,
    ticket_day: localDay(new Date(arrivedAt), timeZone),
    patient_id: patientId,
    identifier_id: identifierId,
    visit_id: uuidv7(),
    case_id: uuidv7(),
    review_id: uuidv7(),
    signature_id: signatureId,
    decision_id: uuidv7(),
    name_ct: hex(cipher.seal(['patient', 'name_ct', patientId], `基准${number}`)),
    value_ct: hex(cipher.seal(['patient_identifier', 'value_ct', identifierId], `B${number}`)),
    value_index: hex(cipher.index('patient_identifier.bench', normaliseIdentifier(`B${number}`))),
    signed_ct: hex(cipher.sealJson(['signature', 'content_ct', signatureId], content)),
    signed_sha256: digestOf(content),
    facts: factsOf(plan, cipher),
  };
};

/** A case as the seed's SQL reads it. */
export type MadeCase = ReturnType<typeof madeCase>;

/** An assessment with a complaint of usual length; every other patient who is past it was looked at twice. */
const factsOf = ({ number, stage, arrivedAt }: CasePlan, cipher: FieldCipher) =>
  Array.from({ length: stage === 'assessing' ? 1 : 1 + (number % 2) }, (_, again) => {
    const id = uuidv7();
    const measuredAt = new Date(arrivedAt + (1 + 3 * again) * minuteMs).toISOString();
    const vitals = { respiratoryRate: 16 + (number % 8), spo2: 94 + (number % 5), pulse: 70 + (number % 50) };
    const complaint = again > 0 ? '' : '发热伴咳嗽三天，今晨起气短，右侧胸痛，咳黄痰，既往高血压病史';
    const content = { complaint, vitals, flags: { infectionSuspected: true }, measuredAt };
    const content_ct = hex(cipher.sealJson(['fact', 'content_ct', id], content));
    return { id, sha256: digestOf(content), content_ct, vitals, at: measuredAt };
  });
