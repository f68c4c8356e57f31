import { exampleAdt, type ExampleFields } from './adt.example';
import { toAdtEvent } from './adt';
import { adtOutcome } from './adt.outcome';
import type { AdtEvent, AdtPolicy, AdtResult, MergeEvent, VisitEvent } from './adt.types';
import { parseHl7 } from './parse';
import type { Hl7Problem } from './problem';

const policy: AdtPolicy = { facilityTimeZone: 'Asia/Shanghai', testMessages: 'apply' };

const read = (text: string, own: Partial<AdtPolicy> = {}): AdtResult => {
  const result = parseHl7(Buffer.from(text));
  if (!result.ok) throw new Error(`refused: ${result.code} ${result.reason}`);
  return toAdtEvent(result.message, { ...policy, ...own });
};

const eventOf = (text: string, own?: Partial<AdtPolicy>): AdtEvent => {
  const result = read(text, own);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.event;
};

const visitOf = (event: string, fields?: ExampleFields, own?: Partial<AdtPolicy>): VisitEvent => {
  const found = eventOf(exampleAdt(event, fields), own);
  if (found.kind === 'ignored' || found.kind === 'merge') throw new Error(found.kind);
  return found;
};

const problemsOf = (text: string, own?: Partial<AdtPolicy>): readonly Hl7Problem[] => {
  const result = read(text, own);
  return result.ok ? [] : result.problems;
};

describe('an emergency registration (A04)', () => {
  const event = visitOf('A04');

  it('registers, and says who sent it and when it happened, was recorded and was sent', () => {
    expect(event).toMatchObject({
      kind: 'register',
      messageCode: 'ADT',
      eventType: 'A04',
      controlId: 'EX-000001',
      sendingApplication: 'HIS',
      sendingFacility: '示范医院',
      processingId: 'P',
      version: '2.5.1',
      occurredAt: { instant: '2026-11-22T23:59:30.000Z', precision: 'second', offset: 'facility' },
      recordedAt: { instant: '2026-11-23T00:01:00.000Z' },
      messageAt: { instant: '2026-11-23T00:01:05.000Z', offset: 'written' },
      orderAt: '2026-11-22T23:59:30.000Z',
    });
  });

  it('names the patient', () => {
    expect(event.patient).toEqual({
      identifiers: [
        { value: 'P000001', assigningAuthority: 'HIS', type: 'MR' },
        { value: '110101199003070000', assigningAuthority: 'CN', type: 'NNCHN' },
      ],
      name: { state: 'present', value: { full: '张三', family: '张', given: '三', alphabetic: 'SAN ZHANG' } },
      birthDate: { state: 'present', value: { date: '1990-03-07', precision: 'day' } },
      sex: { state: 'present', value: 'male' },
      address: { state: 'present', value: expect.objectContaining({ text: 'CHN北京北京示范路1号' }) },
      homePhones: {
        state: 'present',
        value: [
          { number: '010-55550100', use: 'PRN', equipment: 'PH' },
          { number: '13900000000', use: 'PRN', equipment: 'CP' },
        ],
      },
      workPhones: { state: 'absent' },
      account: { state: 'absent' },
      diedAt: { state: 'absent' },
      deathIndicator: { state: 'absent' },
    });
  });

  it('names the visit', () => {
    expect(event.visit).toMatchObject({
      class: 'E',
      emergency: true,
      visitNumber: { state: 'present', value: { value: 'V000001', assigningAuthority: 'HIS', type: 'VN' } },
      location: { state: 'present', value: { pointOfCare: 'ED', room: '抢救室', bed: '01', facility: '示范医院' } },
      admissionType: { state: 'present', value: 'E' },
      attending: { state: 'present', value: [{ id: 'D001', name: { full: '李四', family: '李', given: '四' } }] },
      admittedAt: { state: 'present', value: { instant: '2026-11-22T23:59:30.000Z' } },
      dischargedAt: { state: 'absent' },
      admitReason: { state: 'absent' },
    });
  });

  it('reads the reason and the way of arrival from PV2', () => {
    const { visit } = visitOf('A04', { 'PV2-3': 'R07^胸痛', 'PV2-38': 'A' });
    expect(visit.admitReason).toEqual({ state: 'present', value: '胸痛' });
    expect(visit.arrivalMode).toEqual({ state: 'present', value: 'A' });
  });

  it('may be of somebody nobody knows', () => {
    expect(visitOf('A04', { 'PID-5': '""', 'PID-7': '', 'PID-8': '' }).patient).toMatchObject({
      name: { state: 'delete' },
      birthDate: { state: 'absent' },
      sex: { state: 'absent' },
    });
    expect(visitOf('A04', { 'PID-5': '^^^^^^U' }).patient.name).toEqual({ state: 'absent' });
  });

  it('is ignored outside the emergency department, even where the rest is wrong', () => {
    for (const other of ['I', 'O', 'P', 'R', 'B', 'C', 'N', 'U']) {
      expect(eventOf(exampleAdt('A04', { 'PV1-2': other, 'PID-7': 'x' }))).toMatchObject({
        kind: 'ignored',
        reason: 'not-emergency',
        messageAt: { instant: '2026-11-23T00:01:05.000Z' },
      });
    }
  });

  it('counts the classes of the installation as emergency', () => {
    const local = { emergencyClasses: ['E', 'GREEN'] };
    expect(visitOf('A04', { 'PV1-2': 'GREEN' }, local).visit).toMatchObject({ class: 'GREEN', emergency: true });
    expect(problemsOf(exampleAdt('A04', { 'PV1-2': 'GREEN' }))).toEqual([
      { code: '103', reason: 'value-unknown', path: 'PV1-2' },
    ]);
  });
});

