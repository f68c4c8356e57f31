import { actingRole, holdsRole, reachableWards, type UserPrincipal, wardsHolding } from './principal';

const nurse: UserPrincipal = {
  kind: 'user',
  id: 'u1',
  name: '李护士',
  organisationId: 'o1',
  sessionId: 's1',
  grants: [
    { role: 'triage_nurse', wardId: 'w1' },
    { role: 'charge_nurse', wardId: 'w2' },
  ],
};

describe('holdsRole', () => {
  it('holds a role on its ward only', () => {
    expect(holdsRole(nurse, ['triage_nurse'], 'w1')).toBe(true);
    expect(holdsRole(nurse, ['triage_nurse'], 'w2')).toBe(false);
  });

  it('holds a role without ward everywhere', () => {
    const lead: UserPrincipal = { ...nurse, grants: [{ role: 'clinical_lead', wardId: null }] };
    expect(holdsRole(lead, ['clinical_lead'], 'w9')).toBe(true);
  });

  it('gives no role to a machine or to the system', () => {
    expect(holdsRole({ kind: 'system', name: 'worker', organisationId: 'o1' }, ['triage_nurse'], 'w1')).toBe(false);
    expect(
      holdsRole({ kind: 'service', id: 'x', name: 'his', organisationId: 'o1', scopes: [] }, ['triage_nurse'], 'w1'),
    ).toBe(false);
  });
});

describe('actingRole', () => {
  it('is the first allowed role the person holds there', () => {
    expect(actingRole(nurse, ['charge_nurse', 'triage_nurse'], 'w1')).toBe('triage_nurse');
    expect(actingRole(nurse, ['physician'], 'w1')).toBeUndefined();
  });
});

describe('reachableWards', () => {
  it('lists granted wards once, and null for all', () => {
    expect(reachableWards(nurse)).toEqual(['w1', 'w2']);
    expect(reachableWards({ ...nurse, grants: [{ role: 'auditor', wardId: null }] })).toBeNull();
    expect(reachableWards({ ...nurse, grants: [] })).toEqual([]);
  });

  it('is its own ward for a board on a wall', () => {
    const kiosk = { kind: 'kiosk', id: 'k', name: 'n', organisationId: 'o1', wardId: 'w3' } as const;
    const board = { ...kiosk, board: 'public-queue', names: 'masked', addresses: [] } as const;
    expect(reachableWards(board)).toEqual(['w3']);
    expect(holdsRole(board, ['triage_nurse'], 'w3')).toBe(false);
  });
});

describe('wardsHolding', () => {
  it('is the wards of those roles, and never those of another role', () => {
    expect(wardsHolding(nurse, ['charge_nurse'])).toEqual(['w2']);
    expect(wardsHolding(nurse, ['triage_nurse', 'charge_nurse'])).toEqual(['w1', 'w2']);
    expect(wardsHolding({ ...nurse, grants: [...nurse.grants, { role: 'coder', wardId: null }] }, ['auditor'])).toEqual(
      [],
    );
  });

  it('is everything for a role on all wards, and for machines', () => {
    expect(wardsHolding({ ...nurse, grants: [{ role: 'auditor', wardId: null }] }, ['auditor'])).toBeNull();
    expect(wardsHolding({ kind: 'system', name: 'worker', organisationId: 'o1' }, ['auditor'])).toBeNull();
  });
});
