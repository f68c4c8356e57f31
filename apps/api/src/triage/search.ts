import { setImmediate as breathe } from 'node:timers/promises';
import { findVisit, patientAndMerged, patientsNumbered, survivorOf } from '#libs/db/stores/patient.store';
import { queuePlaces, type QueueRecord, queueRecords } from '#libs/db/stores/triage-queue.store';
import { type Tx } from '#libs/db/transaction';
import { queueStates, type TriageState } from '#libs/processes/triage/triage.moves';
import { isRefusal, type Refusal } from '#libs/review/refusal';
import { matchText } from '#libs/search/initials';
import { type Match, normaliseTerm, rankOf } from '#libs/search/matching';
import { complaintGiven, firstLine, patientOf } from '#libs/triage-desk/queue-row';
import { recordShown } from '../http/shown';
import { desksWithin } from './desk';
import { type MatchKind, type SearchAnswer, type SearchBody } from './search.schema';

const activeStates: readonly string[] = [...queueStates, 'seen'];

/** The most patients of whom one search opens name and complaint. */
const mostOpened = 1000;
const perTurn = 50;

type Item = SearchAnswer['items'][number];

interface Sought {
  readonly q: string;
  readonly ticketNo: number | null;
  readonly numbered: ReadonlySet<string>;
  readonly visiting: ReadonlySet<string>;
}

interface Found {
  readonly item: Item;
  readonly rank: number;
}

/** One thing that fits: less is surer. */
interface Fit {
  readonly kind: MatchKind;
  readonly rank: number;
}

/**
 * Finds patients who are at the desks within reach by ticket, number, name or complaint, also by pinyin. Audited with whom
 * it shows; the words that were typed are kept nowhere, since they name patients.
 */
export const searchCases = async (
  tx: Tx,
  { q, wardId, limit }: SearchBody,
  most = mostOpened,
): Promise<SearchAnswer | Refusal> => {
  const wards = await desksWithin(tx, wardId);
  if (isRefusal(wards)) return wards;
  const places = await queuePlaces(tx, { states: activeStates, wards });
  const newest = places.toSorted((a, b) => b.arrivedAt.getTime() - a.arrivedAt.getTime()).slice(0, most);
  const caseIds = newest.map(({ caseId }) => caseId);
  const all = await lookThrough(tx, caseIds, await soughtBy(tx, q));
  const items = all
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ item }) => item);
  const counts = { found: all.length, searched: newest.length };
  await recordShown(tx, { entityType: 'triage-search', caseIds: items.map(({ caseId }) => caseId), detail: counts });
  return { ...counts, truncated: places.length > most, items };
};

/** In batches with a breath between: opening what is encrypted must not keep other requests waiting. */
const lookThrough = async (tx: Tx, caseIds: readonly string[], sought: Sought): Promise<Found[]> => {
  const found: Found[] = [];
  for (let from = 0; from < caseIds.length; from += perTurn) {
    const records = await queueRecords(tx, caseIds.slice(from, from + perTurn));
    // Who was moved on since the places were read is no longer active.
    const active = records.filter(({ state }) => activeStates.includes(state));
    found.push(...active.flatMap((one) => foundIn(tx, one, sought) ?? []));
    await breathe();
  }
  return found;
};

const soughtBy = async (tx: Tx, q: string): Promise<Sought> => {
  const ticket = /^(?:#|no\.?\s*)?(\d{1,6})\s*号?$/i.exec(q.normalize('NFKC'))?.[1];
  // Numbers of patients have digits; whoever types a name asks for no look-up by number.
  const number = /\d.*\d.*\d/.test(q.normalize('NFKC'));
  return {
    q,
    ticketNo: ticket === undefined ? null : Number(ticket),
    numbered: new Set(number ? await patientsNumbered(tx, q) : []),
    visiting: new Set(number ? await patientsVisiting(tx, q) : []),
  };
};

const patientsVisiting = async (tx: Tx, visitNumber: string): Promise<string[]> => {
  const visit = await findVisit(tx, visitNumber);
  return visit ? patientAndMerged(tx, (await survivorOf(tx, visit.patientId)).id) : [];
};

const foundIn = (tx: Tx, one: QueueRecord, sought: Sought): Found | null => {
  const patient = patientOf(tx, one, false);
  const complaint = complaintGiven(tx, one);
  const fits = [
    ...numbersFit(one, sought),
    ...textFits(sought.q, { kind: 'name', text: patient.name }),
    ...textFits(sought.q, { kind: 'complaint', text: complaint ?? '' }),
  ];
  const [surest] = fits;
  if (!surest) return null;
  const { caseId, wardId, ticketNo, room, level, arrivedAt } = one;
  const state = one.state as TriageState;
  const shown = { caseId, wardId, ticketNo, state, room, level, patient, complaint: firstLine(complaint) };
  const matched = fits.map(({ kind }) => kind);
  return { rank: surest.rank, item: { ...shown, arrivedAt: arrivedAt.toISOString(), matched } };
};

const numbersFit = (one: QueueRecord, { ticketNo, numbered, visiting }: Sought): Fit[] => [
  ...(one.ticketNo === ticketNo ? [{ kind: 'ticket', rank: 0 } as const] : []),
  ...(numbered.has(one.patientId) ? [{ kind: 'identifier', rank: 1 } as const] : []),
  ...(visiting.has(one.patientId) ? [{ kind: 'visit-number', rank: 2 } as const] : []),
];

const worst = 10;
const suffixes: Readonly<Record<Match['by'], '' | '-initials' | '-pinyin'>> = {
  text: '',
  initials: '-initials',
  pinyin: '-pinyin',
};

/** A name fits before a complaint; one letter fits the beginning of a name only, otherwise it would fit everybody. */
const textFits = (q: string, { kind, text }: { kind: 'name' | 'complaint'; text: string }): Fit[] => {
  const match = matchText(q, text, kind === 'name' ? 'name' : 'words');
  if (match === null) return [];
  const tooShort = /^[a-z0-9]$/.test(normaliseTerm(q)) && (kind === 'complaint' || match.at > 0);
  if (tooShort) return [];
  return [{ kind: `${kind}${suffixes[match.by]}`, rank: (kind === 'name' ? worst : 2 * worst) + rankOf(match) }];
};
