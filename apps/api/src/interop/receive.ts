import {
  holdMessage,
  insertInbound,
  isDeadAlready,
  type NewInbound,
  resolveDead,
  takenBefore,
} from '#libs/db/stores/inbound.store';
import { raiseNotice } from '#libs/db/stores/notice.store';
import { record } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { type Ack, ackFor, type AckOutcome, buildAck, newControlId } from '#libs/interop/hl7v2/ack';
import { toAdtEvent } from '#libs/interop/hl7v2/adt';
import { type AdtEvent, type AdtPolicy } from '#libs/interop/hl7v2/adt.types';
import { type Charset } from '#libs/interop/hl7v2/charset';
import { messageHash, messageKey } from '#libs/interop/hl7v2/message-identity';
import { type ParsedMessage } from '#libs/interop/hl7v2/message';
import { parseHl7, type ParseResult } from '#libs/interop/hl7v2/parse';
import { type Hl7Problem } from '#libs/interop/hl7v2/problem';
import { timeZoneOf } from '../triage/desk';
import { type AdtEffect, type AdtSetting, ignored } from './adt-effect';
import { cancelVisit } from './cancel-visit';
import { mergePatients } from './merge-patients';
import { exactInstant } from './order';
import { registerVisit } from './register-visit';
import { updateVisit } from './update-visit';

/** The largest message that is read; a larger one is a dead letter. */
export const maxMessageBytes = 262_144;

/** A message as the connection handed it over. */
export interface Delivered {
  readonly bytes: Uint8Array;
  /** The character set of messages that name none. */
  readonly defaultCharset: Charset;
}

/** How an installation takes messages in. */
export interface IntakeSettings {
  readonly testMessages: AdtPolicy['testMessages'];
  readonly timeScale: number;
}

/** A message on its way through the transaction that takes it in. */
export interface Reception {
  readonly delivered: Delivered;
  readonly parsed: ParseResult;
  readonly sha256: string;
  /** The key under which it is taken once; null when its header could not be read. */
  readonly sourceKey: string | null;
  readonly timeZone: string;
}

/** A message that was taken in: what became of it, and the ACK to answer. */
export interface Taken {
  readonly outcome: NewInbound['outcome'] | 'repeated';
  readonly reason: string | null;
  readonly ack: Ack;
}

/** Reads a message; nothing is stored yet. */
export const readMessage = async (tx: Tx, delivered: Delivered): Promise<Reception> => {
  const parsed = parseHl7(delivered.bytes, { maxBytes: maxMessageBytes, defaultCharset: delivered.defaultCharset });
  return {
    delivered,
    parsed,
    sha256: messageHash(delivered.bytes),
    sourceKey: parsed.ok ? messageKey(parsed.message.header) : null,
    timeZone: await timeZoneOf(tx),
  };
};

/** Takes a message in, in the caller's transaction: the bytes, what they change, audit and outbox. */
export const receive = async (tx: Tx, delivered: Delivered, settings: IntakeSettings): Promise<Taken> => {
  const reception = await readMessage(tx, delivered);
  const { parsed } = reception;
  if (!parsed.ok) return bury(tx, reception, { problems: [parsed] });
  return (await answerBefore(tx, reception)) ?? apply(tx, reception, { message: parsed.message, settings });
};

/** The answer to a message that came before; null for a new one. Two of them at once wait for each other here. */
const answerBefore = async (tx: Tx, reception: Reception): Promise<Taken | null> => {
  const { sourceKey, sha256 } = reception;
  if (sourceKey === null) return null;
  await holdMessage(tx, sourceKey);
  const before = await takenBefore(tx, sourceKey);
  if (before === null) return null;
  if (before === sha256) return { outcome: 'repeated', reason: null, ack: answer(reception, { kind: 'duplicate' }) };
  return bury(tx, reception, { problems: [{ code: '205', reason: 'control-id-reused', path: 'MSH-10' }] });
};

const apply = async (
  tx: Tx,
  reception: Reception,
  { message, settings }: { message: ParsedMessage; settings: IntakeSettings },
): Promise<Taken> => {
  const { timeZone } = reception;
  const { testMessages, timeScale } = settings;
  const policy: AdtPolicy = { facilityTimeZone: timeZone, testMessages, malformedOptional: 'warn' };
  const result = toAdtEvent(message, policy);
  if (!result.ok) return bury(tx, reception, { problems: result.problems });
  const { event, warnings } = result;
  const effect = await effectOf(tx, event, { timeZone, timeScale });
  if (effect.outcome === 'dead') return bury(tx, reception, { problems: effect.problems, event });
  await keep(tx, reception, { event, effect });
  if (effect.outcome === 'ignored') return { ...effect, ack: answer(reception, { kind: 'ignored' }) };
  return { outcome: 'applied', reason: null, ack: answer(reception, { kind: 'applied', warnings }) };
};