describe('an update (A08) and a cancellation (A11)', () => {
  it('keep deletion and silence apart', () => {
    const { patient, visit } = visitOf('A08', {
      'PID-7': '""',
      'PID-8': '',
      'PID-13': '""',
      'PV1-3': '""',
      'PV1-7': '',
    });
    expect(patient.birthDate).toEqual({ state: 'delete' });
    expect(patient.sex).toEqual({ state: 'absent' });
    expect(patient.homePhones).toEqual({ state: 'delete' });
    expect(visit.location).toEqual({ state: 'delete' });
    expect(visit.attending).toEqual({ state: 'absent' });
  });

  it('are typed by their event', () => {
    expect(visitOf('A08').kind).toBe('update');
    expect(visitOf('A11').kind).toBe('cancel-admit');
    expect(visitOf('A08', { 'PV1-2': 'I' }).visit.emergency).toBe(false);
  });

  it('tell a death', () => {
    expect(visitOf('A08', { 'PID-29': '202611230900', 'PID-30': 'Y' }).patient).toMatchObject({
      diedAt: { state: 'present', value: { instant: '2026-11-23T01:00:00.000Z', precision: 'minute' } },
      deathIndicator: { state: 'present', value: true },
    });
  });
});

describe('the order of events', () => {
  it('is when they happened, else when they were sent', () => {
    expect(visitOf('A04', { 'EVN-6': '' }).orderAt).toBe('2026-11-23T00:01:05.000Z');
    expect(visitOf('A04', { 'EVN-6': '' }).occurredAt).toBeUndefined();
    expect(visitOf('A04', { 'EVN-6': '202611230758' }).orderAt).toBe('2026-11-22T23:58:00.000Z');
  });

  it('is not taken from a day without a time, which would come before everything of that day', () => {
    const event = visitOf('A04', { 'EVN-6': '20261123' });
    expect(event.orderAt).toBe('2026-11-23T00:01:05.000Z');
    expect(event.occurredAt).toMatchObject({ precision: 'day', instant: '2026-11-22T16:00:00.000Z' });
  });
});

describe('the type of a message', () => {
  it('is MSH-9, and EVN-1 only where MSH-9 names no event', () => {
    const differing = read(exampleAdt('A08', { 'EVN-1': 'A01' }));
    expect(differing).toMatchObject({ ok: true, event: { kind: 'update' }, notes: ['event-types-differ'] });
    expect(eventOf(exampleAdt('A08', { 'MSH-9': 'ADT' }))).toMatchObject({ kind: 'update', eventType: 'A08' });
    expect(eventOf(exampleAdt('A08', { 'MSH-9': 'ADT^A08^ADT_A01' })).kind).toBe('update');
    expect(problemsOf(exampleAdt('A08', { 'MSH-9': 'ADT', 'EVN-1': '' }))).toEqual([
      { code: '101', reason: 'field-missing', path: 'MSH-9.2' },
    ]);
    expect(problemsOf(exampleAdt('A8'))).toEqual([{ code: '201', reason: 'event-malformed', path: 'MSH-9.2' }]);
  });

  it('other than ADT has no effect and is refused for nothing in its body', () => {
    const order = exampleAdt('O01', { 'MSH-9': 'ORM^O01', 'MSH-7': 'yesterday', 'PID-3': '' });
    expect(read(order)).toMatchObject({
      ok: true,
      event: { kind: 'ignored', reason: 'message-type-not-handled', messageCode: 'ORM', eventType: 'O01' },
      warnings: [],
    });
  });
});

