import { reasonsOf } from './reasons';

describe('why a message was not taken', () => {
  it('is read reason by reason', () => {
    expect(reasonsOf('204 visit-unknown PV1-19; 206 locked')).toEqual([
      { code: '204', why: 'visit-unknown', place: 'PV1-19' },
      { code: '206', why: 'locked', place: '' },
    ]);
  });

  it('is nothing where nothing was stored', () => {
    expect([reasonsOf(null), reasonsOf('')]).toEqual([[], []]);
  });

  it('loses nothing where the list was cut short', () => {
    expect(reasonsOf('101 field-missing PID-3; 10')).toEqual([
      { code: '101', why: 'field-missing', place: 'PID-3' },
      { code: '10', why: '', place: '' },
    ]);
  });
});
