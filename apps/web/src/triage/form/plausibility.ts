import { ages } from '#libs/packs/reference-notice';
import { type AssessmentEntry, type NumberField } from './entry';
import { faultOf, numberOf } from './numbers';

/** Why a reading deserves a second look. Never a refusal: the sickest patients have the strangest values. */
export type Doubt =
  | { readonly field: NumberField; readonly why: 'rare'; readonly low: number; readonly high: number }
  | { readonly field: NumberField; readonly why: 'pressures' | 'awake' | 'unresponsive' };

interface Span {
  /** Completed days of age below which it holds. */
  readonly below: number;
  readonly low: number;
  readonly high: number;
}

const always = Number.POSITIVE_INFINITY;
const anyAge = (low: number, high: number): readonly Span[] => [{ below: always, low, high }];

/*
 * What is hardly ever read on a living patient of that age, so that a slip of the keys or of the probe shows (82 for 28,
 * a pulse in the field of the pressure). Wider than any rule's bands; product choice, no clinical limit.
 */
const spans: Readonly<Record<NumberField, readonly Span[]>> = {
  temperature: anyAge(34, 41.5),
  pulse: [
    { below: ages.oneYear, low: 60, high: 230 },
    { below: ages.threeYears, low: 50, high: 210 },
    { below: ages.tenYears, low: 45, high: 190 },
    { below: always, low: 30, high: 180 },
  ],
  respiratoryRate: [
    { below: ages.oneYear, low: 15, high: 90 },
    { below: ages.threeYears, low: 12, high: 70 },
    { below: ages.tenYears, low: 10, high: 55 },
    { below: always, low: 6, high: 45 },
  ],
  systolic: [
    { below: ages.oneYear, low: 50, high: 120 },
    { below: ages.tenYears, low: 60, high: 150 },
    { below: always, low: 60, high: 240 },
  ],
  diastolic: [
    { below: ages.tenYears, low: 25, high: 100 },
    { below: always, low: 30, high: 140 },
  ],
  spo2: anyAge(75, 100),
  gcs: anyAge(3, 15),
  painScore: anyAge(0, 10),
  flacc: anyAge(0, 10),
  glucose: anyAge(2, 33.3),
  potassium: anyAge(2.5, 7),
};

/** An adult's age, for a patient whose age nobody knows: the rules take them so too. */
const assumedDays = ages.sixteenYears;

const spanOf = (field: NumberField, ageDays: number | null): Span | undefined =>
  spans[field].find(({ below }) => (ageDays ?? assumedDays) < below);

const rare = (field: NumberField, entry: AssessmentEntry, ageDays: number | null): Doubt[] => {
  const value = numberOf(entry.numbers[field]);
  const span = spanOf(field, ageDays);
  if (value === null || !span || faultOf(field, entry.numbers[field]) !== null) return [];
  if (value >= span.low && value <= span.high) return [];
  return [{ field, why: 'rare', low: span.low, high: span.high }];
};

const contradictions = ({ numbers, consciousness }: AssessmentEntry): Doubt[] => {
  // What is not measured or no number contradicts nothing: every comparison with NaN is false.
  const read = (field: NumberField): number => numberOf(numbers[field]) ?? Number.NaN;
  const gcs = read('gcs');
  return [
    ...(read('diastolic') >= read('systolic') ? [{ field: 'diastolic', why: 'pressures' } as const] : []),
    ...(gcs < 13 && consciousness === 'A' ? [{ field: 'gcs', why: 'awake' } as const] : []),
    ...(gcs > 8 && consciousness === 'U' ? [{ field: 'gcs', why: 'unresponsive' } as const] : []),
  ];
};

/** What to look at twice, by the patient's age in days (null: unknown, taken as an adult). */
export const doubtsOf = (entry: AssessmentEntry, ageDays: number | null): readonly Doubt[] => [
  ...(Object.keys(spans) as NumberField[]).flatMap((field) => rare(field, entry, ageDays)),
  ...contradictions(entry),
];
