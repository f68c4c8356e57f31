import { at } from '../arrays';
import { type Random, randomOf } from '../random';
import { inHouse, type Newcomer, newcomer } from './generate-people';
import { type WardHouse, type WardInput, wardSchema } from './ward.contract';
import { type WardKind, wardKinds } from './ward-kinds';

/** What kind of hospital to make; the same wish makes the same hospital. */
export interface HouseWish {
  /** 50 to 5,000. */
  readonly beds: number;
  readonly requests: number;
  /** Share of the beds that somebody lies in, from 0 to 1. */
  readonly occupancy: number;
  /** Share of the patients and requests in isolation. */
  readonly isolation: number;
  /** Share of the beds that are closed, dirty or being cleaned. */
  readonly unusable: number;
  /** Hours within which the patients in house leave, at any time alike. */
  readonly leaving: number;
  /** Hours for which a bed is of use to who cannot wait for a date: all but elective requests. */
  readonly useful: number;
  readonly seed: number;
}

export const usualHouse: Omit<HouseWish, 'beds' | 'requests' | 'seed'> = {
  occupancy: 0.9,
  isolation: 0.1,
  unusable: 0.05,
  leaving: 160,
  useful: 72,
};

/** A house under pressure: full, its patients stay for long, and the requests of today are of no use tomorrow. */
export const pressedHouse: typeof usualHouse = { ...usualHouse, occupancy: 0.95, leaving: 600, useful: 24 };

type Ward = WardHouse['wards'][number];
type Room = WardHouse['rooms'][number];
type Bed = WardHouse['beds'][number];

interface Built {
  readonly kind: WardKind;
  readonly ward: Ward;
  readonly rooms: readonly Room[];
  readonly beds: readonly (readonly Bed[])[];
}

const now = '2026-03-02T08:00:00.000Z';

/** A synthetic hospital: its patients break no hard rule among themselves, its requests ask for what some ward has. */
export const generateHouse = (wish: HouseWish): WardHouse => {
  const random = randomOf(wish.seed);
  const wards = buildWards(wish, random);
  const patients = wards.flatMap((built) => fill(built, wish, random));
  const taken = new Set(patients.map(({ bed }) => bed));
  const house: WardInput = {
    now,
    wards: wards.map(({ ward }) => ward),
    rooms: wards.flatMap(({ rooms }) => rooms),
    beds: wards
      .flatMap(({ beds }) => beds.flat())
      .map((bed) => (taken.has(bed.id) ? { ...bed, state: 'occupied' as const } : bed)),
    patients,
    requests: Array.from({ length: wish.requests }, (_, index) => requestOf(index, wish, { random, wards })),
  };
  return wardSchema.parse(house);
};

const buildWards = ({ beds, unusable }: HouseWish, random: Random): Built[] => {
  const wards: Built[] = [];
  for (let left = beds; left > 0;) {
    const kind = at(wardKinds, wards.length % wardKinds.length);
    const count = Math.min(left, kind.beds);
    wards.push(buildWard({ kind, number: wards.length + 1, count, unusable }, random));
    left -= count;
  }
  return wards;
};

const buildWard = (
  wish: { kind: WardKind; number: number; count: number; unusable: number },
  random: Random,
): Built => {
  const { kind, number, count, unusable } = wish;
  const id = `W${number}`;
  const rooms: Room[] = [];
  const beds: Bed[][] = [];
  for (let left = count; left > 0;) {
    const size = Math.min(left, random.pick(kind.roomSizes));
    const room = roomOf({ kind, ward: id, number: rooms.length + 1, size }, random);
    beds.push(
      Array.from({ length: size }, (_, index) =>
        bedOf(`${room.id}-${index + 1}`, room.id, random.chance(unusable) ? random.next() : 1),
      ),
    );
    rooms.push(room);
    left -= size;
  }
  const ward: Ward = {
    id,
    specialties: { main: [...kind.main], auxiliary: [...kind.auxiliary], severe: [...kind.main] },
    level: kind.level,
    minAgeDays: kind.minAgeDays,
    endAgeDays: kind.endAgeDays,
    staffedBeds: count,
    emergencyBeds: kind.level === 'ward' ? 1 : 0,
    zone: number % 2 === 0 ? 'north' : 'south',
    floor: 1 + (Math.floor(number / 2) % 8),
  };
  return { kind, ward, rooms, beds };
};

