import { at } from '../arrays';
import { careLevels } from './ward.contract';
import type { WardHouse } from './ward.contract';
import type { WardPerson, WardProblem } from './ward.problem';

/** What the search asks of people, in typed arrays by person. */
export interface WardPeople {
  readonly sex: Uint8Array;
  readonly age: Int32Array;
  readonly specialty: Int32Array;
  readonly severe: Uint8Array;
  readonly level: Uint8Array;
  /** The room of its own that isolation asks for: 0 = none, 1 = negative, 2 = positive pressure. */
  readonly pressure: Uint8Array;
  readonly needs: readonly Int32Array[];
  readonly prefers: readonly Int32Array[];
  /** The largest room the person would like; without a wish, larger than any. */
  readonly roomSize: Int32Array;
  /** Who is alike in sex and infection is of one class; see {@link clashes}. */
  readonly shareClass: Int32Array;
  /** By policy `same` (0 = no, 1 = yes), class and class: 1 = the two may not meet in a room. */
  readonly clashes: Uint8Array;
  readonly classes: number;
  /** 1 = infectious, 2 = without defence, 3 = both. */
  readonly risk: Uint8Array;
  /** Hours of cleaning after the person. */
  readonly cleaning: Float64Array;
  /** The scale of the logistic leaving, in hours. */
  readonly scale: Float64Array;
  /** Wards, -1 = none. */
  readonly attending: Int32Array;
  readonly previous: Int32Array;
  readonly specialties: ReadonlyMap<string, number>;
  readonly items: ReadonlyMap<string, number>;
}

/** A number for each name, in the order in which names come. */
class Numbering {
  readonly places = new Map<string, number>();

  of(name: string): number {
    const place = this.places.get(name) ?? this.places.size;
    this.places.set(name, place);
    return place;
  }
}

const sexes = ['male', 'female', 'other', 'unknown'];

/** The people of a problem for the search. */
export const peopleOf = (problem: WardProblem): WardPeople => {
  const { people, house } = problem;
  const specialties = new Numbering();
  const items = new Numbering();
  const classes = new Numbering();
  const examples: WardPerson[] = [];
  const classOf = (person: WardPerson): number => {
    const { sex, isolation, organism, immunocompromised } = person;
    const place = classes.of(`${sex} ${isolation} ${immunocompromised} ${organism ?? ''}`);
    examples[place] ??= person;
    return place;
  };
  const wards = new Map(house.wards.map(({ id }, index) => [id, index]));
  const wardOf = (id: string | undefined): number => (id === undefined ? -1 : (wards.get(id) ?? -1));
  const shareClass = Int32Array.from(people, classOf);
  return {
    sex: Uint8Array.from(people, ({ sex }) => sexes.indexOf(sex)),
    age: Int32Array.from(people, ({ ageDays }) => ageDays),
    specialty: Int32Array.from(people, ({ specialty }) => specialties.of(specialty)),
    severe: Uint8Array.from(people, ({ severe }) => Number(severe)),
    level: Uint8Array.from(people, ({ level }) => careLevels.indexOf(level)),
    pressure: Uint8Array.from(people, ({ isolation }) =>
      isolation === 'airborne' ? 1 : isolation === 'protective' ? 2 : 0,
    ),
    needs: people.map(({ needs }) => Int32Array.from(needs, (item) => items.of(item))),
    prefers: people.map(({ prefers }) => Int32Array.from(prefers, (item) => items.of(item))),
    roomSize: Int32Array.from(people, ({ roomSize }) => roomSize ?? house.beds.length),
    shareClass,
    clashes: clashesOf(examples),
    classes: examples.length,
    risk: Uint8Array.from(people, (person) => Number(infectious(person)) + 2 * Number(person.immunocompromised)),
    cleaning: Float64Array.from(people, ({ isolation }) =>
      isolation === 'none' ? house.cleaningHours : house.isolationCleaningHours,
    ),
    scale: Float64Array.from(people, ({ spreadHours }) => (spreadHours * Math.sqrt(3)) / Math.PI),
    attending: Int32Array.from(people, (_, person) => wardOf(requestOf(house, person)?.attendingWard)),
    previous: Int32Array.from(people, (_, person) => wardOf(requestOf(house, person)?.previousWard)),
    specialties: specialties.places,
    items: items.places,
  };
};

const requestOf = ({ requests }: WardHouse, person: number): WardHouse['requests'][number] | undefined =>
  requests[person];

const infectious = ({ isolation }: WardPerson): boolean => isolation !== 'none' && isolation !== 'protective';

const clashesOf = (examples: readonly WardPerson[]): Uint8Array => {
  const count = examples.length;
  const clashes = new Uint8Array(2 * count * count);
  for (const [one, person] of examples.entries())
    for (let two = 0; two < count; two++) {
      const other = at(examples, two);
      const infection = !sharesInfection(person, other);
      clashes[one * count + two] = Number(infection);
      clashes[(count + one) * count + two] = Number(infection || person.sex !== other.sex);
    }
  return clashes;
};

const sharesInfection = (one: WardPerson, other: WardPerson): boolean => {
  if (one.isolation === 'none' && other.isolation === 'none') return true;
  const defended = !one.immunocompromised && !other.immunocompromised;
  return defended && one.isolation === other.isolation && one.organism !== undefined && one.organism === other.organism;
};
