import { exampleAdt } from './adt.example';
import { encodeBytes } from './charset';
import { type ParsedMessage, segmentsOf } from './message';
import { type ParseFailure, parseHl7, type ParseOptions } from './parse';

const parsed = (input: string | Uint8Array, options?: ParseOptions): ParsedMessage => {
  const result = parseHl7(typeof input === 'string' ? Buffer.from(input) : input, options);
  if (!result.ok) throw new Error(`refused: ${result.code} ${result.reason}`);
  return result.message;
};

const refused = (input: string | Uint8Array, options?: ParseOptions): ParseFailure => {
  const result = parseHl7(typeof input === 'string' ? Buffer.from(input) : input, options);
  if (result.ok) throw new Error('taken');
  return result;
};

const raw = (message: ParsedMessage, segment: string, field: number): string | undefined =>
  segmentsOf(message, segment)[0]?.getField(field)?.toString();

const a04 = exampleAdt('A04');
const gb = { 'MSH-18': 'GB 18030-2000' };

describe('parseHl7', () => {
  it('reads the header', () => {
    expect(parsed(a04).header).toMatchObject({
      sendingApplication: 'HIS',
      sendingFacility: '示范医院',
      messageCode: 'ADT',
      triggerEvent: 'A04',
      controlId: 'EX-000001',
      processingId: 'P',
      version: '2.5.1',
      encoding: { charset: 'utf-8' },
    });
  });

  it.each(['\r', '\n', '\r\n', '\r\r\n', '\n\n'])('takes %j between segments', (end) => {
    const message = parsed(a04.replaceAll('\r', end));
    expect(message.tree.segments.map((segment) => segment.name)).toEqual(['MSH', 'EVN', 'PID', 'PV1']);
    expect(message.notes).toEqual([]);
  });

  it('takes a message with no end after the last segment, and one in MLLP framing', () => {
    expect(raw(parsed(a04.slice(0, -1)), 'PV1', 44)).toBe('20261123075930');
    expect(raw(parsed(`\u000b${a04}\u001c\r`), 'PV1', 44)).toBe('20261123075930');
  });

  it('ignores a byte order mark and blank space before MSH', () => {
    expect(parsed(`\uFEFF${a04}`).header.controlId).toBe('EX-000001');
    expect(parsed(`\r\n  ${a04}`).header.controlId).toBe('EX-000001');
    expect(parsed(`\r\n\uFEFF${a04}`).tree.getSegment(0)?.name).toBe('MSH');
    const marked = Buffer.concat([
      Buffer.from([0x84, 0x31, 0x95, 0x33]),
      encodeBytes(exampleAdt('A04', gb), 'gb18030'),
    ]);
    expect(raw(parsed(marked), 'PID', 11)).toContain('示范路1号');
  });

  it('takes the separators of the message', () => {
    const own = a04
      .replaceAll('|', '#')
      .replaceAll('^', '*')
      .replaceAll('~', '!')
      .replaceAll('&', '%')
      .replaceAll('\\', '?');
    expect(parsed(own).header).toMatchObject({ triggerEvent: 'A04', sendingFacility: '示范医院' });
    expect(segmentsOf(parsed(own), 'PID')[0]?.getField(3).components[1]?.[4]).toBe('NNCHN');
  });

  it('does not mistake a field for a separator where MSH-2 is short', () => {
    const message = parsed('MSH|^~}|A|B|||2026||ADT^A04|1|P|2.1\rPID|||1^^^HIS&X');
    expect(message.header.encoding.separators.subcomponent).toBeUndefined();
    expect(raw(message, 'PID', 3)).toBe('1^^^HIS&X');
  });

  it('keeps a line that is no segment with the one before, and says so', () => {
    const message = parsed(exampleAdt('A04', { 'PID-11': '示范路1号\n2单元^^北京' }));
    expect(raw(message, 'PID', 11)).toBe('示范路1号\n2单元^^北京');
    expect(raw(message, 'PID', 13)).toContain('13900000000');
    expect(message.notes).toEqual(['continuation-line']);
  });

  it.each([
    ['', ['version-missing']],
    ['2.9', []],
    ['2.3.1', []],
    ['2.7^CHN', []],
    ['3', ['version-unexpected']],
    ['二点五', ['version-unexpected']],
  ])('refuses no version: %j', (version, notes) => {
    expect(parsed(exampleAdt('A04', { 'MSH-12': version })).notes).toEqual(notes);
  });

  it('joins the components of application and facility', () => {
    const { header } = parsed(exampleAdt('A04', { 'MSH-3': 'HIS^1.2.3^ISO', 'MSH-4': '""' }));
    expect(header.sendingApplication).toBe('HIS^1.2.3^ISO');
    expect(header.sendingFacility).toBe('');
  });
});

