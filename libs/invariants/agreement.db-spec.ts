import { randomUUID } from 'node:crypto';
import { acknowledgedOf, type DecidedLedger, startDecidedLedger } from '../../test/support/decided-ledger';
import { disagreements, disagreementsAfterQuiet } from './agreement';
import { checkInvariants } from './check-invariants';
import { stuckEntries, troubledWorkflows } from './outbox';
import { type WorkflowState, type WorkflowView } from './workflow-view';

describe('workflows and ledger', () => {
  let at: DecidedLedger;
  beforeAll(async () => {
    at = await startDecidedLedger();
  }, 60_000);
  afterAll(() => at.stop());

  describe('I4', () => {
    const ids = new Map<string, WorkflowState>();
    const workflows: WorkflowView = {
      running: async () => [...ids].filter(([, state]) => state === 'running').map(([id]) => id),
      troubled: async () => [],
      stateOf: async (id) => ids.get(id) ?? 'missing',
    };
    const check = () => disagreements({ query: at.query, workflows, undoMs: 600_000 });
    beforeEach(async () => {
      ids.clear();
      for (const { id } of await at.query<{ id: string }>('select id from cases')) ids.set(`triage:${id}`, 'running');
    });

    it('holds while the workflow of an ended case may still be undone, and after it ended', async () => {
      expect(await check()).toEqual([]);
      ids.set(`triage:${at.cancelled}`, 'completed');
      expect(await check()).toEqual([]);
    });

    it('finds an open case without a running workflow, and workflows that broke or lost their case', async () => {
      const [open] = [...ids.keys()].filter((id) => id !== `triage:${at.cancelled}`);
      for (const state of ['missing', 'completed', 'broken'] as const) {
        ids.set(open!, state);
        expect(await check()).toMatchObject([{ invariant: 'I4', where: `workflow ${open}` }]);
      }
      ids.set(open!, 'running');
      ids.set(`triage:${at.cancelled}`, 'missing');
      expect(await check()).toHaveLength(1);
      ids.set(`triage:${at.cancelled}`, 'running');
      ids.set(`triage:${randomUUID()}`, 'running');
      expect(await check()).toMatchObject([{ what: 'runs and names no case' }]);
    });

    it('finds a workflow that lives on after its case', async () => {
      const statement = `update cases set ended_at = now() - interval '1 h' where id = '${at.cancelled}'`;
      expect(await at.planted(check, statement)).toMatchObject([{ where: `workflow triage:${at.cancelled}` }]);
    });

    it('finds a decision that was not carried out, and an entry not sent', async () => {
      expect(
        await at.planted(check, `update decision set committed_at = null where id = '${at.byHand.decisionId}'`),
      ).toMatchObject([{ where: `decision ${at.byHand.decisionId}` }]);
      expect(await at.planted(check, 'update outbox set sent_at = null where seq = 1')).toHaveLength(1);
    });

    it('is asked again until it holds, or the time is over', async () => {
      const [open] = [...ids.keys()];
      ids.set(open!, 'missing');
      setTimeout(() => ids.set(open!, 'running'), 300);
      expect(await disagreementsAfterQuiet({ query: at.query, workflows, undoMs: 600_000 }, 5000)).toEqual([]);
      ids.set(open!, 'missing');
      expect(await disagreementsAfterQuiet({ query: at.query, workflows, undoMs: 600_000 }, 300)).toHaveLength(1);
    });
  });

  describe('I8', () => {
    it('holds, and finds what waits for over 30 s', async () => {
      expect(await stuckEntries(at.query)).toEqual([]);
      const waiting = `update outbox set sent_at = null, created_at = now() - interval '31 s' where seq = 1`;
      expect(await at.planted(() => stuckEntries(at.query), waiting)).toHaveLength(1);
      expect(await at.planted(() => stuckEntries(at.query), 'update outbox set sent_at = null')).toEqual([]);
    });

    it('finds workflows that report problems', async () => {
      const troubled = { troubled: async () => ['triage:1'] } as unknown as WorkflowView;
      expect(await troubledWorkflows(troubled)).toMatchObject([{ invariant: 'I8', where: 'triage:1' }]);
    });
  });

  it('are asked together with all other invariants', async () => {
    const workflows: WorkflowView = {
      running: async () => [],
      troubled: async () => [],
      stateOf: async () => 'missing',
    };
    const asked = {
      query: at.query,
      workflows,
      undoMs: 1,
      cipher: at.ledger.cipher,
      acknowledged: acknowledgedOf(at),
      canaries: ['李明'],
      places: { databaseUrls: [at.adminUrl], files: [] },
      quietMs: 0,
    };
    const found = await checkInvariants(asked);
    const { I4, ...others } = found;
    expect(Object.values(others).flat()).toEqual([]);
    expect(I4).toHaveLength(4);
    const blind: typeof at.query = (sql, parameters = []) => at.ledger.source.query(sql, [...parameters]);
    await expect(checkInvariants({ ...asked, query: blind })).rejects.toThrow('does not see every row');
  });
});
