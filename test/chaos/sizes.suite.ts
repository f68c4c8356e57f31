import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_ANSWER_CHARS } from '#libs/llm/completion';
import { type Desk, manual, type ProblemBody } from '../support/installation-desk';
import { type Chaos } from '../support/installation-suite';
import { eventually } from '../support/installation-wait';

/** F-3: what is too large for Temporal, for the ledger or for anybody to read. */
export const sizes = (chaos: Chaos): void => {
  let nurse: Desk;
  beforeAll(async () => {
    nurse = await chaos.somebody('triage_nurse');
  });
  afterEach(() => chaos.site.model.setFault(null));

  const tooLargeForTemporal = (): string[] => {
    const folder = join(chaos.site.folder, 'state', 'logs');
    return readdirSync(folder).filter((name) =>
      /TMPRL1103|BlobSizeLimit/.test(readFileSync(join(folder, name), 'utf8')),
    );
  };
  const draftingEnded = async (reviewId: string) => {
    const [row] = await chaos.site.sql<{ version: number; code: string | null }>(
      'select draft_version "version", draft_failed_code code from review where id = $1',
      [reviewId],
    );
    return row !== undefined && (row.version > 0 || row.code !== null) && row;
  };
  const decideByHand = async (reviewId: string): Promise<void> => {
    const { version } = await nurse.view(reviewId);
    const [answer] = chaos.told([await nurse.decide(reviewId, manual(), { version })]);
    expect(answer?.status).toBe(201);
  };

  it('F-3: an answer of 512 KiB is a draft, one of 2 MiB is none, and every review can be decided', async () => {
    expect(512 * 1024).toBeLessThan(MAX_ANSWER_CHARS);
    const expected = [
      ['answer-512k', null],
      ['answer-2m-less', 'MODEL_BAD_ANSWER'],
      ['answer-2m-more', 'MODEL_BAD_ANSWER'],
    ] as const;
    for (const [fault, code] of expected) {
      chaos.site.model.setFault(fault, 1);
      const asked = chaos.site.model.received();
      const at = await nurse.arrive();
      const ended = await eventually(`the end of drafting under ${fault}`, () => draftingEnded(at.reviewId));
      expect([fault, ended.version > 0, ended.code]).toEqual([fault, code === null, code]);
      expect(chaos.site.model.received()).toBe(asked + 1);
      await decideByHand(at.reviewId);
      await chaos.carriedOut([at]);
    }
    expect(tooLargeForTemporal()).toEqual([]);
  });

  it('F-3: a note of 20 MB is refused wherever it is written, and the case goes on', async () => {
    const at = await nurse.arrive();
    await chaos.drafted([at]);
    const text = '长'.repeat(7_000_000);
    const measuredAt = new Date().toISOString();
    const { version } = await nurse.look(at.reviewId);
    const refused = [
      await nurse.send<ProblemBody>(`/api/reviews/${at.reviewId}/redrafts`, { notes: [{ text }] }),
      await nurse.send<ProblemBody>(`/api/triage/cases/${at.caseId}/assessments`, {
        complaint: text,
        vitals: {},
        measuredAt,
      }),
      await nurse.decide(at.reviewId, manual('II', { reasonText: text }), { version }),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      refused.map(() => [413, 'PAYLOAD_TOO_LARGE']),
    );
    await decideByHand(at.reviewId);
    await chaos.carriedOut([at]);
    expect(tooLargeForTemporal()).toEqual([]);
  });
};