describe('the character set of a message', () => {
  const chinese = exampleAdt('A04', gb);

  it('is what MSH-18 says', () => {
    const message = parsed(encodeBytes(chinese, 'gb18030'));
    expect(message.header.encoding.charset).toBe('gb18030');
    expect(message.header.sendingFacility).toBe('示范医院');
    expect(raw(message, 'PID', 5)).toContain('张^三');
    expect(message.notes).toEqual([]);
  });

  it('survives GB 18030 characters whose second byte looks like a separator', () => {
    const tricky = Array.from({ length: 0x3f }, (_, index) =>
      new TextDecoder('gb18030').decode(Buffer.from([0x95, 0x40 + index])),
    ).join('');
    const message = parsed(encodeBytes(exampleAdt('A04', { ...gb, 'MSH-4': tricky, 'PID-5': tricky }), 'gb18030'));
    expect(message.header.sendingFacility).toBe(tricky);
    expect(raw(message, 'PID', 5)).toBe(tricky);
    expect(message.header.controlId).toBe('EX-000001');
  });

  it('is that of the connection where MSH-18 is empty, and said to be assumed', () => {
    const silent = exampleAdt('A04', { 'MSH-18': '' });
    expect(parsed(encodeBytes(silent, 'gb18030'), { defaultCharset: 'gb18030' }).notes).toEqual(['charset-assumed']);
    expect(parsed(silent).notes).toEqual(['charset-assumed']);
    expect(raw(parsed(encodeBytes(silent, 'gb18030'), { defaultCharset: 'gb18030' }), 'PID', 5)).toContain('张^三');
  });

  it('is never guessed: bytes that are no text are refused', () => {
    const silent = encodeBytes(exampleAdt('A04', { 'MSH-18': '' }), 'gb18030');
    expect(refused(silent)).toMatchObject({ code: '102', reason: 'bytes-invalid', controlId: 'EX-000001' });
    const lying = encodeBytes(exampleAdt('A04'), 'gb18030');
    expect(refused(lying)).toMatchObject({ code: '102', reason: 'bytes-invalid', controlId: 'EX-000001' });
  });

  it('is refused where it is none of ours, unless every byte is ASCII', () => {
    const latin = {
      'MSH-18': '8859/1',
      'MSH-4': 'H',
      'MSH-6': '',
      'PID-5': 'Doe^Jane',
      'PID-11': '',
      'PV1-3': 'ED',
      'PV1-7': '',
    };
    expect(parsed(exampleAdt('A04', latin)).notes).toEqual([]);
    expect(refused(exampleAdt('A04', { ...latin, 'PID-5': 'Doé' }))).toMatchObject({
      code: '103',
      reason: 'charset-unsupported',
      path: 'MSH-18',
    });
  });

  it('is UTF-8 behind a byte order mark, whatever MSH-18 says', () => {
    const message = parsed(`\uFEFF${chinese}`);
    expect(message.header.encoding.charset).toBe('utf-8');
    expect(message.header.echo.charset).toBe('');
  });

  it('takes the first repetition of MSH-18', () => {
    expect(parsed(exampleAdt('A04', { 'MSH-18': 'UNICODE UTF-8~ISO IR87' })).header.encoding.charset).toBe('utf-8');
  });
});

describe('what parseHl7 refuses', () => {
  it.each([
    ['', '100', 'empty'],
    ['hello', '100', 'not-hl7'],
    ['PID|1\rMSH|^~\\&|', '100', 'not-hl7'],
    ['BHS|^~\\&|A\rMSH|^~\\&|', '100', 'not-hl7'],
    ['MSH', '102', 'separators-malformed'],
    ['MSH|', '102', 'separators-malformed'],
    ['MSHA^~\\&A', '102', 'separators-malformed'],
    ['MSH|^~\\&|A|B|C|D|2026||ADT^A04|', '101', 'field-missing'],
    ['MSH|^~\\&|A|B|C|D|2026||ADT^A04|""|P|2.5', '101', 'field-missing'],
    ['MSH|^~\\&|A|B|C|D|2026|||1|P|2.5', '101', 'field-missing'],
    ['MSH|^~\\&|A|B|C|D|2026||adt^A04|1|P|2.5', '200', 'message-type-malformed'],
  ])('%j: %s', (text, code, reason) => {
    expect(refused(text)).toMatchObject({ ok: false, code, reason });
  });

  it('names the control id wherever it could be read, and only where it can be given back', () => {
    expect(refused('MSH|^~\\&|A|B|C|D|2026|||ID-7|P|2.5').controlId).toBe('ID-7');
    expect(refused(`MSH|^~\\&|A|B|C|D|2026||ADT|${'9'.repeat(200)}|P`)).toMatchObject({ code: '102', path: 'MSH-10' });
    expect(refused(`MSH|^~\\&|A|B|C|D|2026||ADT|${'9'.repeat(200)}|P`).controlId).toBeUndefined();
    expect(parsed(`MSH|^~\\&|A|B|C|D|2026||ADT|${'9'.repeat(199)}|P`).header.controlId).toHaveLength(199);
  });

  it('includes more than the size cap, still naming the control id', () => {
    const size = Buffer.byteLength(a04);
    expect(parsed(a04, { maxBytes: size }).header.controlId).toBe('EX-000001');
    expect(refused(a04, { maxBytes: size - 1 })).toMatchObject({
      code: '102',
      reason: 'too-large',
      controlId: 'EX-000001',
    });
  });

  it('includes two messages in one body', () => {
    expect(refused(a04 + a04)).toMatchObject({ code: '100', reason: 'several-messages', controlId: 'EX-000001' });
  });

  it('includes NUL, which no database of text keeps', () => {
    expect(refused(a04.replace('张', '\0'))).toMatchObject({ code: '102', reason: 'bytes-invalid' });
    expect(refused(Buffer.from(a04, 'utf16le')).reason).toBe('not-hl7');
  });
});
