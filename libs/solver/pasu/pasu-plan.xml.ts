import { at, placesOf } from '../arrays';
import { malformed, reading, type Reading } from '../failure';
import { calendarOf } from './days';
import type { PasuPlan, PasuProblem } from './pasu.problem';
import { type PasuScore, type PasuTerm, pasuWeight } from './pasu.validator';
import { attributeOf, childOf, childrenOf, escaped, type XmlElement, xmlRoot } from './xml';

/** Reads the stays of a solution in the format of OrPasSolution.xsd; the costs that it claims are left alone. */
export const readPasuPlan = (problem: PasuProblem, text: string): Reading<PasuPlan> =>
  reading(() => {
    const root = xmlRoot(text);
    if (root.name !== 'OrPasu_main_out')
      malformed(`line ${root.line}`, `<${root.name}> where <OrPasu_main_out> belongs`);
    const patients = placesOf(problem.patients.ids);
    const plan = new Int32Array(patients.size * problem.days).fill(-1);
    const listed = new Set<string>();
    for (const element of childrenOf(childOf(root, 'patients_scheduling'), 'patient')) {
      const name = attributeOf(element, 'name');
      const patient = patients.get(name) ?? malformed(`line ${element.line}`, `there is no ${name}`);
      if (listed.has(name)) malformed(`line ${element.line}`, `${name} for the second time`);
      listed.add(name);
      takeStays(problem, plan.subarray(patient * problem.days, (patient + 1) * problem.days), element);
    }
    return plan;
  });

const takeStays = ({ start, days, rooms }: PasuProblem, row: Int32Array, patient: XmlElement): void => {
  const calendar = calendarOf(start, patient.line, days - 1);
  for (const stay of childrenOf(patient, 'stay')) {
    const day = calendar.dayOf(stay, 'day');
    const room = rooms.ids.indexOf(attributeOf(stay, 'room'));
    if (room < 0) malformed(`line ${stay.line}`, `there is no ${attributeOf(stay, 'room')}`);
    if (at(row, day) >= 0) malformed(`line ${stay.line}`, 'the same day for the second time');
    row[day] = room;
  }
};

/** A plan in that format, as it stands on the last day of the horizon, with its score and the seconds it took. */
export const writePasuPlan = (
  problem: PasuProblem,
  plan: PasuPlan,
  result: { score: PasuScore; seconds: number },
): string => {
  const { dateOf } = calendarOf(problem.start, 0, problem.days);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<OrPasu_main_out name="${escaped(`sol-${problem.name}`)}" instance="${escaped(problem.name)}">`,
    '  <planning_horizon>',
    `    <start_day>${problem.start}</start_day>`,
    `    <num_days>${problem.days}</num_days>`,
    `    <current_day>${dateOf(problem.horizon - 1)}</current_day>`,
    '  </planning_horizon>',
    '  <patients_scheduling>',
    ...problem.patients.ids.flatMap((_, patient) => patientLines(problem, plan, patient)),
    '  </patients_scheduling>',
    ...costLines(result.score, result.seconds),
    '</OrPasu_main_out>',
    '',
  ].join('\n');
};

const patientLines = (problem: PasuProblem, plan: PasuPlan, patient: number): string[] => {
  const { patients, rooms, days, horizon } = problem;
  const { dateOf } = calendarOf(problem.start, 0, days);
  const row = plan.subarray(patient * days, (patient + 1) * days);
  const stays = [...row.entries()].filter(([, room]) => room >= 0);
  const [first] = stays[0] ?? [];
  const [last] = stays.at(-1) ?? [];
  if (first === undefined || last === undefined) return [];
  const status = last < horizon - 1 ? 'discharged' : first < horizon ? 'arrived' : 'registered';
  const delay = first - at(patients.admission, patient);
  return [
    `    <patient name="${escaped(at(patients.ids, patient))}" status="${status}"${delay > 0 ? ` delay="${delay}"` : ''}>`,
    ...stays.map(([day, room]) => `      <stay day="${dateOf(day)}" room="${escaped(at(rooms.ids, room))}"/>`),
    '    </patient>',
  ];
};

/** The four costs of patients and rooms, by the names of the format. */
const roomTerms = [
  ['properties', 'preferredProperty'],
  ['preference', 'roomTooLarge'],
  ['specialism', 'auxiliarySpecialism'],
  ['gender', 'genderOfRoom'],
] as const;

const otherTerms: readonly (readonly [string, PasuTerm])[] = [
  ['gender', 'mixedRoom'],
  ['transfer', 'transfer'],
  ['delay', 'delay'],
  ['overcrowd_risk', 'overcrowdRisk'],
  ['or_overtime_cost', 'theatreOvertime'],
  ['idle_room_cost', 'idleBeds'],
  ['idle_operating_room_cost', 'idleTheatre'],
];

const costLines = (
  { cost, violations, breaks, counts, terms, bedUse, theatreUse }: PasuScore,
  seconds: number,
): string[] => {
  const broken = (rules: readonly string[]): number =>
    breaks.filter(({ rule }) => rules.includes(rule)).reduce((total, { count }) => total + count, 0);
  const percent = (share: number): string => (100 * share).toFixed(2);
  const roomCost = roomTerms.reduce((total, [, term]) => total + terms[term], 0);
  return [
    `  <costs objectives="${cost}" violations="${violations}" time="${seconds.toFixed(2)}">`,
    `    <patient_room value="${roomCost}">`,
    ...roomTerms.map(([name, term]) => `      <${name} violations="${counts[term]}" weight="${pasuWeight(term)}"/>`),
    '    </patient_room>',
    ...otherTerms.map(([name, term]) => `    <${name}>${terms[term]}</${name}>`),
    `    <capacity_violations value="${broken(['roomOverCapacity'])}" room_utilization="${percent(bedUse)}"/>`,
    `    <or_violations value="${broken(['theatreOfSpecialism', 'theatreOfDay'])}" or_utilization="${percent(theatreUse)}"/>`,
    '  </costs>',
  ];
};
