import { at } from '../arrays';
import type { WardHouse } from './ward.contract';
import { requestKinds } from './ward.contract';
import type { WardProblem } from './ward.problem';

/** How many times the least pressing kind a kind of request weighs when it gets no bed: 6 for an ICU step-up, 1 for an elective. */
export const pressing = (kind: WardHouse['requests'][number]['kind']): number =>
  requestKinds.length - requestKinds.indexOf(kind);

/**
 * What a request without a bed costs, by request, in the points of the soft costs: its weight by kind times one price for
 * the house. That price is above everything a placement could cost anywhere within the horizon together with one patient
 * who is moved for it, so that no wish keeps anybody out of a bed; and six electives weigh as much as an ICU step-up.
 */
export const unplacedPrices = (problem: WardProblem): Float64Array => {
  const price = Math.ceil(largestPlacement(problem) / 100) * 100;
  return Float64Array.from(problem.house.requests, ({ kind }) => pressing(kind) * price);
};

const largestPlacement = (problem: WardProblem): number => {
  const { weights } = problem.house;
  const waits = problem.house.requests.map((_, request) => longestWait(problem, request));
  return (
    2 * (largestWishes(problem) + largestCompany(problem)) +
    weights.move +
    weights.emergencyBeds +
    Math.max(0, ...waits)
  );
};

/** S1, S2, S3, S5 and S6 at their worst. */
const largestWishes = ({ house, people }: WardProblem): number => {
  const { weights, wards } = house;
  const floors = wards.map(({ floor }) => floor);
  const preferences = people.reduce((most, { prefers }) => Math.max(most, prefers.length), 0);
  return (
    Math.max(weights.auxiliarySpecialty, weights.outlier) +
    weights.missingPreference * preferences +
    weights.roomTooLarge +
    weights.distance * (Math.max(...floors) - Math.min(...floors) + 2) +
    weights.discontinuity
  );
};

/** S7 and S11 at their worst: everybody before in the bed and in the rooms beside it within the horizon. */
const largestCompany = ({ house, people, requests, stay, roomBeds, adjacentRooms }: WardProblem): number => {
  const shortest = stay.slice(0, requests).reduce((least, hours) => Math.min(least, hours), Infinity);
  const turns = 1 + Math.ceil(house.horizonHours / shortest);
  const spread = people.reduce((most, { spreadHours }) => Math.max(most, spreadHours), 0);
  const beside = adjacentRooms.map((rooms) => rooms.reduce((beds, room) => beds + at(roomBeds, room).length, 0));
  const anyRisk = people.some(({ immunocompromised }) => immunocompromised);
  const neighbours = anyRisk ? beside.reduce((most, beds) => Math.max(most, beds), 0) : 0;
  return turns * (house.weights.overstayRisk * spread + house.weights.infectionRisk * neighbours);
};

/** S8 and S9 of a placement at the end of the horizon. */
const longestWait = ({ house, ready }: WardProblem, request: number): number => {
  const { waitingSince, targetMinutes, kind } = at(house.requests, request);
  const { weights, horizonHours, now } = house;
  const waited = waitingSince === undefined ? 0 : (Date.parse(now) - Date.parse(waitingSince)) / 60_000;
  const boarding = waitingSince === undefined ? 0 : Math.max(0, waited + 60 * horizonHours - targetMinutes);
  const acuity = 3;
  return (
    (weights.boarding * acuity * boarding) / 10 +
    (kind === 'elective' ? (weights.electiveDelay * Math.max(0, horizonHours - at(ready, request))) / 24 : 0)
  );
};