const roomOf = (
  { kind, ward, number, size }: { kind: WardKind; ward: string; number: number; size: number },
  random: Random,
): Room => {
  const single = size === 1;
  const draw = random.next();
  return {
    id: `${ward}-${number}`,
    ward,
    // One room in three takes one sex at a time; of the rest some are for one sex, intensive care for any.
    policy: kind.level === 'icu' ? 'any' : draw < 1 / 3 ? 'same' : draw < 0.4 ? 'male' : draw < 0.47 ? 'female' : 'any',
    pressure: !single ? 'normal' : random.chance(0.3) ? 'negative' : random.chance(0.2) ? 'positive' : 'normal',
    equipment: kind.equipment.filter(() => random.chance(0.9)),
    adjacent: number > 1 ? [`${ward}-${number - 1}`] : [],
  };
};

/** A bed by a draw from 0 to 1: what is unusable is dirty, being cleaned or closed. */
const bedOf = (id: string, room: string, draw: number): Bed => {
  const state = draw >= 1 ? 'clean' : draw < 0.4 ? 'dirty' : draw < 0.7 ? 'cleaning' : 'closed';
  return { id, room, state, equipment: [] };
};

/** Patients for the clean beds of a ward, room by room, each fit for the ward, the room and those who lie there. */
const fill = ({ kind, rooms, beds }: Built, wish: HouseWish, random: Random): WardHouse['patients'] =>
  rooms.flatMap((room, index) => {
    const own = at(beds, index);
    const sex =
      room.policy === 'male' || room.policy === 'female' ? room.policy : random.pick(['male', 'female'] as const);
    // In a shared room nobody is isolated, or all are for the same reason.
    const isolated = own.length > 1 && random.chance(wish.isolation);
    const single = own.length === 1;
    return own
      .filter(({ state }) => state === 'clean' && random.chance(wish.occupancy / (1 - wish.unusable)))
      .map((bed) => {
        const person = newcomer(`P-${bed.id}`, { kind, isolation: single ? wish.isolation * 3 : 0 }, random);
        const fitting = settled(person, { room, sex, isolated, single });
        return inHouse({ person: fitting, bed: bed.id, now, leaving: wish.leaving }, random);
      });
  });

/** A person as the room makes them: its sex, its equipment, its precautions. */
const settled = (
  person: Newcomer,
  { room, sex, isolated, single }: { room: Room; sex: 'male' | 'female'; isolated: boolean; single: boolean },
): Newcomer => {
  const fitting = {
    ...person,
    sex: room.policy === 'any' ? person.sex : sex,
    needs: person.needs.filter((need) => room.equipment.includes(need)),
  };
  if (isolated) return { ...fitting, isolation: 'contact', organism: 'MRSA', immunocompromised: false };
  const pressure = { airborne: 'negative', protective: 'positive' }[person.isolation as string];
  return single && (pressure === undefined || pressure === room.pressure)
    ? fitting
    : { ...fitting, isolation: 'none', organism: undefined };
};

/** Who asks for a bed, each as often as it comes. */
const asking = [
  'ed-urgent',
  'ed-urgent',
  'ed',
  'ed',
  'ed',
  'pacu',
  'transfer',
  'elective',
  'elective',
  'elective',
] as const;
const unplanned: readonly string[] = ['icu-step-up', 'ed-urgent', 'ed'];

const requestOf = (
  index: number,
  { isolation, useful }: HouseWish,
  { random, wards }: { random: Random; wards: readonly Built[] },
): WardHouse['requests'][number] => {
  const { kind, ward } = random.pick(wards);
  const asked = kind.level === 'icu' ? 'icu-step-up' : random.pick(asking);
  const hour = (hours: number): string => new Date(Date.parse(now) + Math.round(hours * 60) * 60_000).toISOString();
  const waits = unplanned.includes(asked);
  const person = newcomer(`Q${index + 1}`, { kind, isolation }, random);
  const ready = waits ? 0 : random.below(48);
  return {
    ...person,
    kind: asked,
    readyAt: hour(ready),
    latestAt: asked === 'elective' ? undefined : hour(ready + useful),
    stayHours: 12 + random.below(200),
    spreadHours: 4 + random.below(24),
    waitingSince: waits ? hour(-random.below(10)) : undefined,
    targetMinutes: 240,
    attendingWard: ward.id,
    previousWard: random.chance(0.1) ? ward.id : undefined,
  };
};
