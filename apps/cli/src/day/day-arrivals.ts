import { done } from '#libs/api-client/door';
import { exampleAdt } from '#libs/interop/hl7v2/adt.example';
import { connectMllp, type MllpSender } from '#libs/interop/mllp/sender';
import { type Registered, type Registration, register } from '../seed/desk';
import { wardCodes } from '../seed/hospital';
import { admissionMessage, type Arriving, hl7Time, registrationOf } from '../seed/waiting-room/arrivals';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DayPatient } from './day-plan';
import { measure } from './day-vitals';
import { count, fault } from './day-tally';
import { comes, type DayWorld, firstNurse } from './day-world';

/** The hospital's system at the MLLP port: one message at a time, each sent until it is answered. */
export interface HospitalFeed {
  send(message: string): Promise<void>;
  close(): Promise<void>;
}

const again = 500;

/** Connects the hospital's system; a connection that breaks is opened again and the message sent once more. */
export const connectFeed = (world: DayWorld, port: number): HospitalFeed => {
  let sender: MllpSender | null = null;
  let last: Promise<void> = Promise.resolve();
  const deliver = async (message: string): Promise<void> => {
    for (;;) {
      const answer = await attempt(message).catch(() => null);
      if (answer !== null) return noteAck(world, answer);
      count(world.tally, 'feed: sent again');
      sender = null;
      await sleep(again);
    }
  };
  const attempt = async (message: string): Promise<Buffer | null> => {
    sender ??= await connectMllp(port);
    return sender.send(Buffer.from(message));
  };
  return {
    send: (message) => (last = last.then(() => deliver(message))),
    close: async () => {
      await last;
      await sender?.close();
    },
  };
};

const noteAck = ({ tally }: DayWorld, answer: Buffer): void => {
  const text = answer.toString('utf8');
  const code = /\rMSA\|(\w\w)\|/.exec(text)?.[1] ?? 'none';
  count(tally, `feed: ${code}`);
  if (code !== 'AA')
    fault(tally, `the feed was answered ${code}: ${text.split('\r').find((line) => line.startsWith('ERR')) ?? ''}`);
};

/** Lets the patients come when their time is, by the feed or at the desk of a nurse. */
export const letArrive = async (
  world: DayWorld,
  patients: readonly DayPatient[],
  feed: HospitalFeed,
): Promise<void> => {
  const followUps: Promise<void>[] = [];
  for (const patient of patients) {
    await world.clock.until(patient.comesAt);
    if (world.clock.over()) break;
    followUps.push(patient.by === 'feed' ? byFeed(world, patient, feed) : byForm(world, patient));
  }
  await Promise.all(followUps);
};

const byForm = async (world: DayWorld, patient: DayPatient): Promise<void> => {
  const registration = registrationOf({ ...patient.template, minutes: 0 }, arrivingOf(world, patient));
  const vitals = measure(world.dice, patient, 0);
  const assessment = registration.assessment && { ...registration.assessment, vitals };
  try {
    const announced = patient.template.mode === 'ambulance';
    const body = { ...registration, ...(assessment && { assessment }) };
    const { caseId } = await (announced ? announceAndArrive(world, body) : register(firstNurse(world).door, body));
    comes(world, patient, caseId);
    count(world.tally, announced ? 'announced by an ambulance' : 'arrived by the form');
  } catch (thrown) {
    fault(world.tally, `${patient.name} was not registered: ${String(thrown)}`);
  }
};

const drivesFor = 8;

/* The ambulance calls, and comes some minutes later; what it found is told before, what the nurse finds is on the form. */
const announceAndArrive = async (world: DayWorld, registration: Registration): Promise<Registered> => {
  const { wardId, assessment, patient, visitNumber } = registration;
  const { complaint = '', vitals = {} } = assessment ?? {};
  const body = {
    wardId,
    expectedAt: new Date(Date.now() + (drivesFor * 60_000) / world.clock.speed).toISOString(),
    announcer: { service: '120 急救中心（演示）' },
    report: { complaint, vitals, sex: patient.sex, measuredAt: new Date().toISOString() },
  };
  const { preNoticeId } = done(await firstNurse(world).door.ask('post', '/api/triage/pre-notices', { body }));
  await world.clock.pass(drivesFor);
  const form = {
    patient,
    ...(visitNumber && { visitNumber }),
    ...(assessment && { assessment: { ...assessment, measuredAt: new Date().toISOString() } }),
  };
  const path = { id: preNoticeId };
  return done(await firstNurse(world).door.ask('post', '/api/triage/pre-notices/{id}/arrivals', { path, body: form }));
};

const byFeed = async (world: DayWorld, patient: DayPatient, feed: HospitalFeed): Promise<void> => {
  const admitted = admissionMessage({ ...patient.template, minutes: 0 }, arrivingOf(world, patient));
  const present = comes(world, patient, null);
  await feed.send(admitted);
  count(world.tally, 'arrived by the feed');
  if (patient.number % 20 === 0) await feed.send(admitted);
  const { correctedAfter, cancelledAfter } = patient;
  if (cancelledAfter !== null) {
    await world.clock.until(patient.comesAt + cancelledAfter);
    if (world.clock.over()) return;
    await feed.send(followUp(world, patient, 'A11'));
    present.ended = true;
    count(world.tally, 'taken back by the feed');
    return;
  }
  if (correctedAfter === null) return;
  await world.clock.until(patient.comesAt + correctedAfter);
  if (!world.clock.over()) await feed.send(followUp(world, patient, 'A08'));
};

const arrivingOf = ({ stage }: DayWorld, { name, number }: DayPatient): Arriving => ({
  wardId: stage.wardId,
  wardCode: wardCodes.desk,
  name,
  number: 5000 + number,
  now: new Date(),
});

const followUp = (world: DayWorld, patient: DayPatient, event: 'A08' | 'A11'): string => {
  const arriving = arrivingOf(world, patient);
  const at = hl7Time(arriving.now.toISOString());
  return exampleAdt(event, {
    'MSH-7': at,
    'MSH-10': `DAY-${event}-${arriving.number}`,
    'EVN-2': at,
    'EVN-6': at,
    'PID-3': `DEMO${arriving.number}^^^HIS^MR`,
    'PID-5': `${patient.name}^^^^^^L`,
    'PID-7': '',
    'PID-8': patient.template.sex === 'female' ? 'F' : 'M',
    'PID-11': `更正后的地址 ${arriving.number} 号`,
    'PID-13': '',
    'PV1-3': `${arriving.wardCode}^^^示范医院`,
    'PV1-19': `DEMOV${arriving.number}^^^HIS^VN`,
    'PV1-44': '',
  });
};
