import { type Logger } from 'pino';
import { type Principal } from '#libs/auth/principal';
import { type InTransaction } from '#libs/db/transaction';
import { isCountersignError } from '#libs/errors/errors';
import { messageHash } from '#libs/interop/hl7v2/message-identity';
import { type ApiConfig } from '../api-config';
import { databaseFault, isDatabaseAway, isLostRace } from '../http/database-fault';
import { bury, type Delivered, type IntakeSettings, readMessage, receive, type Taken } from './receive';

/** What the intake of messages works with. */
export interface IntakeParts {
  readonly inTransaction: InTransaction;
  readonly log: Logger;
  readonly settings: IntakeSettings;
}

/** The parts of the intake of an application; training messages have no effect where real patients are. */
export const intakeOf = (
  inTransaction: InTransaction,
  log: Logger,
  { profile, timeScale }: Pick<ApiConfig, 'profile' | 'timeScale'>,
): IntakeParts => ({
  inTransaction,
  log,
  settings: { testMessages: profile === 'production' ? 'ignore' : 'apply', timeScale },
});

/** How often a message is taken again that collided with somebody else's work. */
const mostAttempts = 4;

const isCollision = (thrown: unknown): boolean =>
  isLostRace(thrown) || (isCountersignError(thrown) && thrown.code === 'CONFLICT');

/**
 * Takes a message in and answers what became of it and its ACK: first stored, then answered. Throws while the database is away or cannot be
 * audited, so that the sender keeps the message; a fault of ours leaves a dead letter and asks the sender to come again.
 */
export const takeIn = async (parts: IntakeParts, principal: Principal, delivered: Delivered): Promise<Taken> => {
  const { inTransaction, settings } = parts;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(principal, (tx) => receive(tx, delivered, settings));
    } catch (thrown) {
      if (isCollision(thrown) && attempt < mostAttempts) continue;
      if (isDatabaseAway(thrown) || (isCountersignError(thrown) && !isCollision(thrown))) throw thrown;
      logFault(parts.log, delivered, thrown);
      return await buryFault(parts, { principal, delivered, locked: isCollision(thrown) });
    }
  }
};

/** Without its text: it may quote the message. */
const logFault = (log: Logger, { bytes }: Delivered, thrown: unknown): void => {
  const { code: cause, constraint } = databaseFault(thrown);
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  const frames = thrown instanceof Error ? (thrown.stack ?? '').match(/^ {4}at .*/gm)?.slice(0, 12) : undefined;
  log.error({ sha256: messageHash(bytes), name, cause, constraint, frames }, 'message not applied');
};

const buryFault = (
  { inTransaction }: IntakeParts,
  given: { principal: Principal; delivered: Delivered; locked: boolean },
): Promise<Taken> =>
  inTransaction(given.principal, async (tx) => {
    const problem = given.locked
      ? ({ code: '206', reason: 'locked' } as const)
      : ({ code: '207', reason: 'internal' } as const);
    return bury(tx, await readMessage(tx, given.delivered), { problems: [problem] });
  });
