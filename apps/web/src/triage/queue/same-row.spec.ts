import { type QueueRow } from '../../api/types';
import { sameRow } from './same-row';

const row = { caseId: 'c1', waitedSeconds: 61, breachRatio: 0.1, level: 'III', flags: [] } as unknown as QueueRow;

describe('a row of the queue between two readings', () => {
  it('is the same while its minute is', () => {
    expect(sameRow(row, { ...row, waitedSeconds: 119, breachRatio: 0.2 })).toBe(true);
  });

  it('is another once anything shown changed', () => {
    expect(sameRow(row, { ...row, waitedSeconds: 120 })).toBe(false);
    expect(sameRow(row, { ...row, level: 'II' })).toBe(false);
    expect(sameRow(row, { ...row, flags: [] })).toBe(false);
  });
});
