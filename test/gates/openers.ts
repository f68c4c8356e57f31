import { type UserPrincipal } from '#libs/auth/principal';
import { insertCase } from '#libs/db/stores/case.store';
import { insertFact } from '#libs/db/stores/fact.store';
import { insertPatient, insertVisit } from '#libs/db/stores/patient.store';
import { openReview } from '#libs/db/stores/review.store';
import { type Tx } from '#libs/db/transaction';
import { type ProcessName } from '#libs/processes/index';
import { type Gate } from '#libs/review/gate';
import { type Ledger } from '../support/ledger-fixture';
import { arrive, type Arrived } from '../support/review-desk';
import { releaseGate } from './sample-gates';

/** Brings a case to one of its gates, as a person would; the review that waits there. */
export type Opener = (ledger: Ledger, as: UserPrincipal, gate: Gate) => Promise<Arrived>;

const product = {
  triage: (ledger, as) => arrive(ledger, as),
} satisfies Record<ProcessName, Opener>;

/** Opens a review at a sample gate on a case of its own. */
export const openSample: Opener = (ledger, as, gate) =>
  ledger.inTransaction(as, async (tx) => {
    const { of, factId } = await sampleCase(tx, ledger.ward);
    const reviewId = await openReview(tx, of, { gate, round: 1, factId, floor: null, timeScale: 1 });
    return { caseId: of.id, reviewId };
  });

/** Opens reviews at two gates of one case. */
export const openTwo = (ledger: Ledger, as: UserPrincipal, gates: readonly [Gate, Gate]): Promise<[string, string]> =>
  ledger.inTransaction(as, async (tx) => {
    const { of, factId } = await sampleCase(tx, ledger.ward);
    const open = (gate: Gate) => openReview(tx, of, { gate, round: 1, factId, floor: null, timeScale: 1 });
    return [await open(gates[0]), await open(gates[1])];
  });

const sampleCase = async (tx: Tx, wardId: string) => {
  const patientId = await insertPatient(tx, {
    name: '赵六',
    sex: 'female',
    birthDate: null,
    ageDays: 20_000,
    ageEstimated: true,
    phone: null,
    address: null,
    unidentified: false,
    identifiers: [],
  });
  const visit = { patientId, wardId, class: 'inpatient', number: null, arrivedAt: new Date() } as const;
  const visitId = await insertVisit(tx, visit);
  const of = await insertCase(tx, { wardId, process: 'sample', patientId, visitId, state: 'open' });
  const fact = { caseId: of.id, kind: 'assessment', source: 'person', content: { text: 'x' }, vitals: {} } as const;
  const { factId } = await insertFact(tx, { ...fact, effectiveAt: new Date() });
  return { of, factId };
};

/** How each registered process comes to its gates; a new process adds a line. */
export const openers: Readonly<Record<string, Opener>> = { ...product, [releaseGate.gate.process]: openSample };
