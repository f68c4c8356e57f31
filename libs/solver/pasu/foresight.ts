import type { PasuProblem } from './pasu.problem';

/** What a used bed day and a used theatre minute are worth, by day (× specialisms); nothing after the horizon. */
export interface Foresight {
  readonly bed: Float64Array;
  readonly minute: Float64Array;
}

const bedDay = 20;
const theatreMinute = 10;

/** Sixty-fourths: sums of them are exact, in any order. */
const exact = (value: number): number => Math.round(value * 64) / 64;

/** What the validator charges for idle beds and idle theatre, no more and no less. */
export const noForesight = ({ days, horizon, specialisms }: PasuProblem): Foresight => ({
  bed: Float64Array.from({ length: days }, (_, day) => (day < horizon ? bedDay : 0)),
  minute: Float64Array.from({ length: days * specialisms.length }, (_, cell) =>
    cell < horizon * specialisms.length ? theatreMinute : 0,
  ),
});

const fading = { bed: 0.02, minute: 0.02, floor: 0.5 };

/**
 * The values as seen from a day. A bed or a theatre list that stands idle today is lost; one of a later day may still be
 * filled by somebody who is not registered yet, so that what is planned there is worth less.
 */
export const foresightOf = (problem: PasuProblem, today: number): Foresight => {
  const sure = noForesight(problem);
  const share = (day: number, fade: number): number => Math.max(fading.floor, 1 - fade * Math.max(0, day - today));
  const width = problem.specialisms.length;
  return {
    bed: sure.bed.map((value, day) => exact(value * share(day, fading.bed))),
    minute: sure.minute.map((value, cell) => exact(value * share(Math.floor(cell / width), fading.minute))),
  };
};
