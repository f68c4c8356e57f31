import { type Queue } from '../../api/types';
import { sharedRows } from './shared-rows';

const row = (caseId: string, waitedSeconds: number) => ({
  caseId,
  waitedSeconds,
  patient: { name: caseId },
  moves: ['call'],
});
const queue = (...rows: object[]) =>
  ({ rows, metrics: { waiting: 2 }, at: '2026-11-23T08:00:00Z' }) as unknown as Queue;

describe('a queue that is read again', () => {
  const before = queue(row('a', 60), row('b', 30));

  it('keeps what did not change of each patient, wherever the row stands now', () => {
    const now = sharedRows(before, queue(row('new', 0), row('a', 61), row('b', 30)));
    expect(now.rows.map(({ caseId, waitedSeconds }) => [caseId, waitedSeconds])).toEqual([
      ['new', 0],
      ['a', 61],
      ['b', 30],
    ]);
    expect(now.rows[1]?.patient).toBe(before.rows[0]?.patient);
    expect(now.rows[1]?.moves).toBe(before.rows[0]?.moves);
    expect(now.rows[2]).toBe(before.rows[1]);
    expect(now.metrics).toBe(before.metrics);
  });

  it('is the very queue as before where nothing changed', () => {
    expect(sharedRows(before, queue(row('a', 60), row('b', 30)))).toBe(before);
    expect(sharedRows(before, before)).toBe(before);
    expect(sharedRows(before, queue(row('b', 30), row('a', 60)))).not.toBe(before);
    expect(sharedRows(before, queue(row('a', 60)))).not.toBe(before);
  });

  it('is taken as it came the first time', () => {
    expect(sharedRows(undefined, before)).toBe(before);
  });
});
