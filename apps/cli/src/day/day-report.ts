import { type Query } from '#libs/invariants/violation';
import { wallClock } from './day-clock';
import { type Befallen } from './day-events';
import { carriedOutMs, decidedBetween, firstAfter, ledgerLines, packsUsed, type LedgerLine } from './day-ledger';
import { type DayOutcome } from './play-day';

/** The report of a played day as Markdown: what was asked, what befell, what the players saw and what the ledger says. */
export const reportOf = async (query: Query, outcome: DayOutcome): Promise<string> => {
  const { order, tally, befallen, violations, tookMs } = outcome;
  const counts = [...tally.counts].map(([what, number]) => ({ what, number })).toSorted(byName);
  const refused = [...tally.refused].map(([what, number]) => ({ what, number })).toSorted(byName);
  return [
    '# A busy day of an emergency department',
    '',
    'Played by `npm run rehearse:day` on a throw-away installation of real processes: patients come by MLLP and by the form, nurses of three shifts assess and sign, physicians treat, bedside monitors send a reading a minute, and in its course the model is away, each of worker, Temporal and PostgreSQL is killed once, and the rule packs change. Made-up patients; the drafts are of the rehearsal model.',
    '',
    `${order.arrivals} arrivals over ${order.hours} hours at ${order.speed} times the speed, ${order.monitors} monitors, seed ${order.seed}; played in ${(tookMs / 60_000).toFixed(1)} minutes.`,
    '',
    `**${violations.length} violations of the invariants, ${tally.faults.length} faults.**`,
    ...violations.map(({ invariant, what, where }) => `- ${invariant}: ${where}: ${what}`),
    ...tally.faults.map((fault) => `- ${fault}`),
    '',
    '## What befell the house',
    '',
    ...(await eventsTable(query, befallen)),
    '',
    ...(await aboutEvents(query, befallen)),
    `Told to come back later (429, 503): ${tally.waits} times, ${(tally.longestWaitMs / 1000).toFixed(1)} s at the longest.`,
    '',
    '## What the ledger says',
    '',
    ...table(['what', 'number'], (await ledgerLines(query)).map(cells)),
    '',
    '## What the players counted',
    '',
    ...table(['what', 'number'], counts.map(cells)),
    '',
    '## Refused, and by what code',
    '',
    ...table(['request', 'number'], refused.map(cells)),
    '',
    '## How long answers took',
    '',
    ...timesTable(tally.answered, await carriedOutMs(query)),
    '',
  ].join('\n');
};

const byName = (a: LedgerLine, b: LedgerLine): number => a.what.localeCompare(b.what, 'en');
const cells = ({ what, number }: LedgerLine): string[] => [what, number.toFixed(0)];
const seconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);

const eventsTable = async (query: Query, befallen: readonly Befallen[]): Promise<string[]> => {
  const rows: string[][] = [];
  for (const { what, minute, at, awayMs } of befallen) {
    const first = await firstAfter(query, at);
    rows.push([wallClock(minute), what, seconds(awayMs), seconds(first.decidedMs), seconds(first.carriedOutMs)]);
  }
  return table(['at', 'what', 'away for (our time)', 'next decision after', 'next one carried out after'], rows);
};

const aboutEvents = async (query: Query, befallen: readonly Befallen[]): Promise<string[]> => {
  const away = befallen.find(({ what }) => what === 'model away');
  const pack = befallen.find(({ what }) => what === 'pack changed');
  const lines: string[] = [];
  if (away?.awayMs) {
    const until = new Date(Date.parse(away.at) + away.awayMs).toISOString();
    const decided = await decidedBetween(query, away.at, until);
    lines.push(
      `While the model was away: ${decided.map(({ what, number }) => `${number} ${what}`).join(', ') || 'no decision'}.`,
      '',
    );
  }
  if (pack) {
    const { before, after } = await packsUsed(query, pack.at);
    lines.push(
      `Versions of the rule packs named by assessments: before the change ${before.join(', ')}; after it ${after.join(', ')}.`,
      '',
    );
  }
  return lines;
};

const timesTable = (answered: ReadonlyMap<string, readonly number[]>, effects: readonly number[]): string[] => {
  const rows = [...answered].toSorted(([, a], [, b]) => b.length - a.length);
  const all: (readonly [string, readonly number[]])[] = [...rows, ['decision carried out', effects]];
  return table(
    ['request', 'answers', 'p50 ms', 'p95 ms', 'p99 ms', 'most ms'],
    all.map(([what, times]) => [what, String(times.length), ...[0.5, 0.95, 0.99, 1].map((p) => quantile(times, p))]),
  );
};

/* By the nearest rank. */
const quantile = (times: readonly number[], p: number): string => {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)]?.toFixed(0) ?? '–';
};
