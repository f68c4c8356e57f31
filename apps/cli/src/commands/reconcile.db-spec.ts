import { randomUUID } from 'node:crypto';
import { restartWorkflow, wakeWorkflow } from '#libs/db/stores/repair.store';
import { arrive, nurse } from '../../../../test/support/review-desk';
import { type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { type CommandLedger } from './ledger';
import { compare, linesOf, repair } from './reconcile';

describe('the reconcile command', () => {
  let ledger: Ledger;
  let command: CommandLedger;
  const unsent = () =>
    ledger.sql<{ kind: string; name: string }>('select kind, name from outbox where sent_at is null order by seq');

  beforeAll(async () => {
    ledger = await startLedger();
    const { source, inTransaction } = ledger;
    const temporal = { address: '127.0.0.1:1', namespace: 'none' };
    command = { source, inTransaction, config: { temporal } as CommandLedger['config'] };
  }, 60_000);
  afterAll(() => ledger?.stop());

  it('looks at the ledger alone while Temporal is away, and says so', async () => {
    const report = await compare(command);
    expect(report).toMatchObject({ temporal: 'away', findings: [] });
    expect(linesOf(report)).toEqual([
      'Temporal does not answer: only the ledger was looked at.',
      'Ledger and workflows agree.',
    ]);
  });

  it('asks where Temporal is when it does not know', async () => {
    const config = { temporal: { namespace: 'none' } } as CommandLedger['config'];
    await expect(compare({ ...command, config })).rejects.toThrow('TEMPORAL_ADDRESS');
  });

  it('lists each finding with its case and what it means', () => {
    const finding = {
      kind: 'workflow-missing',
      key: 'k',
      organisationId: 'o',
      caseId: 'c',
      reviewId: null,
      since: 's',
      detail: { state: 'closed' },
    } as const;
    expect(linesOf({ at: '', temporal: 'asked', truncated: true, findings: [finding] })).toEqual([
      'workflow-missing      c  s  an open case has no running workflow {"state":"closed"}',
      'There is more than is listed here.',
    ]);
  });

  it('has a start and a wake sent again in the name of whoever is at the terminal', async () => {
    const { caseId } = await arrive(ledger, await nurse(ledger));
    await ledger.sql('update outbox set sent_at = now()');
    await repair(command, caseId, restartWorkflow);
    await repair(command, caseId, wakeWorkflow);
    expect(await unsent()).toEqual([
      { kind: 'start', name: 'triageWorkflow' },
      { kind: 'signal', name: 'changed' },
    ]);
    const audited = await ledger.sql<{ actor_name: string }>(
      `select actor_name from audit where action like 'repair.%'`,
    );
    expect(audited.map(({ actor_name }) => actor_name)).toEqual(
      Array(2).fill(expect.stringMatching(/^command line \(/)),
    );
  });

  it('says why something is not done, and does nothing', async () => {
    await ledger.sql('update outbox set sent_at = now()');
    await expect(repair(command, randomUUID(), wakeWorkflow)).rejects.toThrow('There is no case');
    await expect(repair(command, 'not an id', wakeWorkflow)).rejects.toThrow('There is no case');
    const { caseId } = await arrive(ledger, await nurse(ledger));
    await ledger.sql(`update outbox set sent_at = now()`);
    await ledger.sql(`update cases set ended_at = now(), state = 'closed' where id = $1`, [caseId]);
    await expect(repair(command, caseId, restartWorkflow)).rejects.toThrow('TRANSITION_NOT_ALLOWED');
    expect(await unsent()).toEqual([]);
  });
});
