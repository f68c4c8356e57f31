import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { type UserPrincipal } from '#libs/auth/principal';
import { type TriagePacks } from '#libs/packs/pack.types';
import { packsOf, referencePacks, referenceSets } from '#libs/packs/reference-packs';
import { startLedger, type Ledger } from '../../../test/support/ledger-fixture';
import { calm, openTriage } from '../../../test/support/triage-fixture';
import { connectDataSource } from '../data-source';
import { createInTransaction, type Tx } from '../transaction';
import { forgetPacks, packsFreshMs, packsInForce } from './packs-in-force.store';
import {
  approveRulePacks,
  findRulePackVersion,
  insertRulePacks,
  lockRulePacks,
  rulePackRevision,
  rulePackVersions,
} from './rule-pack.store';

describe('rule packs of a hospital', () => {
  let ledger: Ledger;
  let editor: UserPrincipal;
  let lead: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    editor = await ledger.person(['clinical_lead'], { ward: null });
    lead = await ledger.person(['clinical_lead'], { ward: null, name: '王主任' });
  });
  afterAll(() => ledger.stop());

  /* Each test begins with a hospital that has edited nothing; only the owner of the schema can bring that about. */
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const table of ['rule_pack_approval', 'rule_pack_set'])
      await ledger.sql(
        `alter table ${table} disable trigger user; delete from ${table}; alter table ${table} enable trigger user`,
      );
    await ledger.inTransaction(ledger.worker, (tx) => Promise.resolve(forgetPacks(tx)));
  });

  const edit = (content: TriagePacks, restores: number | null = null) =>
    ledger.inTransaction(editor, async (tx) => {
      await lockRulePacks(tx);
      return insertRulePacks(tx, { content, note: '按 MEWS 分诊', restores });
    });
  const approve = (id: string, effectiveFrom: Date | null = null) =>
    ledger.inTransaction(lead, async (tx) => {
      await lockRulePacks(tx);
      const done = await approveRulePacks(tx, { id, effectiveFrom });
      forgetPacks(tx);
      return done;
    });
  const inForce = () => ledger.inTransaction(ledger.worker, packsInForce);
  const states = async () =>
    (await ledger.inTransaction(lead, (tx) => rulePackVersions(tx, { limit: 50 }))).map(
      ({ number, state }) => `${number} ${state}`,
    );
  const versions = (packs: TriagePacks) => [...new Set(packsOf(packs).map(({ version }) => version))];

  it('are those of the product until a version is approved', async () => {
    expect(await inForce()).toBe(referencePacks);
    const { id, number } = await edit(referenceSets['cn-his-mews']);
    expect(number).toBe(1);
    expect(await states()).toEqual(['1 draft']);
    expect(await inForce()).toBe(referencePacks);

    expect(await approve(id)).toBe(true);
    const packs = await inForce();
    expect(versions(packs)).toEqual(['v1']);
    expect(packs.ageGroups[2]?.pack).toMatchObject({ id: 'cn-his-mews', approvedBy: '王主任' });
    expect(await ledger.inTransaction(lead, (tx) => findRulePackVersion(tx, id))).toMatchObject({
      state: 'active',
      editedBy: editor.id,
      editorName: editor.name,
      approvedBy: lead.id,
      approverName: '王主任',
    });
  });

  it('decide what the desk is told, and every evaluation names them', async () => {
    const nurse = await ledger.person(['triage_nurse']);
    const triage = openTriage(ledger);
    const before = await triage.arrive(nurse, { vitals: { ...calm, pulse: 145 } });
    expect(before.assessment).toMatchObject({ floor: 'III' });
    await approve((await edit(referenceSets['cn-his-mews'])).id);
    const after = await triage.arrive(nurse, { vitals: { ...calm, pulse: 145 } });
    expect(after.assessment).toMatchObject({ floor: 'II' });
    const named = await ledger.sql<{ detail: { packs: { id: string; version: string }[] } }>(
      `select detail from audit where action = 'triage.assess' order by at`,
    );
    expect(named.map(({ detail }) => [...new Set(detail.packs.map(({ version }) => version))])).toEqual([
      ['1.0.0'],
      ['v1'],
    ]);
    expect(named[1]?.detail.packs).toContainEqual({ id: 'cn-his-mews', version: 'v1' });
  });

  it('of another hospital stay as they are', async () => {
    await approve((await edit(referenceSets['cn-his-mews'])).id);
    const other = { ...ledger.worker, organisationId: randomUUID() };
    expect(await ledger.inTransaction(other, packsInForce)).toBe(referencePacks);
    expect(await ledger.inTransaction({ ...lead, organisationId: other.organisationId }, rulePackRevision)).toBe(0);
  });

  it('begin when their approval says, and give way to what begins later', async () => {
    const first = await edit(referenceSets['cn-his-mews']);
    const second = await edit(referencePacks);
    const third = await edit(referenceSets['cn-his-mews'], 1);
    await approve(first.id);
    expect(await approve(second.id, new Date(Date.now() - 1000))).toBe(false);
    expect(await approve(second.id, new Date(Date.now() + 3_600_000))).toBe(true);
    expect(await states()).toEqual(['3 draft', '2 scheduled', '1 active']);
    await approve(third.id);
    expect(await states()).toEqual(['3 active', '2 scheduled', '1 superseded']);
    expect(versions(await inForce())).toEqual(['v3']);
    expect(await ledger.inTransaction(lead, rulePackRevision)).toBe(6);
  });

  describe('in another process', () => {
    const elsewhere = async (work: (run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>) => Promise<void>) => {
      const source = await connectDataSource({ url: ledger.postgres.url, poolSize: 2, applicationName: 'other' });
      const inTransaction = createInTransaction(source, ledger.cipher);
      try {
        await work((inside) => inTransaction(ledger.worker, inside));
      } finally {
        await source.destroy();
      }
    };

    it('are asked for every two seconds and not with every patient', async () => {
      let now = 50_000;
      jest.spyOn(performance, 'now').mockImplementation(() => now);
      const { id } = await edit(referenceSets['cn-his-mews']);
      await elsewhere(async (run) => {
        const asked = (): Promise<number> =>
          run(async (tx) => {
            const query = jest.fn(tx.query);
            await packsInForce({ ...tx, query: query as Tx['query'] });
            return query.mock.calls.length;
          });
        expect([await asked(), await asked()]).toEqual([1, 0]);
        await approve(id);
        expect(await run(packsInForce)).toBe(referencePacks);
        now += packsFreshMs;
        const taken = await run(packsInForce);
        expect(versions(taken)).toEqual(['v1']);
        now += packsFreshMs;
        expect(await asked()).toBe(1);
        expect(await run(packsInForce)).toBe(taken);
      });
    });
  });

  it('that cannot be read give no level at all, never that of other rules', async () => {
    const { id } = await edit({ ...referencePacks, ageGroups: [] });
    await approve(id);
    await expect(inForce()).rejects.toThrow('INTERNAL');
  });

  describe('in the ledger', () => {
    it('are never changed or removed', async () => {
      const { id } = await edit(referencePacks);
      await approve(id);
      for (const sql of [
        `update rule_pack_set set note = 'x'`,
        'delete from rule_pack_set',
        'update rule_pack_approval set effective_from = now()',
        'delete from rule_pack_approval',
      ])
        await expect(ledger.sql(sql)).rejects.toThrow('append-only');
    });

    it('are not approved by their editor, nor under the name of another editor', async () => {
      const { id } = await edit(referencePacks);
      const approval = (editedBy: string, approvedBy: string) =>
        ledger.sql(`insert into rule_pack_approval values ($1, $2, $3, $4, 'x', now(), now())`, [
          id,
          ledger.organisationId,
          editedBy,
          approvedBy,
        ]);
      await expect(approval(editor.id, editor.id)).rejects.toThrow('check');
      await expect(approval(lead.id, editor.id)).rejects.toThrow('foreign key');
      await expect(
        ledger.inTransaction(editor, (tx) => approveRulePacks(tx, { id, effectiveFrom: null })),
      ).rejects.toThrow('check');
    });

    it('are approved once', async () => {
      const { id } = await edit(referencePacks);
      await approve(id);
      await expect(approve(id)).rejects.toThrow('duplicate key');
    });

    it('restore earlier versions only', async () => {
      await edit(referencePacks);
      await expect(edit(referencePacks, 2)).rejects.toThrow('check');
      await expect(edit(referencePacks, 1)).resolves.toMatchObject({ number: 2 });
    });
  });
});
