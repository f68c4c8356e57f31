import { randomUUID } from 'node:crypto';
import { type UserPrincipal } from '#libs/auth/principal';
import { secretHash } from '#libs/auth/session';
import { type Ledger, startLedger, within } from '../../../test/support/ledger-fixture';
import { findKiosk, insertKiosk, listKiosks, type NewKiosk, revokeKiosk } from './kiosk.store';

describe('the store of kiosks', () => {
  let ledger: Ledger;
  let admin: UserPrincipal;
  let stranger: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    admin = await ledger.person(['system_admin'], { ward: null });
    const elsewhere = randomUUID();
    await ledger.sql(`insert into organisation (id, name, time_zone) values ($1, '另一家医院', 'Asia/Shanghai')`, [
      elsewhere,
    ]);
    stranger = { ...admin, organisationId: elsewhere };
  });

  afterAll(() => ledger?.stop());

  const kiosk = (name: string, more: Partial<NewKiosk> = {}): NewKiosk => ({
    id: randomUUID(),
    name,
    wardId: ledger.ward,
    kind: 'public-queue',
    names: 'masked',
    addresses: ['10.0.0.0/8'],
    days: null,
    tokenSha256: secretHash(randomUUID()),
    ...more,
  });
  const add = async (of: NewKiosk) => {
    const row = await within(ledger, admin)((tx) => insertKiosk(tx, of));
    if (!row) throw new Error('the name is taken');
    return row;
  };
  const revoke = (id: string, as = admin) => within(ledger, as)((tx) => revokeKiosk(tx, id));

  it('finds a live one as it was added, and shows no administrator its token', async () => {
    const of = kiosk('候诊区');
    const row = await add(of);
    const { tokenSha256, days: _days, ...plain } = of;
    expect(row).toEqual({ ...plain, createdAt: expect.any(Date), expiresAt: null, revokedAt: null });
    const { kind, ...facts } = plain;
    expect(await findKiosk(ledger.source, of.id)).toEqual({
      ...facts,
      board: kind,
      organisationId: ledger.organisationId,
      tokenSha256,
    });
    const [listed] = await within(ledger, admin)((tx) => listKiosks(tx, { after: null, limit: 5 }));
    expect(listed).toEqual(row);
  });

  it('finds none that is revoked, expired or unknown', async () => {
    const [gone, old, young] = [kiosk('撤销'), kiosk('过期', { days: 1 }), kiosk('未过期', { days: 1 })];
    for (const one of [gone, old, young]) await add(one);
    await ledger.sql(`update kiosk set expires_at = now() - interval '1 second' where id = $1`, [old.id]);
    expect(await revoke(gone.id)).toBe(true);
    for (const id of [gone.id, old.id, randomUUID()]) expect(await findKiosk(ledger.source, id)).toBeNull();
    expect(await findKiosk(ledger.source, young.id)).toMatchObject({ id: young.id });
  });

  it('is revoked once, for good, and by nobody of another hospital', async () => {
    const of = kiosk('一次');
    await add(of);
    expect(await revoke(of.id, stranger)).toBe(false);
    expect(await revoke(of.id)).toBe(true);
    expect(await revoke(of.id)).toBe(false);
    await expect(ledger.sql('update kiosk set revoked_at = null where id = $1', [of.id])).rejects.toThrow();
    await expect(ledger.sql('delete from kiosk where id = $1', [of.id])).rejects.toThrow();
    expect(await within(ledger, stranger)((tx) => listKiosks(tx, { after: null, limit: 50 }))).toEqual([]);
  });

  it('changes in nothing else for the application', async () => {
    const of = kiosk('不变');
    await add(of);
    for (const change of [
      "addresses = '{}'",
      "names = 'masked'",
      'ward_id = ward_id',
      "token_sha256 = decode('', 'hex')",
    ])
      await expect(ledger.source.query(`update kiosk set ${change} where id = $1`, [of.id])).rejects.toThrow(
        'permission denied',
      );
  });

  it('has its name for itself while it is live', async () => {
    const of = kiosk('护士站', { kind: 'staff-wallboard', names: null });
    await add(of);
    expect(await within(ledger, admin)((tx) => insertKiosk(tx, kiosk('护士站')))).toBeNull();
    await revoke(of.id);
    expect((await add(kiosk('护士站'))).name).toBe('护士站');
  });

  it('says how patients are named on public boards only', async () => {
    await expect(add(kiosk('a', { names: null }))).rejects.toThrow();
    await expect(add(kiosk('b', { kind: 'staff-wallboard' }))).rejects.toThrow();
  });

  it('lists page by page, also where a name was used again', async () => {
    const ids: string[] = [];
    let after: readonly [string, string] | null = null;
    for (;;) {
      const rows = await within(ledger, admin)((tx) => listKiosks(tx, { after, limit: 2 }));
      if (rows.length === 0) break;
      ids.push(...rows.map(({ id }) => id));
      const last = rows.at(-1)!;
      after = [last.name, last.id];
    }
    const all = await ledger.sql<{ id: string }>('select id from kiosk order by name, id');
    expect(ids.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });
});
