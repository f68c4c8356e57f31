import { randomUUID } from 'node:crypto';
import { type Principal, type UserPrincipal } from '#libs/auth/principal';
import { arrive, level, nurse, openDesk } from '../../../test/support/review-desk';
import { done, type Ledger, refused, startLedger } from '../../../test/support/ledger-fixture';
import { restartWorkflow, wakeWorkflow } from './repair.store';

describe('a repair', () => {
  let ledger: Ledger;
  let who: UserPrincipal;
  let admin: UserPrincipal;
  const commandLine = (organisationId: string): Principal => ({
    kind: 'system',
    name: 'command line (wang)',
    organisationId,
  });
  const delivered = () => ledger.sql('update outbox set sent_at = now() where sent_at is null');
  const entries = () =>
    ledger.sql<{ kind: string; name: string; args: unknown; workflow_id: string }>(
      'select kind, name, args, workflow_id from outbox where sent_at is null order by seq',
    );
  const audited = (action: string) =>
    ledger.sql<{ actor_id: string | null; actor_name: string; case_ids: string[] }>(
      'select actor_id, actor_name, case_ids from audit where action = $1 order by at desc limit 1',
      [action],
    );
  const patient = async () => {
    const arrived = await arrive(ledger, who);
    await delivered();
    return arrived;
  };

  beforeAll(async () => {
    ledger = await startLedger();
    who = await nurse(ledger);
    admin = await ledger.person(['system_admin'], { ward: null });
  }, 60_000);
  afterAll(() => ledger?.stop());
  beforeEach(() => delivered());

  it('starts a workflow again in the name of a person', async () => {
    const { caseId } = await patient();
    const repair = await done(ledger.inTransaction(admin, (tx) => restartWorkflow(tx, caseId)));
    expect(repair).toEqual({ workflowId: `triage:${caseId}`, sent: [{ kind: 'start', name: 'triageWorkflow' }] });
    expect(await entries()).toEqual([
      { kind: 'start', name: 'triageWorkflow', args: [{ caseId }, 'restart'], workflow_id: `triage:${caseId}` },
    ]);
    expect(await audited('repair.restart')).toEqual([
      { actor_id: admin.id, actor_name: admin.name, case_ids: [caseId] },
    ]);
  });

  it('wakes a workflow for each decision that was not carried out, or once without one', async () => {
    const { caseId, reviewId } = await patient();
    const wake = () => ledger.inTransaction(admin, (tx) => wakeWorkflow(tx, caseId));
    await done(wake());
    expect((await entries()).map(({ name, args }) => [name, args])).toEqual([['changed', []]]);
    await ledger.sql(`insert into review_view (review_id, user_id, last_sha256) values ($1, $2, 'x')`, [
      reviewId,
      who.id,
    ]);
    const { decisionId } = await done(
      openDesk(ledger).decide(who, reviewId, { action: 'manual', content: level('II') }),
    );
    await delivered();
    await done(wake());
    expect((await entries()).map(({ name, args }) => [name, args])).toEqual([['decided', [{ decisionId }]]]);
    expect(await audited('repair.wake')).toMatchObject([{ actor_name: admin.name }]);
  });

  it('may come from the command line, and from nobody else', async () => {
    const { caseId } = await patient();
    const command = commandLine(ledger.organisationId);
    await done(ledger.inTransaction(command, (tx) => wakeWorkflow(tx, caseId)));
    await delivered();
    for (const other of [who, ledger.worker, await ledger.service(['ops:read'])])
      for (const repair of [restartWorkflow, wakeWorkflow]) {
        const refusal = await refused(ledger.inTransaction(other, (tx) => repair(tx, caseId)));
        expect(refusal.code).toBe('FORBIDDEN');
      }
    expect(await entries()).toEqual([]);
  });

  it('is refused for a case that ended, and for one of another organisation', async () => {
    const { caseId } = await patient();
    const foreign = ledger.inTransaction(commandLine(randomUUID()), (tx) => wakeWorkflow(tx, caseId));
    expect((await refused(foreign)).code).toBe('NOT_FOUND');
    await ledger.sql(`update cases set ended_at = now(), state = 'closed' where id = $1`, [caseId]);
    const restart = ledger.inTransaction(admin, (tx) => restartWorkflow(tx, caseId));
    expect((await refused(restart)).code).toBe('TRANSITION_NOT_ALLOWED');
    expect(await entries()).toEqual([]);
  });
});
