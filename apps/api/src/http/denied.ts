import { type Principal } from '#libs/auth/principal';
import { record } from '#libs/db/stores/record.store';
import { type InTransaction } from '#libs/db/transaction';
import { type ErrorCode } from '#libs/errors/errors';

/** The refusals that are attempts at something one may not do (ASVS 16.3.2); lost races and wrong input are not. */
const denials: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'FORBIDDEN',
  'ADDRESS_REFUSED',
  'CSRF_REJECTED',
  'SEPARATION_OF_DUTIES',
  'STEP_UP_REQUIRED',
  'CLAIM_HELD',
  'STALE_DRAFT',
  'STALE_FACTS',
  'NO_DRAFT',
  'JUDGEMENT_REQUIRED',
  'ACTION_NOT_ALLOWED',
  'REASON_REQUIRED',
]);

/** Whether a refusal with this code is audited. */
export const isDenial = (code: ErrorCode): boolean => denials.has(code);

/** An attempt that was refused. */
export interface DeniedAttempt {
  readonly principal: Principal;
  readonly route: string;
  readonly entityId: string | undefined;
  readonly code: ErrorCode;
}

/** Audits a denied attempt in a transaction of its own, since its own was rolled back or never began. */
export const auditDenied = (inTransaction: InTransaction, attempt: DeniedAttempt): Promise<void> =>
  inTransaction(attempt.principal, (tx) =>
    record(tx, {
      audit: {
        action: attempt.route,
        entityType: attempt.route.split('/')[2] ?? 'route',
        entityId: attempt.entityId,
        outcome: 'refused',
        code: attempt.code,
      },
    }),
  );
