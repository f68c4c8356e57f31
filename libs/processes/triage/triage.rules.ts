import { CountersignError } from '#libs/errors/errors';
import { acuityRank, lowestFloor, mostUrgent, oneMoreUrgent } from '#libs/packs/acuity';
import { inAge, type PackInput } from '#libs/packs/band';
import { explainChanges, explainFinding, type Change } from '#libs/packs/explain';
import { anythingMeasured, missingInputs, type ActivePacks } from '#libs/packs/inputs';
import { evaluateLevelPack, type Finding, type Scored } from '#libs/packs/level-pack';
import { givenLevels, moveUpFindings, movesFloor } from '#libs/packs/move-up';
import { notice, type Notice } from '#libs/packs/notices';
import {
  packFlags,
  type AgeGroup,
  type LevelPack,
  type PackReference,
  type ScorePack,
  type TriagePacks,
} from '#libs/packs/pack.types';
import { parameterNames, type Parameter } from '#libs/packs/parameters';
import { ages } from '#libs/packs/reference-notice';
import { evaluateScore, scoreApplies, type ScoreResult } from '#libs/packs/score-pack';
import type { Text } from '#libs/packs/text';
import type { AssessmentFlags, TriageInput } from './triage.assessment';
import type { Level } from './triage.level';

/** A finding with its sentence in both languages: rule id, value, level, counterfactual. */
export type ExplainedFinding = Finding & { readonly text: Text };

/** Why a patient may be put before others of the same level and points. */
export type SpecialGroup = 'elderly' | 'infant' | 'pregnant' | 'immunosuppressed' | 'disabled';

/** Which changes together would lower the floor, and to which level. */
export type FloorCounterfactual = { readonly changes: readonly Change[]; readonly level: Level; readonly text: Text };

/**
 * What the rules say of one assessment; plain JSON.
 * `floor` is a lower bound on urgency: the most urgent rule that fired; IV when something was measured and no rule
 * fired; null when nothing was measured that a rule could read. While `incomplete` it may only rise as more is measured,
 * and IV then does not mean "stable". `provisional`: the age is unknown and the patient was taken as an adult.
 * `proposedLevel` is the worst of floor and proposals: what the human-assessed indicators add, binding nobody.
 */
export type TriageEvaluation = {
  readonly floor: Level | null;
  readonly incomplete: boolean;
  readonly provisional: boolean;
  readonly proposedLevel: Level | null;
  readonly fired: readonly ExplainedFinding[];
  readonly proposals: readonly ExplainedFinding[];
  readonly floorCounterfactual: FloorCounterfactual | null;
  readonly earlyWarning: ScoreResult | null;
  readonly missing: readonly (Parameter | 'age')[];
  readonly notices: readonly Notice[];
  readonly specialGroup: boolean;
  readonly specialGroups: readonly SpecialGroup[];
  readonly levelPack: PackReference;
  readonly packs: readonly PackReference[];
};

/** Age taken for a patient of unknown age, so that the adult rules hold and none is left without a floor. */
const assumedAgeDays = 10_958;

/** Applies the packs to one assessment. Pure and deterministic: same input and packs, same evaluation. */
export const evaluateTriage = (input: TriageInput, packs: TriagePacks): TriageEvaluation => {
  const facts = packInput(input);
  const group = ageGroupOf(packs, facts.ageDays);
  const active: ActivePacks = { levels: [group.pack, ...packs.additions], scores: packs.scores };
  const scores = scoresOf(active, facts);
  const measured = anythingMeasured(active, facts);
  const found = [...findingsOf(active, facts, scores), ...indicated(input.assessment.flags, packs)];
  const findings = byUrgency([...found, ...movedUp(group.pack, { facts, found, measured })]);
  const fired = findings.filter(({ effect }) => effect === 'floor');
  const proposals = findings.filter(({ effect }) => effect === 'proposal');
  const floor = mostUrgent(levelsOf(fired)) ?? (measured ? lowestFloor : null);
  const missing = [...missingInputs(active, facts), ...(input.patient.ageDays === undefined ? ['age' as const] : [])];
  const specialGroups = specialGroupsOf(input);
  return {
    floor,
    incomplete: missing.length > 0,
    provisional: input.patient.ageDays === undefined,
    proposedLevel: mostUrgent([...(floor === null ? [] : [floor]), ...levelsOf(proposals)]),
    fired: fired.map(explained),
    proposals: proposals.map(explained),
    floorCounterfactual: floorCounterfactual(fired, movesFloor(group.pack, facts) ? group.pack : null),
    earlyWarning: scores[0]?.result ?? null,
    missing,
    notices: noticesOf({ input, packs, group, active, facts, floor, incomplete: missing.length > 0 }),
    specialGroup: specialGroups.length > 0,
    specialGroups,
    levelPack: reference(group.pack),
    packs: [...active.levels, ...scores.map(({ pack }) => pack), packs.indicators].map(reference),
  };
};

