import fc from 'fast-check';
import { ackFor, buildAck } from './ack';
import { toAdtEvent } from './adt';
import { exampleAdt } from './adt.example';
import type { AdtPolicy } from './adt.types';
import { encodeBytes } from './charset';
import { parseHl7 } from './parse';
import type { Hl7Problem } from './problem';

const policy: AdtPolicy = {
  facilityTimeZone: 'Asia/Shanghai',
  testMessages: 'apply',
};
const options = { now: new Date('2026-11-23T00:02:00Z'), timeZone: 'Asia/Shanghai', controlId: 'ACK-1' };

const problemsOf = (bytes: Uint8Array): readonly Hl7Problem[] => {
  const parsed = parseHl7(bytes);
  if (!parsed.ok) return [{ code: parsed.code, reason: parsed.reason, path: parsed.path }];
  const result = toAdtEvent(parsed.message, policy);
  if (!result.ok && result.problems.length === 0) throw new Error('refused without a reason');
  return result.ok ? [] : result.problems;
};

/** Takes bytes all the way and answers them, as the intake would; the answer must be readable by ourselves. */
const answerTo = (bytes: Uint8Array): string => {
  const problems = problemsOf(bytes);
  const answer = ackFor(problems.length === 0 ? { kind: 'applied' } : { kind: 'refused', problems });
  const parsed = parseHl7(bytes);
  const ack = buildAck(parsed.ok ? parsed.message : parsed, answer, options);
  const again = parseHl7(ack.bytes, { defaultCharset: 'utf-8' });
  if (!again.ok || again.message.header.messageCode !== 'ACK') throw new Error('unreadable answer');
  return JSON.stringify(problems);
};

const patientValues = /张|三|ZHANG|SAN|P000001|110101199003070000|19900307|13900000000|示范路|V000001/;

const samples = ['A04', 'A08', 'A11', 'A40'].flatMap((event) => [
  Buffer.from(exampleAdt(event, { 'MRG-1': 'P000009^^^HIS^MR' })),
  encodeBytes(exampleAdt(event, { 'MSH-18': 'GB 18030-2000', 'PID-5': '\\XD5C5\\三' }), 'gb18030'),
]);

describe('any bytes', () => {
  it('cut off after any byte are answered, and no failure holds a value of the patient', () => {
    for (const sample of samples.slice(0, 2))
      for (let length = 0; length <= sample.length; length += 1)
        expect(answerTo(sample.subarray(0, length))).not.toMatch(patientValues);
  });

  it('with any other one byte missing are answered, and no failure holds a value of the patient', () => {
    const sample = Buffer.from(exampleAdt('A04'));
    for (let at = 0; at < sample.length; at += 2)
      expect(answerTo(Buffer.concat([sample.subarray(0, at), sample.subarray(at + 1)]))).not.toMatch(patientValues);
  });

  it('at random are answered', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(typeof answerTo(bytes)).toBe('string');
      }),
      { numRuns: 500 },
    );
  });

  it('at random behind an MSH are answered', () => {
    const soup = fc.string({
      unit: fc.constantFrom(...Array.from('|^~\\&"\r\nAEP0142MSHPIDV张\u0000 ')),
      maxLength: 300,
    });
    const heads = fc.constantFrom(
      'MSH|^~\\&|A|B|C|D|20261123||ADT^A04|1|P|2.5\r',
      'MSH|^~\\&|',
      'MSH',
      'MSH|^~\\&|||||||ADT^A40|9|P\rEVN|',
    );
    fc.assert(
      fc.property(heads, soup, (head, text) => {
        expect(typeof answerTo(Buffer.from(head + text))).toBe('string');
      }),
      { numRuns: 700 },
    );
  });

  it('of a message with some changed are answered', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...samples), changes, (sample, edits) => {
        const bytes = Buffer.from(sample);
        for (const [at, value] of edits) bytes[at % bytes.length] = value;
        expect(typeof answerTo(bytes)).toBe('string');
      }),
      { numRuns: 700 },
    );
  });

  it('in great number are read in time that grows with their number', () => {
    const long = (count: number): Buffer =>
      Buffer.from(exampleAdt('A04', { 'PID-11': '\\F\\^&~'.repeat(count), 'PID-13': '"'.repeat(count) }));
    const started = performance.now();
    expect(answerTo(long(20_000))).toBe('[]');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
