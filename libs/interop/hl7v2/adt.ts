import type { Hl7Segment } from '@medplum/core';
import { type AdtKind, adtOutcome, type IgnoredReason, ruleFor } from './adt.outcome';
import { readClass, readMerge, readPatient, readVisit, timeIn } from './adt.segments';
import type { AdtEnvelope, AdtEvent, AdtMerge, AdtPolicy, AdtResult, MergeEvent, TimedEnvelope } from './adt.types';
import { type Hl7Value, valueOf } from './fields';
import { type Hl7Note, type ParsedMessage, segmentsOf } from './message';
import type { Hl7Problem } from './problem';
import { checked, type Findings, plain, requireText, type SegmentReader } from './segment-reader';
import type { Hl7Time } from './timestamp';

interface Reading {
  readonly message: ParsedMessage;
  readonly policy: AdtPolicy;
  readonly findings: Findings;
}

const noFindings = (): Findings => ({ problems: [], warnings: [] });

const readerOf = (reading: Reading, name: string, segment: Hl7Segment | undefined): SegmentReader => ({
  name,
  segment,
  encoding: reading.message.header.encoding,
  findings: reading.findings,
  optional: reading.policy.malformedOptional === 'warn' ? 'warnings' : 'problems',
});

const firstOf = (reading: Reading, name: string): SegmentReader =>
  readerOf(reading, name, segmentsOf(reading.message, name)[0]);

/** A segment that must be there exactly once: with two, nobody knows which patient is meant. */
const onlyOne = (reading: Reading, name: string): SegmentReader => {
  const count = segmentsOf(reading.message, name).length;
  if (count !== 1)
    reading.findings.problems.push({
      code: '100',
      reason: count === 0 ? 'segment-missing' : 'segment-repeated',
      path: name,
    });
  return firstOf(reading, name);
};

type Times = Pick<AdtEnvelope, 'messageAt' | 'recordedAt' | 'occurredAt'>;

const readTimes = (reading: Reading): Times => {
  const check = { ...timeIn(reading.policy.facilityTimeZone), strict: true };
  const msh = firstOf(reading, 'MSH');
  const evn = firstOf(reading, 'EVN');
  requireText(msh, 7);
  requireText(evn, 2);
  return {
    messageAt: valueOf(checked(msh, 7, check)),
    recordedAt: valueOf(checked(evn, 2, check)),
    occurredAt: valueOf(checked(evn, 6, check)),
  };
};

const envelopeOf = (reading: Reading, eventType: string): AdtEnvelope => {
  const { header } = reading.message;
  const times = readTimes(reading);
  return {
    messageCode: header.messageCode,
    eventType,
    controlId: header.controlId,
    sendingApplication: header.sendingApplication,
    sendingFacility: header.sendingFacility,
    processingId: header.processingId,
    version: header.version,
    ...(times.messageAt && { messageAt: times.messageAt }),
    ...(times.recordedAt && { recordedAt: times.recordedAt }),
    ...(times.occurredAt && { occurredAt: times.occurredAt }),
  };
};

const coarse: readonly Hl7Time['precision'][] = ['year', 'month', 'day', 'hour'];

/** A day without a time would order an event before everything else of that day. */
const orderOf = (occurredAt: Hl7Time | undefined, messageAt: Hl7Time): string =>
  occurredAt && !coarse.includes(occurredAt.precision) ? occurredAt.instant : messageAt.instant;

const timed = (reading: Reading, eventType: string): TimedEnvelope | undefined => {
  onlyOne(reading, 'EVN');
  const envelope = envelopeOf(reading, eventType);
  const { messageAt, recordedAt, occurredAt } = envelope;
  if (messageAt === undefined || recordedAt === undefined) return undefined;
  return { ...envelope, messageAt, recordedAt, orderAt: orderOf(occurredAt, messageAt) };
};

const ignoredEvent = (reading: Reading, eventType: string, reason: IgnoredReason): AdtEvent => ({
  // Its times are wanted where they can be had; that they are malformed is no reason to refuse what has no effect.
  ...envelopeOf({ ...reading, findings: noFindings() }, eventType),
  kind: 'ignored',
  reason,
});

const emergencyClasses = (policy: AdtPolicy): readonly string[] => policy.emergencyClasses ?? ['E'];

