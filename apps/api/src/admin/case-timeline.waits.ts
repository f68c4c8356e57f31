import { type Role } from '#libs/auth/roles';
import { type CaseEntity } from '#libs/db/entities/case.entity';
import { movesOfCase } from '#libs/db/stores/case.store';
import { type PendingReview, pendingReviews } from '#libs/db/stores/timeline.store';
import { triageStanding } from '#libs/db/stores/triage-flow.store';
import { triageCase } from '#libs/db/stores/triage.store';
import { type Tx } from '#libs/db/transaction';
import { findGate, type ProcessName } from '#libs/processes/index';
import { type TriageClock } from '#libs/processes/triage/triage.contract';
import { breachAudience } from '#libs/processes/triage/triage.gate';
import { deskRoles } from '../triage/desk';
import { type Awaited, type Timer } from './case-timeline.schema';

/** Where a case stands: its reviews, and what its process waits for beside them. */
export interface Place {
  readonly ticketNo: number | null;
  readonly now: Date;
  readonly timeScale: number;
  readonly reviews: readonly PendingReview[];
  readonly awaited: readonly Awaited[];
  readonly timers: readonly Omit<Timer, 'late'>[];
}

type OfProcess = Pick<Place, 'ticketNo' | 'awaited' | 'timers'>;

/** Reads where a case stands. */
export const placeOf = async (
  tx: Tx,
  of: CaseEntity,
  { process, timeScale }: { process: ProcessName; timeScale: number },
): Promise<Place> => ({
  now: new Date(),
  timeScale,
  reviews: await pendingReviews(tx, of.id),
  ...(await places[process](tx, of, timeScale)),
});

/** Who or what is awaited now, and since when; whoever has waited longest first. */
export const awaitedOf = ({ reviews, awaited }: Place): Awaited[] =>
  [...reviews.map(reviewAwaits), ...awaited].toSorted((a, b) => a.since.localeCompare(b.since));

/** What goes off by itself, the next first; what should have gone off is late. */
export const timersOf = ({ reviews, timers, now, timeScale }: Place): Timer[] =>
  [...reviews.flatMap((review) => reviewTimers(review, timeScale)), ...timers]
    .map((timer) => ({ ...timer, late: Date.parse(timer.at) < now.getTime() }))
    .toSorted((a, b) => a.at.localeCompare(b.at));

const nobody = { claimedBy: null, claimedUntil: null };

const reviewAwaits = (review: PendingReview): Awaited => {
  const { decidedAt, dueAt, claimedBy, claimedUntil } = review;
  if (decidedAt) return { what: 'carrying-out', roles: [], since: decidedAt.toISOString(), dueAt: null, ...nobody };
  return {
    ...signerOf(review),
    dueAt: dueAt.toISOString(),
    claimedBy,
    claimedUntil: claimedUntil?.toISOString() ?? null,
  };
};

/** Who must sign, the first or the second time. */
const signerOf = ({ process, step, state, openedAt, signedAt }: PendingReview) => {
  const gate = findGate(process, step)?.gate;
  if (state === 'awaiting-second')
    return {
      what: 'second-signature' as const,
      roles: [...(gate?.secondSigners ?? [])],
      since: (signedAt ?? openedAt).toISOString(),
    };
  return { what: 'review' as const, roles: [...(gate?.reviewers ?? [])], since: openedAt.toISOString() };
};

const reviewTimers = (review: PendingReview, timeScale: number): Omit<Timer, 'late'>[] => {
  const { process, step, openedAt, dueAt, deferredUntil, decidedAt, told } = review;
  if (decidedAt) return [];
  const escalation = findGate(process, step)?.gate.escalation ?? [];
  const escalations = escalation
    .map(({ afterMs, tell }) => ({ at: new Date(openedAt.getTime() + afterMs * timeScale).toISOString(), tells: tell }))
    .filter(({ at, tells }) => !told.includes(`escalated:${tells}:${at}`));
  return [
    { what: 'review-due', at: dueAt.toISOString(), tells: null },
    ...escalations.map((one) => ({ what: 'escalation' as const, ...one })),
    ...(deferredUntil ? [{ what: 'end-of-deferral' as const, at: deferredUntil.toISOString(), tells: null }] : []),
  ];
};

const triagePlace = async (tx: Tx, of: CaseEntity, timeScale: number): Promise<OfProcess> => {
  const { ticketNo, clockStartedAt, limitSeconds } = await triageCase(tx, of.id);
  const { clock, endsAt } = await triageStanding(tx, of.id, timeScale);
  const limit =
    clockStartedAt && limitSeconds !== null ? clockStartedAt.getTime() + limitSeconds * 1000 * timeScale : null;
  const ends =
    endsAt === null || endsAt < new Date().toISOString() ? [] : [{ what: 'end' as const, at: endsAt, tells: null }];
  return {
    ticketNo,
    awaited: await triageAwaits(tx, of, { since: clockStartedAt, dueAt: limit === null ? null : new Date(limit) }),
    timers: [...(clock ? clockTimers(clock) : []), ...ends],
  };
};

/** Beside the reviews: whom the patient waits for. */
const triageAwaits = async (
  tx: Tx,
  of: CaseEntity,
  clock: { since: Date | null; dueAt: Date | null },
): Promise<Awaited[]> => {
  const waits = (
    what: Awaited['what'],
    roles: readonly Role[],
    { since, dueAt = null }: { since: Date | null; dueAt?: Date | null },
  ): Awaited[] => [
    {
      what,
      roles: [...roles],
      since: (since ?? of.openedAt).toISOString(),
      dueAt: dueAt?.toISOString() ?? null,
      ...nobody,
    },
  ];
  switch (of.state) {
    case 'awaiting-assessment':
      return waits('assessment', deskRoles, { since: of.openedAt });
    case 'assessing':
    case 'waiting':
    case 'called':
      return waits('physician', ['physician'], clock);
    case 'seen':
      return waits('end-of-attendance', ['physician'], { since: await lastMoveAt(tx, of.id) });
    default:
      return [];
  }
};

const lastMoveAt = async (tx: Tx, caseId: string): Promise<Date | null> =>
  (await movesOfCase(tx, caseId))[0]?.at ?? null;

const clockTimers = ({ warnings, reassessAt }: TriageClock): Omit<Timer, 'late'>[] => [
  ...warnings.map(({ at, step, isBreach }) => ({
    what: isBreach ? ('wait-limit' as const) : ('wait-warning' as const),
    at,
    tells: breachAudience[Math.min(step, breachAudience.length - 1)] ?? 'physician',
  })),
  ...(reassessAt === null ? [] : [{ what: 're-assessment' as const, at: reassessAt, tells: null }]),
];

const places = { triage: triagePlace } satisfies Record<
  ProcessName,
  (tx: Tx, of: CaseEntity, timeScale: number) => Promise<OfProcess>
>;
