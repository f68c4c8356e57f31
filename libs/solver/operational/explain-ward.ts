import { at } from '../arrays';
import { type Reason, type Violation } from './hard-rules';
import { type SoftRule, softRules } from './soft-costs';
import type { Change, Unplaced } from './unplaced';
import type { Verdict } from './ward.evaluator';
import type { WardProblem } from './ward.problem';
import { changeWords, costWords, filled, type Language, phrases, reasonWords, ruleWords } from './ward-words';

/** A bed for a person in a bed manager's words: the bed, each rule it breaks, each cost in points, the dearest first. */
export const explain = (problem: WardProblem, verdict: Verdict, language: Language): string[] => {
  const { placement, violations, costs, total } = verdict;
  const head = filled(phrases.rank, language, {
    bed: bedOf(problem, placement.bed),
    time: timeOf(problem, placement.start),
    points: pointsOf(total),
  });
  const parts = softRules
    .filter((rule) => costs[rule] >= 0.05)
    .toSorted((a, b) => costs[b] - costs[a])
    .map((rule) => costLine(rule, costs[rule], language));
  const broken = violations.map((violation) => violationLine(problem, violation, language));
  return [head, ...broken, ...(parts.length === 0 ? [phrases.free[language]] : parts)];
};

/** A broken rule: what of it, and the people who are the reason. */
export const violationLine = (problem: WardProblem, violation: Violation, language: Language): string => {
  const { rule, with: others } = violation;
  const people = others.map((person) => at(problem.people, person).id).join(language === 'zh' ? '、' : ', ');
  const line = filled(phrases.broken, language, {
    rule: nameOf(rule),
    what: ruleWords[rule][language],
    why: whyOf(violation, language),
  });
  return (others.length === 0 ? line : line + filled(phrases.with, language, { people })).trim();
};

const whyOf = ({ rule, why }: Violation, language: Language): string => {
  if (rule === 'H6') return filled(phrases.missing, language, { items: why });
  if (rule === 'H9') return filled(phrases.severe, language, { specialty: why });
  return reasonWords[why as Reason][language];
};

const costLine = (rule: SoftRule, points: number, language: Language): string =>
  filled(phrases.cost, language, { rule, what: costWords[rule][language], points: pointsOf(points) });

/** Why a request has no bed, the smallest change with which it has one, and where it is then. */
export const explainNoBed = (problem: WardProblem, unplaced: Unplaced, language: Language): string[] => {
  const rules = unplaced.binding.map(({ rule, beds }) =>
    filled(phrases.beds, language, { what: `${nameOf(rule)} ${ruleWords[rule][language]}`.trim(), beds }),
  );
  const binding = filled(phrases.binding, language, { rules: rules.join(language === 'zh' ? '、' : ', ') });
  const { placement, changes } = unplaced;
  if (placement === undefined) return [binding, phrases.nothing[language]];
  const then = { time: timeOf(problem, placement.start), bed: bedOf(problem, placement.bed) };
  return [
    binding,
    ...changes.map((change) => explainChange(problem, change, language)),
    filled(phrases.after, language, then),
  ];
};

/** A change that frees a place, with the names of the house. */
export const explainChange = (problem: WardProblem, change: Change, language: Language): string =>
  filled(changeWords[change.kind], language, namesOf(problem, change, language));

const namesOf = (problem: WardProblem, change: Change, language: Language): Record<string, string> => {
  if (change.kind === 'cleaning') return { bed: bedOf(problem, change.bed), time: timeOf(problem, change.by) };
  if (change.kind === 'exception')
    return {
      bed: bedOf(problem, change.bed),
      rule: `${nameOf(change.rule)} ${ruleWords[change.rule][language]}`.trim(),
    };
  const person = at(problem.people, change.person).id;
  if (change.kind === 'move') return { person, bed: bedOf(problem, change.bed), time: timeOf(problem, change.start) };
  return { person, hours: pointsOf(change.hours), time: timeOf(problem, change.leaves) };
};

/** Rules are called by their ids; `latest` has none. */
const nameOf = (rule: Violation['rule']): string => (rule === 'latest' ? '' : rule);

const bedOf = ({ house }: WardProblem, bed: number): string => at(house.beds, bed).id;

/** An hour from now as a time, to the minute, in the offset in which the house wrote its own. */
export const timeOf = ({ house }: WardProblem, hour: number): string => {
  const zone = /(?:Z|[+-]\d{2}:\d{2})$/.exec(house.now)?.[0] ?? 'Z';
  const sign = zone.startsWith('-') ? -1 : 1;
  const offset = zone === 'Z' ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  const local = new Date(Math.ceil(Date.parse(house.now) / 60_000 + hour * 60 - 1e-6) * 60_000 + offset * 60_000);
  return local.toISOString().slice(0, 16).replace('T', ' ');
};

const pointsOf = (points: number): string => String(Math.round(points * 10) / 10);