const packInput = ({ assessment: { vitals, flags }, patient }: TriageInput): PackInput => ({
  values: Object.fromEntries(parameterNames.map((name) => [name, vitals[name]])),
  ageDays: patient.ageDays ?? assumedAgeDays,
  flags: packFlags.filter((flag) => flags[flag] === true),
});

const ageGroupOf = (packs: TriagePacks, ageDays: number): AgeGroup => {
  const group = packs.ageGroups.find(({ age }) => inAge(age, ageDays));
  if (group === undefined) throw new CountersignError('INTERNAL', { reason: 'no level pack for this age', ageDays });
  return group;
};

const scoresOf = (active: ActivePacks, facts: PackInput): Scored[] =>
  active.scores.flatMap((pack) => {
    const result = evaluateScore(pack, facts);
    return result === null ? [] : [{ pack, result }];
  });

const findingsOf = (active: ActivePacks, facts: PackInput, scores: readonly Scored[]): Finding[] =>
  active.levels.flatMap((pack) => evaluateLevelPack(pack, facts, scores));

const indicated = (flags: AssessmentFlags, { indicators: pack }: TriagePacks): Finding[] =>
  pack.indicators
    .filter(({ id }) => flags.indicators?.some((ticked) => ticked === id))
    .map(({ id, level, name }) => ({
      ruleId: `${pack.id}/${id}`,
      packId: pack.id,
      packVersion: pack.version,
      effect: 'proposal',
      parameter: id,
      name,
      value: true,
      unit: 'yes/no',
      level,
      counterfactuals: [],
    }));

/** What the table of the age group moves up: its own level and, for the proposal, the ticked indicators; no additions. */
const movedUp = (
  table: LevelPack,
  { facts, found, measured }: { facts: PackInput; found: readonly Finding[]; measured: boolean },
): Finding[] => {
  const floors = found.filter(({ effect, packId }) => effect === 'floor' && packId === table.id);
  const proposals = found.filter(({ effect }) => effect === 'proposal');
  return moveUpFindings(table, facts, givenLevels(floors, proposals, measured));
};

const levelsOf = (findings: readonly { readonly level: Level }[]): Level[] => findings.map(({ level }) => level);

const byUrgency = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => acuityRank(a.level) - acuityRank(b.level));

const explained = (finding: Finding): ExplainedFinding => ({ ...finding, text: explainFinding(finding) });

const reference = ({ id, version }: PackReference): PackReference => ({ id, version });

/** `mover`: the table that moves its own level up for this patient; a promise counts its levels as they end up. */
const floorCounterfactual = (fired: readonly Finding[], mover: LevelPack | null): FloorCounterfactual | null => {
  const floor = mostUrgent(levelsOf(fired));
  if (floor === null) return null;
  const ends = (packId: string, level: Level): Level => (packId === mover?.id ? oneMoreUrgent(level) : level);
  const found = fired.filter(({ ruleId }) => !mover?.moveUp?.some(({ id }) => ruleId === `${mover.id}/${id}`));
  const top = found.filter(({ packId, level }) => ends(packId, level) === floor);
  const nearest = top.flatMap(({ parameter, packId, counterfactuals }) => {
    const others = counterfactuals.map((one) => ({ ...one, parameter, level: ends(packId, one.level ?? lowestFloor) }));
    return others.filter(({ level }) => acuityRank(level) > acuityRank(floor)).slice(0, 1);
  });
  if (top.length === 0 || nearest.length < top.length) return null;
  const left = found.filter((one) => !top.includes(one)).map(({ packId, level }) => ends(packId, level));
  const level = mostUrgent([...levelsOf(nearest), ...left, mover ? oneMoreUrgent(lowestFloor) : lowestFloor]);
  if (level === null) return null;
  const changes = strictest(nearest.map(({ parameter, relation, value }) => ({ parameter, relation, value })));
  return { changes, level, text: explainChanges(changes, level) };
};

