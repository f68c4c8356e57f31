import fc from 'fast-check';
import { ackFor, type AckOutcome, buildAck, newControlId } from './ack';
import { exampleAdt, type ExampleFields } from './adt.example';
import { encodeBytes } from './charset';
import { type ParsedMessage, segmentsOf } from './message';
import { parseHl7 } from './parse';
import { errorTexts, type Hl7ErrorCode } from './problem';

const options = { now: new Date('2026-11-23T00:02:00Z'), timeZone: 'Asia/Shanghai', controlId: 'ACK-1' };

const messageOf = (bytes: Uint8Array): ParsedMessage => {
  const result = parseHl7(bytes);
  if (!result.ok) throw new Error(`refused: ${result.code} ${result.reason}`);
  return result.message;
};

const example = (fields?: ExampleFields): ParsedMessage => messageOf(Buffer.from(exampleAdt('A04', fields)));

const field = (message: ParsedMessage, segment: string, number: number): string =>
  segmentsOf(message, segment)[0]?.getField(number)?.toString() ?? '';

const applied = ackFor({ kind: 'applied' });

describe('the answer to an outcome', () => {
  it.each<[AckOutcome, string, string[]]>([
    [{ kind: 'applied' }, 'AA', []],
    [{ kind: 'applied', warnings: [{ code: '102', reason: 'datatype-malformed', path: 'PID-7' }] }, 'AA', ['102 W']],
    [{ kind: 'ignored' }, 'AA', []],
    [{ kind: 'duplicate' }, 'AA', []],
    [{ kind: 'control-id-reused' }, 'AE', ['205 E']],
    [{ kind: 'refused', problems: [{ code: '101', reason: 'field-missing', path: 'PID-3' }] }, 'AE', ['101 E']],
    [{ kind: 'refused', problems: [{ code: '204', reason: 'visit-unknown', path: 'PV1-19' }] }, 'AE', ['204 E']],
    [{ kind: 'refused', problems: [{ code: '207', reason: 'internal' }] }, 'AR', ['207 E']],
  ])('%j', (outcome, code, errors) => {
    const answer = ackFor(outcome);
    expect(answer.code).toBe(code);
    expect(answer.errors.map((error) => `${error.code} ${error.severity}`)).toEqual(errors);
  });

  it('rejects what no change of content would mend, and asks for the rest to be mended', () => {
    const answers = Object.keys(errorTexts).map((code) => {
      const problem = { code: code as Hl7ErrorCode, reason: 'internal' } as const;
      return [code, ackFor({ kind: 'refused', problems: [problem] }).code];
    });
    expect(Object.fromEntries(answers)).toEqual({
      100: 'AE',
      101: 'AE',
      102: 'AE',
      103: 'AE',
      200: 'AR',
      201: 'AR',
      202: 'AR',
      203: 'AR',
      204: 'AE',
      205: 'AE',
      206: 'AR',
      207: 'AR',
    });
  });
});

