import { faultOf, limitsOf, numberOf, plainNumber, pressuresOf } from './numbers';

describe('numbers as they are typed', () => {
  it('are read whatever the input method made of them', () => {
    expect(['３７．５', '37。5', ' 37.5 '].map(numberOf)).toEqual([37.5, 37.5, 37.5]);
    expect(plainNumber('１２０')).toBe('120');
  });

  it('are none where nothing or no number is typed', () => {
    expect([numberOf(''), numberOf(undefined)]).toEqual([null, null]);
    expect([numberOf('abc'), numberOf('3e2'), numberOf('-4'), numberOf('1.2.3')]).toEqual(Array(4).fill(Number.NaN));
  });

  it('are refused where the API would refuse them, and only there', () => {
    expect(faultOf('pulse', '400')).toBe('limits');
    expect(faultOf('pulse', '80.5')).toBe('whole');
    expect(faultOf('pulse', 'x')).toBe('notNumber');
    expect(faultOf('temperature', '37.55')).toBeNull();
    expect(faultOf('spo2', '101')).toBe('limits');
    expect([faultOf('pulse', '0'), faultOf('pulse', ''), faultOf('spo2', '100')]).toEqual([null, null, null]);
  });

  it('may be a pair of pressures', () => {
    expect(pressuresOf('120/80')).toEqual({ systolic: '120', diastolic: '80' });
    expect(pressuresOf('８８／５２')).toEqual({ systolic: '88', diastolic: '52' });
    expect([pressuresOf('120'), pressuresOf('120/'), pressuresOf('1/2/3')]).toEqual([null, null, null]);
  });

  it('have the limits of the API', () => {
    expect(limitsOf('temperature')).toEqual({ least: 20, most: 46, whole: false });
    expect(limitsOf('gcs')).toEqual({ least: 3, most: 15, whole: true });
  });
});
