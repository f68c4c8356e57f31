import { randomBytes } from 'node:crypto';
import { digestOf } from '#libs/crypto/digest';
import { createRing, unwrapRing } from '#libs/crypto/key-ring';
import { createFieldCipher } from '#libs/db/field-cipher';
import { madeCase, plansOf } from './made-case';

const kek = randomBytes(32);
const cipher = createFieldCipher(unwrapRing(kek, createRing(kek, new Date())));
const now = Date.parse('2026-11-20T08:00:00Z');
const place = { timeZone: 'Asia/Shanghai', cipher };
const bytes = (hex: string) => Buffer.from(hex.slice(2), 'hex');

describe('made-up cases', () => {
  const plans = plansOf({ closed: 730, waiting: 8, assessing: 2 }, { after: 100, now });

  it('are as many as asked, numbered on', () => {
    expect(plans.map(({ number }) => number)).toEqual(Array.from({ length: 740 }, (_, i) => 101 + i));
    const stages = plans.map(({ stage }) => stage);
    expect(['closed', 'waiting', 'assessing'].map((stage) => stages.filter((one) => one === stage).length)).toEqual([
      730, 8, 2,
    ]);
  });

  it('arrived within the year; whoever is still here within four hours', () => {
    const ages = (stage: string) => plans.filter((one) => one.stage === stage).map(({ arrivedAt }) => now - arrivedAt);
    const hours = (ms: number) => ms / 3_600_000;
    expect(hours(Math.max(...ages('closed')))).toBeLessThanOrEqual(366 * 24);
    expect(hours(Math.max(...ages('waiting')))).toBeLessThanOrEqual(4.1);
    expect(Math.min(...plans.map(({ arrivedAt }) => now - arrivedAt))).toBeGreaterThan(0);
  });

  it('nothing of a case happens after now', () => {
    for (const plan of plans) {
      const { ended_at, facts } = madeCase(plan, place);
      const times = [...facts.map(({ at }) => at), ...(ended_at === null ? [] : [ended_at])];
      expect(Math.max(...times.map((at) => Date.parse(at)))).toBeLessThanOrEqual(now);
    }
  });

  it('carry content that opens where it will lie, with its digests', () => {
    const made = madeCase({ number: 7, stage: 'waiting', arrivedAt: now - 600_000 }, place);
    expect(cipher.open(['patient', 'name_ct', made.patient_id], bytes(made.name_ct))).toBe('基准7');
    const signed = cipher.openJson(['signature', 'content_ct', made.signature_id], bytes(made.signed_ct));
    expect(signed).toMatchObject({ level: made.level });
    expect(digestOf(signed)).toBe(made.signed_sha256);
    expect(made.facts).toHaveLength(2);
    for (const { id, content_ct, sha256 } of made.facts)
      expect(digestOf(cipher.openJson(['fact', 'content_ct', id], bytes(content_ct)))).toBe(sha256);
    expect(made.ticket_day).toBe('2026-11-20');
  });

  it('wait for a decision at level III, which its vital signs can back for half an hour', () => {
    const open = plans.filter(({ stage }) => stage === 'assessing').map((plan) => madeCase(plan, place));
    expect(open.map(({ level, facts, retriage_seconds }) => [level, facts.length, retriage_seconds])).toEqual([
      ['III', 1, 1800],
      ['III', 1, 1800],
    ]);
  });
});
