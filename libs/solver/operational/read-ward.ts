import { at, groupBy } from '../arrays';
import { malformed, reading, type Reading } from '../failure';
import { jsonBy, placeIn, uniquePlaces } from '../json';
import { type WardHouse, wardSchema } from './ward.contract';
import type { WardProblem } from './ward.problem';

/** Reads an operational problem from its JSON. */
export const readWard = (text: string): Reading<WardProblem> => reading(() => problemOf(jsonBy(wardSchema, text)));

/** The same from a house that passed its schema already. */
export const wardProblem = (house: WardHouse): Reading<WardProblem> => reading(() => problemOf(house));

/** An overdue patient is expected to leave within the hour: until then the bed is not free. */
const overdueHours = 1;

const problemOf = (house: WardHouse): WardProblem => {
  const { wards, rooms, beds, patients, requests } = house;
  const places = {
    wards: uniquePlaces('wards', wards),
    rooms: uniquePlaces('rooms', rooms),
    beds: uniquePlaces('beds', beds),
    requests: uniquePlaces('requests', requests),
  };
  uniquePlaces('people', [...requests, ...patients]);
  const bed = Int32Array.from(patients, (patient, index) =>
    placeIn(places.beds, patient.bed, `patients[${index}].bed`),
  );
  checkOccupied(house, bed);
  checkRequests(house, places.wards);
  const bedRoom = Int32Array.from(beds, ({ room }, index) => placeIn(places.rooms, room, `beds[${index}].room`));
  const roomWard = Int32Array.from(rooms, ({ ward }, index) => placeIn(places.wards, ward, `rooms[${index}].ward`));
  const bedsOfRoom = groupBy(bedRoom.keys(), (place) => at(bedRoom, place));
  const bedsOfWard = groupBy(bedRoom.keys(), (place) => at(roomWard, at(bedRoom, place)));
  const hours = (time: string): number => (Date.parse(time) - Date.parse(house.now)) / 3_600_000;
  const leaves = patients.map(({ leavesAt }) => Math.max(overdueHours, hours(leavesAt)));
  return {
    house,
    requests: requests.length,
    people: [...requests, ...patients],
    bedRoom,
    roomWard,
    roomBeds: rooms.map((_, room) => bedsOfRoom.get(room) ?? []),
    wardBeds: wards.map((_, ward) => bedsOfWard.get(ward) ?? []),
    adjacentRooms: adjacency(house, places.rooms),
    bedReady: Float64Array.from(beds, (entry) => readyIn(house, entry, hours)),
    bedReservedFor: Int32Array.from(beds, (entry, index) => reservation(entry, index, places.requests)),
    ready: Float64Array.from([...requests.map(({ readyAt }) => Math.max(0, hours(readyAt))), ...patients.map(() => 0)]),
    latest: Float64Array.from([
      ...requests.map(({ latestAt }) => (latestAt === undefined ? Infinity : hours(latestAt))),
      ...patients.map(() => Infinity),
    ]),
    stay: Float64Array.from([...requests.map(({ stayHours }) => stayHours), ...leaves]),
    bed: Int32Array.from([...requests.map(() => -1), ...bed]),
  };
};

/** What one room says of another holds both ways. */
const adjacency = ({ rooms }: WardHouse, places: ReadonlyMap<string, number>): number[][] => {
  const beside = rooms.map(() => new Set<number>());
  for (const [room, { adjacent }] of rooms.entries())
    for (const id of adjacent) {
      const other = placeIn(places, id, `rooms[${room}].adjacent`);
      beside[room]?.add(other);
      beside[other]?.add(room);
    }
  return beside.map((others) => [...others]);
};

type Bed = WardHouse['beds'][number];

const readyIn = ({ cleaningHours }: WardHouse, { state, readyAt }: Bed, hours: (time: string) => number): number => {
  if (state === 'clean' || state === 'reserved' || state === 'occupied') return 0;
  if (readyAt !== undefined) return Math.max(0, hours(readyAt));
  return state === 'closed' ? Infinity : cleaningHours;
};

const reservation = ({ state, reservedFor }: Bed, index: number, requests: ReadonlyMap<string, number>): number => {
  const place = `beds[${index}].reservedFor`;
  if (state !== 'reserved') return -1;
  return placeIn(requests, reservedFor ?? malformed(place, 'a reserved bed without a request'), place);
};

/** A bed is occupied exactly where one patient lies in it. */
const checkOccupied = ({ beds }: WardHouse, bedOfPatient: Int32Array): void => {
  const taken = new Set<number>();
  for (const [patient, bed] of bedOfPatient.entries()) {
    if (taken.has(bed)) malformed(`patients[${patient}].bed`, `a second patient in ${beds[bed]?.id}`);
    taken.add(bed);
  }
  for (const [index, { state, id }] of beds.entries())
    if ((state === 'occupied') !== taken.has(index))
      malformed(
        `beds[${index}].state`,
        taken.has(index) ? `a patient lies in ${id}, which is ${state}` : `nobody lies in ${id}`,
      );
};

const checkRequests = ({ requests }: WardHouse, wards: ReadonlyMap<string, number>): void => {
  for (const [index, { previousWard, attendingWard }] of requests.entries()) {
    if (previousWard !== undefined) placeIn(wards, previousWard, `requests[${index}].previousWard`);
    if (attendingWard !== undefined) placeIn(wards, attendingWard, `requests[${index}].attendingWard`);
  }
};
