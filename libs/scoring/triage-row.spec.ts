import { danishRow } from './danish-format';
import { ktasRow } from './ktas-format';
import { cellNumber, rowInput } from './triage-row';

describe('cellNumber', () => {
  it.each([
    ['16', 16],
    [' 0 ', 0],
    ['36.5', 36.5],
    ['-3', -3],
  ])('reads "%s"', (cell, value) => {
    expect(cellNumber(cell)).toBe(value);
  });

  it.each(['', '  ', '??', '#BOŞ!', '9,83', '1e3', 'NaN', 'Infinity', '0x10', '1.', undefined])(
    'takes "%s" as nothing written',
    (cell) => {
      expect(cellNumber(cell)).toBeNull();
    },
  );
});

describe('rowInput', () => {
  it('keeps what an assessment accepts and counts what it refuses as missing', () => {
    const { input, refused } = rowInput({ pulse: 900, gcs: 2, spo2: 0, systolic: null }, { years: null, sex: 'male' });
    expect(refused).toBe(2);
    expect(input.assessment.vitals).toEqual({ spo2: 0 });
    expect(input.patient).toEqual({ ageEstimated: false, sex: 'male' });
  });

  it.each([
    [0, 0],
    [1, 366],
    [10, 3653],
    [16, 5844],
    [65, 23_742],
  ])('turns %d years into day %d, the first day of that age', (years, days) => {
    expect(rowInput({}, { years, sex: 'unknown' }).input.patient.ageDays).toBe(days);
  });
});

describe('danishRow', () => {
  const cells = {
    triage: 'orange',
    age: '71',
    sex: 'male',
    mort30: '1',
    icustatus: '0',
    saturation: '91',
    respirationsfrekvens: '22',
    puls: '',
    systoliskblodtryk: '140',
    gcs: '14',
  };

  it('reads vital signs, age and outcomes', () => {
    expect(danishRow(cells)).toMatchObject({
      refused: 0,
      input: {
        assessment: { vitals: { spo2: 91, respiratoryRate: 22, systolic: 140, gcs: 14 } },
        patient: { ageDays: 25_933, sex: 'male' },
      },
      truth: { colour: true, death30: true, icu: false, expert: null, nurse: null },
    });
    expect(danishRow(cells).input.assessment.vitals).not.toHaveProperty('pulse');
  });

  it('reads blanks as not recorded', () => {
    expect(danishRow({ ...cells, triage: ' ', mort30: '', icustatus: '' }).truth).toMatchObject({
      colour: false,
      death30: null,
      icu: null,
    });
  });

  it('never reads laboratory values or what happened later', () => {
    const later = { ...cells, crp: '300', k: '9', inddage: '40' };
    expect(danishRow(later)).toEqual(danishRow(cells));
  });
});

describe('ktasRow', () => {
  const cells = {
    Sex: '1',
    Age: '58',
    Chief_complain: 'chest pain',
    Mental: '2',
    NRS_pain: '#BOŞ!',
    SBP: '91',
    DBP: '??',
    HR: '93 ',
    RR: '18',
    BT: '36.5',
    Saturation: '',
    KTAS_RN: '4',
    KTAS_expert: '2',
  };

  it('reads consciousness by number, vital signs, and both levels', () => {
    const { input, truth, refused } = ktasRow(cells);
    expect(refused).toBe(0);
    expect(input.assessment.vitals).toEqual({
      consciousness: 'V',
      systolic: 91,
      pulse: 93,
      respiratoryRate: 18,
      temperature: 36.5,
    });
    expect(input.patient).toMatchObject({ sex: 'female', ageDays: 21_185 });
    expect(truth).toEqual({ colour: false, death30: null, icu: null, expert: 'II', nurse: 'IV' });
  });

  it('takes levels 4 and 5 as IV and anything else as not recorded', () => {
    const experts = ['1', '2', '3', '4', '5', '6', '0', '', '2.5'].map(
      (level) => ktasRow({ ...cells, KTAS_expert: level }).truth.expert,
    );
    expect(experts).toEqual(['I', 'II', 'III', 'IV', 'IV', null, null, null, null]);
  });

  it('never reads what was found after triage', () => {
    const leaked = { ...cells, Disposition: '7', 'Diagnosis in ED': 'sepsis', mistriage: '2', Error_group: '1' };
    expect(ktasRow(leaked)).toEqual(ktasRow(cells));
  });
});
