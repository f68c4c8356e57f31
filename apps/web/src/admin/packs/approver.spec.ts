import { type Session } from '../../api/types';
import { approverFault } from './approver';

const person = (id: string, role: string, wardId: string | null): Pick<Session, 'user' | 'grants'> => ({
  user: { id } as Session['user'],
  grants: [{ role, wardId }] as Session['grants'],
});

describe('whoever approves rule packs', () => {
  it('leads the whole hospital and did not edit them', () => {
    expect(approverFault(person('b', 'clinical_lead', null), { editedBy: 'a' })).toBeNull();
    expect(approverFault(person('a', 'clinical_lead', null), { editedBy: 'a' })).toBe('own');
    expect(approverFault(person('b', 'clinical_lead', 'ward'), { editedBy: 'a' })).toBe('role');
    expect(approverFault(person('b', 'system_admin', null), { editedBy: 'a' })).toBe('role');
  });
});
