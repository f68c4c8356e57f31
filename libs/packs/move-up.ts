import { acuityRank, lowestFloor, mostUrgent, oneMoreUrgent, type AcuityLevel } from './acuity';
import { applies, type PackInput } from './band';
import type { Finding } from './level-pack';
import type { LevelPack, MoveUpRule } from './pack.types';

/** What a table gave before anything moved: its floor (null: nothing was measured), and what it proposes. */
export type GivenLevels = { readonly floor: AcuityLevel | null; readonly proposed: AcuityLevel | null };

/** Whether a table moves its floor up for this patient. */
export const movesFloor = (pack: LevelPack, input: PackInput): boolean =>
  holding(pack, input).some(({ effect }) => effect === 'floor');

/** The findings by which a table moves its own level up by one; none where there is nothing to move, or it is I already. */
export const moveUpFindings = (pack: LevelPack, input: PackInput, given: GivenLevels): Finding[] =>
  holding(pack, input).flatMap((rule) => {
    const floor = rule.effect === 'floor' ? moved(given.floor) : null;
    const proposed = moved(given.proposed);
    const adds = proposed !== null && (floor === null || acuityRank(proposed) < acuityRank(floor));
    return [
      ...(floor === null ? [] : [finding(pack, rule, { effect: 'floor', level: floor })]),
      ...(adds ? [finding(pack, rule, { effect: 'proposal', level: proposed })] : []),
    ];
  });

/** What a table gave: the worst of its own findings and, for the proposal, of the indicators that were ticked. */
export const givenLevels = (
  floors: readonly Finding[],
  proposals: readonly Finding[],
  measured: boolean,
): GivenLevels => {
  const floor = mostUrgent(floors.map(({ level }) => level)) ?? (measured ? lowestFloor : null);
  const all = [...(floor === null ? [] : [floor]), ...proposals.map(({ level }) => level)];
  return { floor, proposed: mostUrgent(all) };
};

const holding = ({ moveUp = [] }: LevelPack, input: PackInput): MoveUpRule[] =>
  moveUp.filter((rule) => applies(rule, input));

const moved = (level: AcuityLevel | null): AcuityLevel | null =>
  level === null || level === 'I' ? null : oneMoreUrgent(level);

const finding = (pack: LevelPack, rule: MoveUpRule, rest: Pick<Finding, 'effect' | 'level'>): Finding => ({
  ruleId: `${pack.id}/${rule.id}`,
  packId: pack.id,
  packVersion: pack.version,
  parameter: rule.id,
  name: rule.name,
  value: true,
  unit: 'yes/no',
  counterfactuals: [],
  ...rest,
});
