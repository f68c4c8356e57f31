import { type CaseView } from '../../api/types';
import { allergiesOf, timelineOf } from './timeline';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 23, 3, minute)).toISOString();
const decision = { id: 'd1', decidedAt: at(5), by: '王医师', action: 'manual' };
const view = {
  facts: [
    { id: 'f1', recordedAt: at(0), recordedBy: '邓慧', kind: 'assessment', content: { allergies: ['青霉素'] } },
    { id: 'f2', recordedAt: at(3), recordedBy: 'device', kind: 'assessment', content: {} },
  ],
  history: [{ id: 'm1', at: at(4), by: '邓慧', move: 'call' }],
  reviews: [{ id: 'r1', openedAt: at(1), withdrawnAt: null, decision }],
  tasks: [
    { id: 't1', doneAt: null, doneBy: null },
    { id: 't2', doneAt: at(6), doneBy: '林桂兰' },
  ],
  notices: [{ id: 'n1', acknowledgedAt: null, acknowledgedBy: null }],
} as unknown as CaseView;

describe('the timeline of a patient', () => {
  it('has everything that happened, the newest first, with who did it', () => {
    expect(timelineOf(view).map(({ kind, by }) => `${kind} ${by}`)).toEqual([
      'task 林桂兰',
      'decided 王医师',
      'move 邓慧',
      'fact device',
      'opened null',
      'fact 邓慧',
    ]);
  });

  it('keeps the allergies that were told last, and knows when nobody asked', () => {
    expect(allergiesOf(view)).toEqual(['青霉素']);
    expect(allergiesOf({ facts: [] })).toBeNull();
  });
});
