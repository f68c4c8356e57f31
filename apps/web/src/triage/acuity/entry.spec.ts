import { acuityContent, acuityForm } from './entry';

describe('the form of a triage level', () => {
  it('is made again from what was kept, judged or signed', () => {
    const signed = { level: 'II', department: '胸痛中心', note: '' } as const;
    expect(acuityContent(acuityForm(signed))).toEqual(signed);
    expect(acuityForm({ level: 'III', note: '复测' })).toEqual({ level: 'III', department: '', note: '复测' });
  });

  it('is left open by what is none', () => {
    const open = { level: null, department: '', note: '' };
    expect([acuityForm(null), acuityForm({ level: 'VII', note: 3 })]).toEqual([open, open]);
    expect(acuityContent(open)).toBeNull();
  });
});
