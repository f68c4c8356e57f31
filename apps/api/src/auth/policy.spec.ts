import { roles, scopes } from '#libs/auth/roles';
import { type Principal } from '#libs/auth/principal';
import { allows } from './access.guard';
import { policy } from './policy';
import { policyFaults } from './routes';

const person = (...held: (typeof roles)[number][]): Principal => ({
  kind: 'user',
  id: 'u',
  name: 'n',
  organisationId: 'o',
  sessionId: 's',
  grants: held.map((role) => ({ role, wardId: null })),
});

const machine = (...held: (typeof scopes)[number][]): Principal => ({
  kind: 'service',
  id: 'm',
  name: 'n',
  organisationId: 'o',
  scopes: held,
});

const board: Principal = {
  kind: 'kiosk',
  id: 'k',
  name: 'n',
  organisationId: 'o',
  wardId: 'w',
  board: 'staff-wallboard',
  names: null,
  addresses: [],
};

describe('the policy', () => {
  it('names each route as METHOD and pattern', () => {
    for (const route of Object.keys(policy)) expect(route).toMatch(/^(GET|POST|PUT|PATCH|DELETE) \/[a-z0-9/:.-]+$/i);
  });

  it('opens nothing that changes something but signing in', () => {
    const open = Object.entries(policy).filter(([route, access]) => access === 'public' && !route.startsWith('GET '));
    expect(open.map(([route]) => route)).toEqual(['POST /api/auth/login']);
  });

  it('knows only roles and scopes that exist, and no empty list', () => {
    for (const access of Object.values(policy)) {
      if (typeof access === 'string' || 'kiosk' in access) continue;
      expect(access.roles.length + (access.scopes ?? []).length).toBeGreaterThan(0);
      expect(access.roles.filter((role) => !roles.includes(role))).toEqual([]);
      expect((access.scopes ?? []).filter((scope) => !scopes.includes(scope))).toEqual([]);
    }
  });

  it('opens to boards on a wall only what reads, and to nobody else what it opens to them', () => {
    const open = Object.entries(policy).filter(([, access]) => allows(access, board) && access !== 'public');
    expect(open.map(([route]) => route)).toEqual(['GET /api/kiosk/board', 'GET /api/kiosk/events']);
    for (const [, access] of open)
      for (const other of [person(...roles), machine(...scopes)]) expect(allows(access, other)).toBe(false);
  });

  it('gives no route for administering people to anybody but the security administrator', () => {
    for (const [route, access] of Object.entries(policy))
      if (/\/admin\/(users|service-accounts)/.test(route)) expect(access).toEqual({ roles: ['security_admin'] });
  });
});

describe('allows', () => {
  it('lets a person in by any of the roles, and by no other', () => {
    const access = { roles: ['coder', 'auditor'] } as const;
    for (const role of roles) expect(allows(access, person(role))).toBe(role === 'coder' || role === 'auditor');
    expect(allows(access, person())).toBe(false);
  });

  it('lets a machine in only where a scope is declared that it has', () => {
    for (const scope of scopes) {
      expect(allows({ roles: ['coder'] }, machine(scope))).toBe(false);
      expect(allows('signed-in', machine(scope))).toBe(false);
      expect(allows('session', machine(scope))).toBe(false);
      expect(allows({ roles: ['coder'], scopes: ['ops:read'] }, machine(scope))).toBe(scope === 'ops:read');
    }
  });

  it('lets no part of the product in by HTTP', () => {
    const system: Principal = { kind: 'system', name: 'worker', organisationId: 'o' };
    expect(allows('signed-in', system) || allows({ roles: [...roles], scopes: [...scopes] }, system)).toBe(false);
  });
});

describe('policyFaults', () => {
  it('finds what is served without a declaration and what is declared without being served', () => {
    expect(policyFaults(['GET /a', 'POST /b'], { 'GET /a': 'public', 'GET /c': 'public' })).toEqual([
      'POST /b is served but not declared',
      'GET /c is declared but not served',
    ]);
    expect(policyFaults(['GET /a'], { 'GET /a': 'public' })).toEqual([]);
    expect(policyFaults(['GET /toString'], {})).toHaveLength(1);
  });
});
