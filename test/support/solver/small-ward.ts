import type { WardInput } from '../../../libs/solver/operational/ward.contract';

type Of<List extends 'patients' | 'requests'> = WardInput[List][number];

/** A man of 40 in medicine, in house until the evening. */
export const smallPatient = (change: Partial<Of<'patients'>>): Of<'patients'> => ({
  id: 'p',
  sex: 'male',
  ageDays: 40 * 365,
  specialty: 'medicine',
  bed: 'm1a',
  leavesAt: '2026-03-02T18:00:00Z',
  spreadHours: 0,
  ...change,
});

/** A man of 40 who is in the emergency department and stays for two days. */
export const smallRequest = (change: Partial<Of<'requests'>> = {}): Of<'requests'> => ({
  id: 'q',
  sex: 'male',
  ageDays: 40 * 365,
  specialty: 'medicine',
  kind: 'ed',
  readyAt: '2026-03-02T08:00:00Z',
  stayHours: 48,
  ...change,
});

/**
 * Three wards for specs. Medicine on floor 1: a double (m1), a single with negative and one with positive pressure (m2,
 * m3), a room for women (m4, two beds) and one for anybody (m5, two beds, oxygen). Children on floor 3: one single (c1).
 * Intensive care in another zone on floor 1: one single with a ventilator (i1).
 */
export const smallWard = (change: Partial<WardInput> = {}): WardInput => ({
  now: '2026-03-02T08:00:00Z',
  wards: [
    {
      id: 'med',
      specialties: { main: ['medicine'], auxiliary: ['surgery'], severe: ['medicine'] },
      staffedBeds: 8,
      minAgeDays: 5110,
      floor: 1,
    },
    { id: 'kids', specialties: { main: ['paediatrics'] }, staffedBeds: 1, endAgeDays: 5110, floor: 3 },
    { id: 'icu', specialties: { main: ['medicine'] }, level: 'icu', staffedBeds: 1, floor: 1, zone: 'east' },
  ],
  rooms: [
    { id: 'm1', ward: 'med', adjacent: ['m2'] },
    { id: 'm2', ward: 'med', pressure: 'negative' },
    { id: 'm3', ward: 'med', pressure: 'positive' },
    { id: 'm4', ward: 'med', policy: 'female' },
    { id: 'm5', ward: 'med', policy: 'any', equipment: ['oxygen'] },
    { id: 'c1', ward: 'kids' },
    { id: 'i1', ward: 'icu', policy: 'any' },
  ],
  beds: [
    { id: 'm1a', room: 'm1', state: 'clean' },
    { id: 'm1b', room: 'm1', state: 'clean' },
    { id: 'm2a', room: 'm2', state: 'clean' },
    { id: 'm3a', room: 'm3', state: 'clean' },
    { id: 'm4a', room: 'm4', state: 'clean' },
    { id: 'm4b', room: 'm4', state: 'clean' },
    { id: 'm5a', room: 'm5', state: 'clean', equipment: ['telemetry'] },
    { id: 'm5b', room: 'm5', state: 'clean' },
    { id: 'c1a', room: 'c1', state: 'clean' },
    { id: 'i1a', room: 'i1', state: 'clean', equipment: ['ventilator'] },
  ],
  patients: [],
  requests: [smallRequest()],
  ...change,
});