const effectOf = async (tx: Tx, event: AdtEvent, setting: AdtSetting): Promise<AdtEffect> => {
  switch (event.kind) {
    case 'register':
      return registerVisit(tx, event, setting);
    case 'update':
      return updateVisit(tx, event, setting);
    case 'cancel-admit':
      return cancelVisit(tx, event);
    case 'ignored':
      return ignored(event.reason);
    case 'merge':
      return mergePatients(tx, event, setting);
    case 'admit':
      return ignored('event-not-handled');
  }
};

const answer = ({ parsed, timeZone }: Reception, outcome: AckOutcome): Ack => {
  const header = headerOf(parsed);
  const options = { now: new Date(), timeZone, controlId: newControlId() };
  return buildAck({ ...(header && { header }) }, ackFor(outcome), options);
};

const storable = (eventType: string): string | null => (/^[A-Z]\d{2}$/.test(eventType) ? eventType : null);

const headerOf = (parsed: ParseResult) => (parsed.ok ? parsed.message.header : parsed.header);

/** What is stored of an event beside its bytes. */
const envelopeOf = ({ parsed }: Reception, event: AdtEvent | undefined) => ({
  event: storable(event?.eventType ?? headerOf(parsed)?.triggerEvent ?? ''),
  occurredAt: exactInstant(event?.occurredAt),
  messageAt: event?.messageAt?.instant ?? null,
});

const keep = async (
  tx: Tx,
  reception: Reception,
  { event, effect }: { event: AdtEvent; effect: Exclude<AdtEffect, { outcome: 'dead' }> },
): Promise<void> => {
  const { outcome, caseId = null, visitId = null } = effect;
  const reason = effect.outcome === 'ignored' ? effect.reason : null;
  await store(tx, reception, { ...envelopeOf(reception, event), outcome, reason, answer: 'AA', caseId, visitId });
  await resolveDead(tx, reception.sha256);
};

/** Stores a message that cannot be applied as a dead letter and answers what is wrong; a repeated one adds none. */
export const bury = async (
  tx: Tx,
  reception: Reception,
  { problems, event }: { problems: readonly Hl7Problem[]; event?: AdtEvent },
): Promise<Taken> => {
  const plain = problems.map(({ code, reason, path }): Hl7Problem => ({ code, reason, ...(path && { path }) }));
  const ack = answer(reception, { kind: 'refused', problems: plain });
  const reason = plain
    .map(({ code, reason: why, path }) => [code, why, path].join(' ').trim())
    .join('; ')
    .slice(0, 500);
  const known = await isDeadAlready(tx, { sha256: reception.sha256, reason });
  const about = { outcome: 'dead', reason, answer: ack.code, caseId: null, visitId: null } as const;
  if (!known) {
    await store(tx, reception, { ...envelopeOf(reception, event), ...about });
    await tellOfDeadLetters(tx, reason);
  }
  return { outcome: 'dead', reason, ack };
};

/** Once a day for each reason: a feed that went wrong must not bury the list of notices as well. */
const tellOfDeadLetters = (tx: Tx, reason: string): Promise<boolean> =>
  raiseNotice(tx, {
    kind: 'dead-letters',
    audience: 'system_admin',
    uniqueKey: `dead-letters:${tx.principal.organisationId}:${new Date().toISOString().slice(0, 10)}:${reason}`,
    data: { reason },
  });

type Stored = Omit<NewInbound, 'sourceKey' | 'sha256' | 'bytes' | 'defaultCharset'>;

const store = async (tx: Tx, { delivered, sha256, sourceKey }: Reception, message: Stored): Promise<void> => {
  const entityId = await insertInbound(tx, { ...message, ...delivered, sourceKey, sha256 });
  const { outcome, event, reason, caseId } = message;
  await record(tx, {
    audit: {
      action: `interop.${outcome}`,
      entityType: 'message',
      entityId,
      caseIds: caseId === null ? [] : [caseId],
      after: sha256,
      detail: { event, reason, answer: message.answer },
    },
  });
};