const visitEvent = (reading: Reading, eventType: string, kind: Exclude<AdtKind, 'merge'>): AdtEvent | undefined => {
  const { policy } = reading;
  const pv1 = onlyOne(reading, 'PV1');
  const patientClass = valueOf(readClass(pv1, emergencyClasses(policy)));
  const emergency = patientClass !== undefined && emergencyClasses(policy).includes(patientClass);
  if (kind === 'register' && patientClass !== undefined && !emergency)
    return ignoredEvent(reading, eventType, 'not-emergency');
  const patient = readPatient(onlyOne(reading, 'PID'), policy.facilityTimeZone);
  const segments = { pv1, pv2: firstOf(reading, 'PV2'), class: patientClass ?? '', emergency };
  const visit = readVisit(segments, policy.facilityTimeZone);
  const envelope = timed(reading, eventType);
  return envelope && { ...envelope, kind, patient, visit };
};

const mergesIn = (reading: Reading): AdtMerge[] => {
  const merges: AdtMerge[] = [];
  let survivor: Hl7Segment | undefined;
  for (const segment of reading.message.tree.segments) {
    if (segment.name === 'PID') survivor = segment;
    if (segment.name !== 'MRG') continue;
    if (survivor === undefined)
      reading.findings.problems.push({ code: '100', reason: 'segment-misplaced', path: 'MRG' });
    const patient = readPatient(readerOf(reading, 'PID', survivor), reading.policy.facilityTimeZone);
    merges.push(readMerge(readerOf(reading, 'MRG', segment), patient));
    survivor = undefined;
  }
  return merges;
};

const mergeEvent = (reading: Reading, eventType: string): MergeEvent | undefined => {
  const merges = mergesIn(reading);
  if (merges.length === 0) reading.findings.problems.push({ code: '100', reason: 'segment-missing', path: 'MRG' });
  const envelope = timed(reading, eventType);
  return envelope && { ...envelope, kind: 'merge', merges };
};

const eventIn = (reading: Reading, eventType: string): AdtEvent | undefined => {
  const rule = ruleFor(eventType, reading.policy.outcomes ?? adtOutcome);
  if (rule.outcome === 'ignore') return ignoredEvent(reading, eventType, rule.reason);
  return rule.kind === 'merge' ? mergeEvent(reading, eventType) : visitEvent(reading, eventType, rule.kind);
};

const processingProblem = (processingId: string, policy: AdtPolicy): Hl7Problem | undefined => {
  if (processingId === '') return { code: '101', reason: 'field-missing', path: 'MSH-11' };
  if (!['P', 'T', 'D'].includes(processingId)) return { code: '202', reason: 'value-unknown', path: 'MSH-11' };
  if (processingId !== 'P' && policy.testMessages === 'refuse')
    return { code: '202', reason: 'processing-id-refused', path: 'MSH-11' };
  return undefined;
};

const eventProblem = (eventType: string): Hl7Problem | undefined => {
  if (eventType === '') return { code: '101', reason: 'field-missing', path: 'MSH-9.2' };
  return /^[A-Z]\d{2}$/.test(eventType) ? undefined : { code: '201', reason: 'event-malformed', path: 'MSH-9.2' };
};

const notesOf = (message: ParsedMessage, recorded: Hl7Value<string>): readonly Hl7Note[] => {
  const { triggerEvent } = message.header;
  const differ = triggerEvent !== '' && recorded.state === 'present' && recorded.value !== triggerEvent;
  return differ ? [...message.notes, 'event-types-differ'] : message.notes;
};

const storable = (eventType: string): string => (/^[A-Z0-9]{1,4}$/.test(eventType) ? eventType : '');

const adtEventIn = (reading: Reading, eventType: string): AdtEvent | undefined => {
  const { header } = reading.message;
  if (header.messageCode !== 'ADT') return ignoredEvent(reading, storable(eventType), 'message-type-not-handled');
  if (header.processingId !== 'P' && reading.policy.testMessages === 'ignore')
    return ignoredEvent(reading, storable(eventType), 'test-message');
  const problem = eventProblem(eventType);
  if (problem === undefined) return eventIn(reading, eventType);
  reading.findings.problems.push(problem);
  return undefined;
};

/**
 * The event in a message. MSH-9 names it; EVN-1 only where MSH-9 does not. Never throws for what a message holds;
 * what is wrong comes back as codes of table 0357 with places, all of it at once, never with a value.
 */
export const toAdtEvent = (message: ParsedMessage, policy: AdtPolicy): AdtResult => {
  const findings = noFindings();
  const reading: Reading = { message, policy, findings };
  const recorded = plain(firstOf(reading, 'EVN'), 1);
  const problem = processingProblem(message.header.processingId, policy);
  if (problem) findings.problems.push(problem);
  const event = adtEventIn(reading, message.header.triggerEvent || (valueOf(recorded) ?? ''));
  if (event === undefined || findings.problems.length > 0)
    return { ok: false, controlId: message.header.controlId, problems: findings.problems };
  return { ok: true, event, warnings: findings.warnings, notes: notesOf(message, recorded) };
};
