import { exportAsk, exportFault, type ExportForm } from './export-form';

const zone = 'Asia/Shanghai';
const form: ExportForm = { kind: 'queue-history', from: '2026-11-01T08:00', to: '', wardId: '', process: 'triage' };

describe('The form of an export', () => {
  it('means the clock of the hospital, and leaves out what is not narrowed', () => {
    expect(exportAsk(form, zone)).toEqual({ kind: 'queue-history', filter: { from: '2026-11-01T00:00:00.000Z' } });
    expect(exportAsk({ ...form, kind: 'agreement', wardId: 'w' }, zone)).toEqual({
      kind: 'agreement',
      filter: { process: 'triage', from: '2026-11-01T00:00:00.000Z' },
    });
    expect(exportAsk({ ...form, wardId: 'w' }, zone)).toMatchObject({ filter: { wardId: 'w' } });
  });

  it('does not end before it begins', () => {
    expect(exportFault({ ...form, to: '2026-11-01T07:00' })).toBe('times');
    expect(exportFault({ ...form, to: '2026-11-01T09:00' })).toBeNull();
  });
});
