import { type QueueRow } from '../../api/types';
import { sameActions, sameFarRow, sameRow } from './same-row';

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

  it('far from the screen is another once its ticket, level, patient, complaint or colour is, not with every minute', () => {
    const far = { ...row, ticketNo: 7, patient: {}, complaint: '胸痛', overLimit: false } as unknown as QueueRow;
    expect(sameFarRow(far, { ...far, waitedSeconds: 1200, flags: [], state: 'called' })).toBe(true);
    const others: Partial<QueueRow>[] = [{ ticketNo: 8 }, { level: 'II' }, { complaint: '腹痛' }, { overLimit: true }];
    for (const other of others) expect(sameFarRow(far, { ...far, ...other })).toBe(false);
    expect(sameFarRow(far, { ...far, patient: { ...far.patient } })).toBe(false);
  });

  it('offers the same until the case, its review or its moves are others', () => {
    const here = { ...row, version: 3, ticketNo: 7, moves: ['call'], review: { id: 'r1' } } as unknown as QueueRow;
    expect(sameActions(here, { ...here, waitedSeconds: 1200, flags: [] })).toBe(true);
    const others: Partial<QueueRow>[] = [{ version: 4 }, { review: null }, { moves: [] }, { caseId: 'c2' }];
    for (const other of others) expect(sameActions(here, { ...here, ...other })).toBe(false);
  });
});
