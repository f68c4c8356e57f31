import { referencePacks } from '#libs/packs/reference-packs';
import { assessmentSchema } from '#libs/processes/triage/triage.assessment';
import { isBelowFloor } from '#libs/processes/triage/triage.level';
import { evaluateTriage } from '#libs/processes/triage/triage.rules';
import { overrideReasons } from '#libs/review/gate';
import { type RoomPatient } from './patient';
import { roomPatients } from './patients';

const evaluate = ({ complaint, vitals, flags = {}, sex, years = 0, days = 0, unidentified }: RoomPatient) =>
  evaluateTriage(
    {
      assessment: assessmentSchema.parse({ complaint, vitals, flags, measuredAt: '2026-11-23T08:00:00Z' }),
      patient: { sex, ageDays: years * 365 + days, ageEstimated: unidentified ?? false },
    },
    referencePacks,
  );
const kinds = roomPatients.map(({ story }) => story.kind);
const told = (patient: RoomPatient) => `${patient.complaint} (${patient.story.kind})`;

describe('the waiting room', () => {
  it('has about thirty patients, in every state that a desk knows', () => {
    expect(roomPatients.length).toBeGreaterThanOrEqual(28);
    expect(roomPatients.length).toBeLessThanOrEqual(34);
    for (const kind of [
      ...(['unassessed', 'resus', 'assessed', 'claimed', 'judged', 'redraft', 'deferred', 'escalated'] as const),
      ...(['awaiting-second', 'signed', 'approved', 'worse', 'called', 'seen', 'closed', 'left', 'cancelled'] as const),
    ])
      expect(kinds).toContain(kind);
    const ends = roomPatients.flatMap(({ story }) => (story.kind === 'closed' ? [story.end] : []));
    expect(new Set(ends)).toEqual(new Set(['home', 'admitted', 'transferred']));
  });

  it('has patients at every level, of every age, known and unknown', () => {
    const levels = roomPatients.flatMap(({ story }) => ('level' in story ? [story.level] : []));
    expect(new Set(levels)).toEqual(new Set(['II', 'III', 'IVa', 'IVb']));
    expect(roomPatients.map((patient) => evaluate(patient).floor)).toContain('II');
    expect(roomPatients.some(({ days }) => days !== undefined && days < 365)).toBe(true);
    expect(roomPatients.some(({ years }) => years !== undefined && years >= 80)).toBe(true);
    expect(roomPatients.filter(({ unidentified }) => unidentified)).toHaveLength(1);
    expect(roomPatients.some((patient) => kinds.includes(patient.story.kind) && evaluate(patient).incomplete)).toBe(
      true,
    );
  });

  it('signs nobody below the floor of the rules, but the one who waits for a second signature', () => {
    for (const patient of roomPatients) {
      const { story } = patient;
      if (!('level' in story) || story.kind === 'judged' || story.kind === 'redraft') continue;
      const { floor } = evaluate(patient);
      expect([told(patient), floor, isBelowFloor(story.level, floor)]).toEqual([
        told(patient),
        floor,
        story.kind === 'awaiting-second',
      ]);
      if (story.kind === 'awaiting-second') expect(overrideReasons).toContain(story.reason);
    }
  });

  it('lets whoever gets worse rise above what was signed', () => {
    const [worse] = roomPatients.flatMap((patient) =>
      patient.story.kind === 'worse' ? [{ patient, story: patient.story }] : [],
    );
    const { floor } = evaluate({ ...worse!.patient, vitals: worse!.story.vitals });
    expect(isBelowFloor(worse!.story.level, floor)).toBe(true);
  });

  it('approves drafts whose level the nurse of the story judges alike', () => {
    for (const patient of roomPatients.filter(({ story }) => story.kind === 'approved'))
      expect([told(patient), evaluate(patient).proposedLevel]).toEqual([told(patient), 'III']);
  });

  it('lets patients come one after the other, the longest ago first', () => {
    const minutes = roomPatients.map((patient) => patient.minutes);
    expect(minutes).toEqual(minutes.toSorted((a, b) => b - a));
    expect(minutes[0]).toBeLessThanOrEqual(90);
  });
});
