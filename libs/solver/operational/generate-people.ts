import type { Random } from '../random';
import type { WardHouse } from './ward.contract';
import type { WardKind } from './ward-kinds';

type Patient = WardHouse['patients'][number];

/** What patients in house and requests have in common. */
export type Newcomer = Omit<Patient, 'bed' | 'leavesAt' | 'spreadHours' | 'movable'>;

const precautions = [
  ['contact', 'MRSA'],
  ['contact', 'VRE'],
  ['droplet', 'influenza'],
  ['airborne', 'tuberculosis'],
  ['protective', undefined],
] as const;

/** Somebody whom a kind of ward is for. */
export const newcomer = (
  id: string,
  { kind, isolation }: { kind: WardKind; isolation: number },
  random: Random,
): Newcomer => {
  const [precaution, organism] = random.chance(isolation) ? random.pick(precautions) : (['none', undefined] as const);
  const oldest = Math.min(kind.endAgeDays, 95 * 365);
  return {
    id,
    sex: random.chance(0.5) ? 'male' : 'female',
    ageDays: kind.minAgeDays + random.below(oldest - kind.minAgeDays),
    specialty: random.pick(kind.main),
    severe: random.chance(0.1),
    level: random.chance(0.8) ? kind.level : 'ward',
    isolation: precaution,
    organism,
    immunocompromised: precaution === 'protective',
    needs: kind.equipment.filter(() => random.chance(0.25)),
    prefers: kind.equipment.filter(() => random.chance(0.15)),
    roomSize: random.chance(0.4) ? 1 + random.below(3) : undefined,
  };
};

/** The person as a patient in a bed, who leaves within a week or so. */
export const inHouse = (
  { person, bed, now, leaving }: { person: Newcomer; bed: string; now: string; leaving: number },
  random: Random,
): Patient => ({
  ...person,
  bed,
  leavesAt: new Date(Date.parse(now) + (2 + random.below(leaving)) * 3_600_000).toISOString(),
  spreadHours: 2 + random.below(24),
  movable: random.chance(0.8),
});