describe('an acknowledgement', () => {
  it('goes back to the sender with its control id', () => {
    expect(buildAck(example(), applied, options).text).toBe(
      'MSH|^~\\&|COUNTERSIGN|急诊科|HIS|示范医院|20261123080200+0800||ACK^A04^ACK|ACK-1|P|2.5.1||||||UNICODE UTF-8\r' +
        'MSA|AA|EX-000001\r',
    );
  });

  it('names place, code, severity and a text for each error', () => {
    const answer = ackFor({
      kind: 'refused',
      problems: [
        { code: '101', reason: 'field-missing', path: 'PID-3' },
        { code: '201', reason: 'event-malformed', path: 'MSH-9.2' },
        { code: '100', reason: 'segment-missing', path: 'PV1' },
        { code: '102', reason: 'too-large' },
      ],
    });
    const lines = buildAck(example(), answer, options).text.split('\r');
    expect(lines.slice(1)).toEqual([
      'MSA|AR|EX-000001',
      'ERR||PID^1^3|101^Required field missing^HL70357|E||||A required field is empty',
      'ERR||MSH^1^9^1^2|201^Unsupported event code^HL70357|E||||MSH-9.2 is not a trigger event',
      'ERR||PV1^1|100^Segment sequence error^HL70357|E||||A required segment is missing',
      'ERR|||102^Data type error^HL70357|E||||The message is larger than the receiver accepts',
      '',
    ]);
  });

  it('answers 205 to a control id that came with another message', () => {
    const ack = messageOf(buildAck(example(), ackFor({ kind: 'control-id-reused' }), options).bytes);
    expect(field(ack, 'MSA', 1)).toBe('AE');
    expect(field(ack, 'ERR', 2)).toBe('MSH^1^10');
    expect(field(ack, 'ERR', 3)).toBe('205^Duplicate key identifier^HL70357');
  });

  it('is parsed by our own parser, whatever the separators of the message', () => {
    const separators = fc.uniqueArray(fc.constantFrom(...Array.from('|^~\\&#*!?%$@+-./:;<=>_`{}()[],')), {
      minLength: 5,
      maxLength: 5,
    });
    fc.assert(
      fc.property(separators, ([f = '', c = '', r = '', e = '', s = '']) => {
        const text = `MSH${f}${c}${r}${e}${s}${f}HIS${c}1${f}H${f}CS${f}ED${f}20261123${f}${f}ADT${c}A04${f}ID 7${f}T${f}2${f}`;
        const ack = messageOf(
          buildAck(messageOf(Buffer.from(text)), ackFor({ kind: 'control-id-reused' }), options).bytes,
        );
        expect(ack.header).toMatchObject({
          messageCode: 'ACK',
          triggerEvent: 'A04',
          controlId: 'ACK-1',
          sendingApplication: 'CS',
          sendingFacility: 'ED',
          processingId: 'T',
          version: '2.5.1',
        });
        expect(ack.header.echo.receivingApplication).toBe(`HIS${c}1`);
        expect(field(ack, 'MSA', 2)).toBe('ID 7');
        expect(segmentsOf(ack, 'ERR')[0]?.getField(3).components[0]?.[0]).toBe('205');
      }),
    );
  });

  it('uses the standard separators where those of the message do not suffice', () => {
    const message = messageOf(Buffer.from('MSH|*|A*1|B&C|||2026||ADT*A04|I&D|P|2.1\r'));
    const lines = buildAck(message, applied, options).text.split('\r');
    expect(lines[0]).toContain('MSH|^~\\&|COUNTERSIGN||A^1|B\\T\\C|');
    expect(lines[1]).toBe('MSA|AA|I\\T\\D');
  });

  it('is written in the character set of the message', () => {
    const bytes = encodeBytes(exampleAdt('A04', { 'MSH-18': 'GB 18030-2000' }), 'gb18030');
    const ack = buildAck(messageOf(bytes), applied, options);
    expect(ack.bytes).toEqual(encodeBytes(ack.text, 'gb18030'));
    expect(ack.bytes).not.toEqual(Buffer.from(ack.text));
    expect(messageOf(ack.bytes).header.echo.receivingFacility).toBe('示范医院');
    expect(field(messageOf(ack.bytes), 'MSH', 18)).toBe('GB 18030-2000');
  });

  it('gives the control id back exactly as sent, escapes included', () => {
    expect(field(messageOf(buildAck(example({ 'MSH-10': 'A\\F\\B\\X41\\' }), applied, options).bytes), 'MSA', 2)).toBe(
      'A\\F\\B\\X41\\',
    );
  });

  it('can be made for a message that could not be parsed', () => {
    const garbage = parseHl7(Buffer.from('garbage'));
    const nameless = parseHl7(Buffer.from('MSH|^~\\&|HIS|H|CS|ED|2026|||ID-7|P|2.5'));
    if (garbage.ok || nameless.ok) throw new Error('taken');
    expect(
      buildAck(garbage, ackFor({ kind: 'refused', problems: [garbage] }), options)
        .text.split('\r')
        .slice(0, 2),
    ).toEqual(['MSH|^~\\&|COUNTERSIGN||||20261123080200+0800||ACK|ACK-1|P|2.5.1', 'MSA|AE|']);
    const answered = buildAck(nameless, ackFor({ kind: 'refused', problems: [nameless] }), options);
    expect(answered.text).toContain('|CS|ED|HIS|H|');
    expect(answered.text).toContain('\rMSA|AE|ID-7\r');
  });

  it('passes on no control character that would end a frame early', () => {
    const ack = buildAck(example({ 'MSH-3': 'A\u001c\u000bB' }), applied, options);
    expect(ack.text.replaceAll('\r', '')).not.toMatch(/\p{Cc}/u);
  });

  it('repeats nothing of the patient', () => {
    const problem = parseHl7(Buffer.from(exampleAdt('A04', { 'MSH-9': '' })));
    if (problem.ok) throw new Error('taken');
    expect(buildAck(problem, ackFor({ kind: 'refused', problems: [problem] }), options).text).not.toMatch(
      /张|ZHANG|P000001|19900307/,
    );
  });
});

describe('a control id of ours', () => {
  it('fits version 2.5.1 and does not repeat', () => {
    const ids = Array.from({ length: 100 }, newControlId);
    expect(new Set(ids).size).toBe(100);
    expect(ids.every((id) => /^[0-9a-f]{20}$/.test(id))).toBe(true);
  });
});
