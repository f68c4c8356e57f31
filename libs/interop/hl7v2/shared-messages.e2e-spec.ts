import { hasSharedData, sayWithoutSharedData, sharedFiles, sharedMessages } from '../../../test/support/shared-hl7';
import { ackFor, buildAck } from './ack';
import { toAdtEvent } from './adt';
import { adtOutcome, type AdtOutcomes } from './adt.outcome';
import type { AdtPolicy } from './adt.types';
import { type ParsedMessage, segmentsOf } from './message';
import { parseHl7 } from './parse';

sayWithoutSharedData('real HL7 v2 messages');

const policy: AdtPolicy = { facilityTimeZone: 'Asia/Shanghai', testMessages: 'apply' };
const options = { now: new Date('2026-11-23T00:02:00Z'), timeZone: 'Asia/Shanghai', controlId: 'ACK-1' };

interface Sample {
  readonly name: string;
  readonly bytes: Buffer;
}

const files = hasSharedData ? sharedFiles() : [];
const samples = (hasSharedData ? sharedMessages() : []).map(({ file, index, bytes }) => ({
  name: `${file} ${index}`,
  bytes,
}));

const messageOf = ({ name, bytes }: Sample): ParsedMessage => {
  const result = parseHl7(bytes);
  if (!result.ok) throw new Error(`${name}: ${result.code} ${result.reason}`);
  return result.message;
};

(hasSharedData ? describe : describe.skip)('real HL7 v2 messages', () => {
  it('are 108 files with 125 messages', () => {
    expect(files).toHaveLength(108);
    expect(samples).toHaveLength(125);
  });

  it('are all parsed, and none is refused for its version', () => {
    const messages = samples.map(messageOf);
    expect(new Set(messages.map(({ header }) => header.version)).size).toBeGreaterThan(5);
    expect(messages.every((message) => segmentsOf(message, 'MSH').length === 1)).toBe(true);
    expect(messages.flatMap(({ notes }) => notes).filter((note) => note.startsWith('version'))).toEqual([]);
  });

  it('lose no segment', () => {
    for (const sample of samples) {
      const lines = sample.bytes
        .toString('utf8')
        .split(/[\r\n]+/)
        .filter((line) => /^\uFEFF?[A-Z][A-Z0-9]{2}(\||$)/.test(line));
      expect([sample.name, messageOf(sample).tree.segments.length]).toEqual([sample.name, lines.length]);
    }
  });

  it('are events or ignored for a reason, and none is refused', () => {
    const outcomes = samples.map((sample) => {
      const result = toAdtEvent(messageOf(sample), policy);
      if (!result.ok) return `refused ${sample.name}`;
      return result.event.kind === 'ignored' ? result.event.reason : result.event.kind;
    });
    const counts: Record<string, number> = {};
    for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
    expect(counts).toEqual({
      update: 1,
      'cancel-admit': 2,
      'not-emergency': 3,
      'awaits-bed-scheduling': 17,
      'awaits-discharge': 7,
      'awaits-patient-index': 10,
      merge: 1,
      'no-effect': 4,
      'message-type-not-handled': 80,
    });
  });

  it('keep the events that merge and admit readable for the desks that will take them', () => {
    const outcomes: AdtOutcomes = {
      A01: { outcome: 'apply', kind: 'admit', reason: 'test' },
      A40: adtOutcome.A40,
    };
    const results = samples.map((sample) => toAdtEvent(messageOf(sample), { ...policy, outcomes }));
    const kinds = results.map((result) => (result.ok ? result.event.kind : 'refused'));
    expect(kinds.filter((kind) => kind === 'admit')).toHaveLength(4);
    expect(kinds.filter((kind) => kind === 'merge')).toHaveLength(1);
    // One old admission names no patient class.
    expect(results.flatMap((result) => (result.ok ? [] : result.problems))).toEqual([
      { code: '101', reason: 'field-missing', path: 'PV1-2' },
    ]);
  });

  it('are all answered so that the sender finds its control id', () => {
    for (const sample of samples) {
      const message = messageOf(sample);
      const ack = messageOf({
        name: sample.name,
        bytes: buildAck(message, ackFor({ kind: 'ignored' }), options).bytes,
      });
      expect(segmentsOf(ack, 'MSA')[0]?.getField(2).toString()).toBe(message.header.echo.controlId);
    }
  });
});
