import type { careLevels } from './ward.contract';

/** A kind of ward, as the generator builds them in turn. */
export interface WardKind {
  readonly main: readonly string[];
  readonly auxiliary: readonly string[];
  readonly level: (typeof careLevels)[number];
  readonly minAgeDays: number;
  readonly endAgeDays: number;
  readonly beds: number;
  /** Drawn from, so that a size that comes twice comes twice as often. */
  readonly roomSizes: readonly number[];
  readonly equipment: readonly string[];
}

const adult = {
  level: 'ward',
  minAgeDays: 14 * 365,
  endAgeDays: 100_000,
  beds: 30,
  roomSizes: [1, 1, 2, 2, 3, 4],
} as const;

export const wardKinds: readonly WardKind[] = [
  { ...adult, main: ['medicine', 'gastroenterology'], auxiliary: ['cardiology', 'neurology'], equipment: ['oxygen'] },
  {
    ...adult,
    main: ['surgery', 'urology'],
    auxiliary: ['orthopaedics', 'gynaecology'],
    equipment: ['oxygen', 'suction'],
  },
  { ...adult, main: ['cardiology'], auxiliary: ['medicine'], equipment: ['oxygen', 'telemetry'] },
  {
    ...adult,
    main: ['medicine', 'surgery', 'cardiology', 'neurology'],
    auxiliary: ['orthopaedics', 'gastroenterology', 'urology'],
    level: 'icu',
    beds: 12,
    roomSizes: [1, 1, 2],
    equipment: ['oxygen', 'suction', 'telemetry', 'ventilator', 'dialysis'],
  },
  { ...adult, main: ['orthopaedics'], auxiliary: ['surgery', 'neurology'], equipment: ['oxygen', 'bariatric'] },
  {
    ...adult,
    main: ['neurology'],
    auxiliary: ['medicine', 'cardiology'],
    level: 'hdu',
    beds: 16,
    equipment: ['oxygen', 'suction', 'telemetry'],
  },
  {
    ...adult,
    main: ['paediatrics'],
    auxiliary: ['surgery'],
    minAgeDays: 0,
    endAgeDays: 14 * 365,
    beds: 20,
    equipment: ['oxygen', 'suction'],
  },
  { ...adult, main: ['gynaecology', 'obstetrics'], auxiliary: ['surgery'], beds: 24, equipment: ['oxygen'] },
];