const strictest = (changes: readonly Change[]): Change[] => {
  const covers = (one: Change, other: Change): boolean =>
    one.parameter === other.parameter &&
    one.relation === other.relation &&
    (one.relation === 'at-most' ? one.value < other.value : one.value > other.value);
  return changes.filter((change) => !changes.some((other) => covers(other, change)));
};

const specialGroupsOf = ({ assessment: { flags }, patient: { ageDays } }: TriageInput): SpecialGroup[] => {
  const holds: Readonly<Record<SpecialGroup, boolean | undefined>> = {
    elderly: ageDays !== undefined && ageDays >= ages.sixtyFiveYears,
    infant: ageDays !== undefined && ageDays < ages.oneYear,
    pregnant: flags.pregnant,
    immunosuppressed: flags.immunosuppressed,
    disabled: flags.disabled,
  };
  return (Object.keys(holds) as SpecialGroup[]).filter((group) => holds[group] === true);
};

type NoticeContext = {
  readonly input: TriageInput;
  readonly packs: TriagePacks;
  readonly group: AgeGroup;
  readonly active: ActivePacks;
  readonly facts: PackInput;
  readonly floor: Level | null;
  readonly incomplete: boolean;
};

const noticesOf = (context: NoticeContext): Notice[] => {
  const { packs, group, floor, incomplete } = context;
  const unapproved = [group.pack, ...packs.additions].find(({ approvedBy }) => approvedBy === null);
  const all: readonly (Notice | false)[] = [
    floor === null && notice('nothing-measured'),
    incomplete && notice('incomplete'),
    ...ageNotices(context),
    ...scoreNotices(context),
    mutedByNoDyspnoea(context) && notice('no-dyspnoea'),
    ...flagNotices(context),
    unapproved !== undefined && notice('reference-pack', unapproved.notice),
  ];
  return all.filter((one) => one !== false);
};

const ageNotices = ({ input: { patient }, group }: NoticeContext): (Notice | false)[] => [
  patient.ageDays === undefined && notice('age-unknown'),
  patient.ageDays !== undefined && patient.ageEstimated && notice('age-estimated'),
  group.notice !== undefined && notice('no-paediatric-table', group.notice),
];

const flagNotices = ({ input, packs }: NoticeContext): (Notice | false)[] => {
  const { flags } = input.assessment;
  return [
    (flags.infectionSuspected === true || flags.feverContact === true) && notice('infection-precautions'),
    unknownIndicator(flags, packs) && notice('indicator-unknown'),
    (flags.nurseConcern === true || flags.familyConcern === true) && notice('concern'),
  ];
};

const unknownIndicator = ({ indicators: ticked = [] }: AssessmentFlags, { indicators: pack }: TriagePacks): boolean =>
  ticked.some((id) => pack.indicators.every((known) => known.id !== id));

const scoreNotices = ({ active, facts }: NoticeContext): (Notice | false)[] => {
  const forAge = active.scores.filter(({ age }) => !inAge(age, facts.ageDays));
  const forPregnancy = active.scores.filter(
    (score) => !forAge.includes(score) && score.unless === 'pregnant' && !scoreApplies(score, facts),
  );
  const scale2 = active.scores.some(
    (score) => scoreApplies(score, facts) && score.items.some(({ when }) => when === 'hypercapnicTarget'),
  );
  const [aged, pregnant] = [namesOf(forAge), namesOf(forPregnancy)];
  return [
    aged !== '' && notice('score-not-for-age', { zh: `${aged} 不适用于该年龄`, en: `${aged}: not made for this age` }),
    pregnant !== '' &&
      notice('score-not-for-pregnancy', { zh: `妊娠：${pregnant} 不适用`, en: `pregnant: ${pregnant} does not apply` }),
    scale2 && facts.flags.includes('hypercapnicTarget') && notice('spo2-scale-2'),
  ];
};

const namesOf = (scores: readonly ScorePack[]): string => scores.map(({ id }) => id.toUpperCase()).join(', ');

const mutedByNoDyspnoea = ({ active, facts }: NoticeContext): boolean => {
  if (!facts.flags.includes('noDyspnoea')) return false;
  const without = { ...facts, flags: facts.flags.filter((flag) => flag !== 'noDyspnoea') };
  return findingsOf(active, without, []).length > findingsOf(active, facts, []).length;
};
