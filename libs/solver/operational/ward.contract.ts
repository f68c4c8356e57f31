import { z } from 'zod';

const id = z.string().min(1).max(64);
const time = z.iso.datetime({ offset: true });
const sex = z.enum(['male', 'female', 'other', 'unknown']);
const names = z.array(z.string().min(1)).default([]);

/** Levels of care, each with what the ones before it can do. */
export const careLevels = ['ward', 'hdu', 'icu'] as const;

/** Who asks for a bed, the most pressing first. */
export const requestKinds = ['icu-step-up', 'ed-urgent', 'pacu', 'ed', 'transfer', 'elective'] as const;

export const isolationKinds = ['none', 'contact', 'droplet', 'airborne', 'protective'] as const;

const person = {
  id,
  sex,
  ageDays: z.int().min(0).max(50_000),
  specialty: z.string().min(1),
  /** Severe patients go only where the ward takes severe patients of their specialty. */
  severe: z.boolean().default(false),
  level: z.enum(careLevels).default('ward'),
  isolation: z.enum(isolationKinds).default('none'),
  /** What the precaution is against: two with the same may share a room. */
  organism: z.string().min(1).optional(),
  immunocompromised: z.boolean().default(false),
  needs: names,
  prefers: names,
  /** The largest room the person would like. */
  roomSize: z.int().min(1).optional(),
};

const ward = z.object({
  id,
  specialties: z.object({ main: names, auxiliary: names, severe: names }),
  level: z.enum(careLevels).default('ward'),
  minAgeDays: z.int().min(0).default(0),
  /** The first age that is too old. */
  endAgeDays: z.int().min(1).default(100_000),
  /** Patients that its nurses can look after. */
  staffedBeds: z.int().min(0),
  /** Beds that it wants to keep free for emergencies. */
  emergencyBeds: z.int().min(0).default(0),
  /** Where it is: another zone is as far as two floors. */
  zone: z.string().default(''),
  floor: z.int().default(0),
});

const room = z.object({
  id,
  ward: id,
  /** `same` = the sex of who lies there. */
  policy: z.enum(['same', 'male', 'female', 'any']).default('same'),
  pressure: z.enum(['normal', 'negative', 'positive']).default('normal'),
  equipment: names,
  /** Rooms that share air or a wet room with it. */
  adjacent: z.array(id).default([]),
});

const bed = z.object({
  id,
  room: id,
  state: z.enum(['clean', 'reserved', 'occupied', 'dirty', 'cleaning', 'closed']),
  reservedFor: id.optional(),
  /** When it is clean or open again; without it a dirty bed takes one cleaning, a closed one stays closed. */
  readyAt: time.optional(),
  equipment: names,
});

const patient = z.object({
  ...person,
  bed: id,
  /** When the patient is expected to leave, and the standard deviation of that. */
  leavesAt: time,
  spreadHours: z.number().min(0).max(720).default(12),
  /** Whether the patient may be moved to make room. */
  movable: z.boolean().default(true),
});

const request = z.object({
  ...person,
  kind: z.enum(requestKinds),
  readyAt: time,
  /** After this the placement is of no use. */
  latestAt: time.optional(),
  stayHours: z.number().min(1).max(8760),
  spreadHours: z.number().min(0).max(720).default(12),
  waitingSince: time.optional(),
  /** Boarding minutes that the house allows itself. */
  targetMinutes: z.int().min(0).default(240),
  /** The ward of an earlier stay in this episode, and the ward of the attending team. */
  previousWard: id.optional(),
  attendingWard: id.optional(),
});

/** What a soft constraint costs, editable by the hospital; see `libs/solver/operational/ward.evaluator.ts` for units. */
export const softWeights = {
  auxiliarySpecialty: 20,
  outlier: 60,
  missingPreference: 20,
  roomTooLarge: 8,
  move: 110,
  distance: 5,
  discontinuity: 5,
  overstayRisk: 1,
  boarding: 1,
  electiveDelay: 2,
  emergencyBeds: 15,
  infectionRisk: 10,
} as const;

const weights = z.object(
  Object.fromEntries(
    Object.entries(softWeights).map(([name, weight]) => [name, z.number().min(0).default(weight)]),
  ) as Record<keyof typeof softWeights, z.ZodDefault<z.ZodNumber>>,
);

/** The operational problem: a house as it stands now, and who asks for a bed in the hours to come. */
export const wardSchema = z.strictObject({
  now: time,
  horizonHours: z.int().min(1).max(168).default(72),
  /** Hours from a patient's leaving to a clean bed; after isolation. */
  cleaningHours: z.number().min(0).max(24).default(1),
  isolationCleaningHours: z.number().min(0).max(24).default(1.5),
  weights: weights.prefault({}),
  wards: z.array(ward).min(1),
  rooms: z.array(room).min(1),
  beds: z.array(bed).min(1),
  patients: z.array(patient),
  requests: z.array(request),
});

/** The problem with every default in its place. */
export type WardHouse = z.infer<typeof wardSchema>;
/** The problem as a caller may write it. */
export type WardInput = z.input<typeof wardSchema>;
export type SoftName = keyof typeof softWeights;
