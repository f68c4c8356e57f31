import { auditFaults, auditFilter, emptyForm } from './audit-form';

const zone = 'Asia/Shanghai';

describe('a search of the audit', () => {
  it('asks for everything while nothing is typed', () => {
    expect(auditFilter(emptyForm, zone)).toEqual({});
    expect(auditFaults(emptyForm)).toEqual([]);
  });

  it('means the clock of the hospital', () => {
    expect(auditFilter({ ...emptyForm, from: '2026-11-23T08:00' }, zone)).toEqual({ from: '2026-11-23T00:00:00.000Z' });
  });

  it('names a person by their id, never by the name', () => {
    const actor = { id: '018f0000-0000-7000-8000-000000000000', name: '张三' };
    expect(auditFilter({ ...emptyForm, actor, action: ' rollout.set ' }, zone)).toEqual({
      actorId: actor.id,
      actionPrefix: 'rollout.set',
    });
  });

  it('finds by the name of a person, the ticket of a day, the number of a visit', () => {
    const form = { ...emptyForm, who: ' 李护士 ', ticketNo: '17', ticketDay: '2026-11-23', visitNumber: 'V-1' };
    expect(auditFilter(form, zone)).toEqual({
      actor: '李护士',
      ticketNo: 17,
      ticketDay: '2026-11-23',
      visitNumber: 'V-1',
    });
    expect(auditFaults({ ...form, ticketDay: '' })).toEqual(['ticket']);
    expect(auditFaults({ ...form, ticketNo: '0' })).toEqual(['ticket']);
  });

  it('does not search backwards, for half a case id, nor for what is no action', () => {
    const form = { ...emptyForm, from: '2026-11-23T08:00', to: '2026-11-23T07:00', caseId: '018f', action: '张三' };
    expect(auditFaults(form)).toEqual(['times', 'case', 'action']);
  });
});