describe('events without effect', () => {
  const ignored = Object.entries(adtOutcome).filter(([, rule]) => rule.outcome === 'ignore');

  it.each(ignored)('%s is ignored for the reason of the table', (event, rule) => {
    const result = eventOf(exampleAdt(event, { 'PID-3': '', 'PID-5': '', 'PV1-2': '', 'EVN-2': '' }));
    expect(result).toMatchObject({ kind: 'ignored', eventType: event, reason: rule.reason });
    expect(result).not.toHaveProperty('patient');
  });

  it('include those the table does not know', () => {
    expect(eventOf(exampleAdt('A99'))).toMatchObject({ kind: 'ignored', reason: 'event-not-handled' });
    expect(eventOf(exampleAdt('Z01'))).toMatchObject({ kind: 'ignored', reason: 'event-not-handled' });
  });

  it('are all but four', () => {
    expect(
      Object.entries(adtOutcome)
        .filter(([, rule]) => rule.outcome === 'apply')
        .map(([event]) => event),
    ).toEqual(['A04', 'A08', 'A11', 'A40']);
  });
});

describe('test messages', () => {
  it.each(['T', 'D'])('(%s) are taken, ignored or refused as the installation says', (processingId) => {
    const text = exampleAdt('A04', { 'MSH-11': processingId });
    expect(eventOf(text, { testMessages: 'apply' }).kind).toBe('register');
    expect(eventOf(text, { testMessages: 'ignore' })).toMatchObject({ kind: 'ignored', reason: 'test-message' });
    expect(problemsOf(text, { testMessages: 'refuse' })).toEqual([
      { code: '202', reason: 'processing-id-refused', path: 'MSH-11' },
    ]);
  });

  it('are told by MSH-11.1, which must be a known one', () => {
    expect(visitOf('A04', { 'MSH-11': 'P^T' }, { testMessages: 'refuse' }).kind).toBe('register');
    expect(problemsOf(exampleAdt('A04', { 'MSH-11': 'X' }))).toEqual([
      { code: '202', reason: 'value-unknown', path: 'MSH-11' },
    ]);
  });
});

describe('a later desk', () => {
  const outcomes = {
    ...adtOutcome,
    A01: { outcome: 'apply', kind: 'admit', reason: 'test' },
  } as const;

  it('takes an event over by its line in the table', () => {
    expect(visitOf('A01', { 'PV1-2': 'I' }, { outcomes })).toMatchObject({
      kind: 'admit',
      visit: { emergency: false },
    });
  });

  const merge = (text: string): MergeEvent => {
    const event = eventOf(text, { outcomes });
    if (event.kind !== 'merge') throw new Error(event.kind);
    return event;
  };

  it('reads the retired identifiers of a merge beside the surviving ones', () => {
    const { merges } = merge(exampleAdt('A40', { 'MRG-1': 'P000009^^^HIS^MR', 'MRG-5': 'V9', 'MRG-7': '无名氏' }));
    expect(merges).toHaveLength(1);
    expect(merges[0]).toMatchObject({
      patient: { identifiers: [{ value: 'P000001' }, { value: '110101199003070000' }] },
      priorIdentifiers: [{ value: 'P000009', assigningAuthority: 'HIS', type: 'MR' }],
      priorAccount: { state: 'absent' },
      priorVisit: { state: 'present', value: { value: 'V9' } },
      priorName: { state: 'present', value: { full: '无名氏' } },
    });
  });

  it('pairs each MRG with the PID before it', () => {
    const pair = (survivor: string, prior: string): string => `PID|||${survivor}||甲^乙\rMRG|${prior}\r`;
    const head = exampleAdt('A40').split('\r').slice(0, 2).join('\r');
    const { merges } = merge(`${head}\r${pair('S1', 'R1')}${pair('S2', 'R2')}`);
    expect(
      merges.map(({ patient, priorIdentifiers }) => [patient.identifiers[0]?.value, priorIdentifiers[0]?.value]),
    ).toEqual([
      ['S1', 'R1'],
      ['S2', 'R2'],
    ]);
  });

  it('refuses a merge that does not say what, or into what', () => {
    const head = exampleAdt('A40').split('\r').slice(0, 2).join('\r');
    expect(problemsOf(exampleAdt('A40'), { outcomes })).toEqual([
      { code: '100', reason: 'segment-missing', path: 'MRG' },
    ]);
    expect(problemsOf(`${head}\rMRG|R1\r`, { outcomes })).toEqual([
      { code: '100', reason: 'segment-misplaced', path: 'MRG' },
    ]);
    expect(problemsOf(exampleAdt('A40', { 'MRG-1': '^^^HIS', 'MRG-3': 'x' }), { outcomes })).toEqual([
      { code: '101', reason: 'field-missing', path: 'MRG-1' },
    ]);
  });
});
