import { grantFault, isAdministrator } from './grant-rules';

describe('a role that is to be given', () => {
  it('is refused to whoever holds it there', () => {
    const held = [{ role: 'triage_nurse', wardId: 'a' }] as const;
    expect(grantFault(held, { role: 'triage_nurse', wardId: 'a' })).toEqual({ why: 'held' });
    expect(grantFault(held, { role: 'triage_nurse', wardId: 'b' })).toBeNull();
    expect(grantFault(held, { role: 'triage_nurse', wardId: null })).toBeNull();
  });

  it('is refused where two administrators would be one person', () => {
    const held = [{ role: 'auditor', wardId: null }] as const;
    const fault = { why: 'administrator', holds: 'auditor' };
    expect(grantFault(held, { role: 'security_admin', wardId: null })).toEqual(fault);
    expect(grantFault(held, { role: 'system_admin', wardId: null })).toEqual(fault);
    expect(grantFault(held, { role: 'clinical_lead', wardId: null })).toBeNull();
  });

  it('names three administrators', () => {
    expect(isAdministrator('security_admin')).toBe(true);
    expect(isAdministrator('clinical_lead')).toBe(false);
  });
});
