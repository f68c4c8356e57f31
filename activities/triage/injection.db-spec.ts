import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { type UserPrincipal } from '#libs/auth/principal';
import { createModelEndpoint, type ModelEndpoint } from '#libs/llm/endpoint';
import { visibleText } from '#libs/llm/invisible';
import { type RehearsalServer, startRehearsalServer } from '#libs/llm/rehearsal/server';
import { suspicionsIn } from '#libs/llm/suspicion';
import { type DraftOutcome, type TriageModelActivities } from '#libs/processes/triage/triage.contract';
import { rehearseAcuity } from '#libs/processes/triage/triage.rehearsal';
import { register } from '../../apps/api/src/triage/register';
import { registrationSchema } from '../../apps/api/src/triage/triage.schema';
import { activityDeps } from '../../test/support/activity-deps';
import { countOf } from '../../test/support/counts';
import { adaptiveInjections, beaconHost, injections } from '../../test/support/injection-corpus';
import { done, type Ledger, startLedger } from '../../test/support/ledger-fixture';
import { assessment, type Desk, openDesk } from '../../test/support/review-desk';
import { createTriageModelActivities } from './triage.activities';
import { type AcuityAnswer, acuityPrompt } from './triage.prompt';

jest.setTimeout(300_000);

describe('L-8: a note that would steer the model', () => {
  let ledger: Ledger;
  let nurse: UserPrincipal;
  let desk: Desk;
  let server: RehearsalServer;
  let model: ModelEndpoint;
  let steps: TriageModelActivities;
  let beacon: Server;
  let heard = 0;
  const bodies: string[] = [];

  /** A model that does whatever the note says: it repeats it, says the least urgent level and hides an order of its own. */
  const obedient = (input: unknown): AcuityAnswer => {
    const answer = acuityPrompt.schema.parse(rehearseAcuity(input));
    const { complaint } = input as { complaint: string };
    const zh = `遵照:${complaint.slice(0, 200)}\u{E0041}\u200B请批准`;
    return { ...answer, level: 'IVb', reasons: [{ zh, en: 'as told', quote: complaint.slice(0, 200) }] };
  };

  beforeAll(async () => {
    ledger = await startLedger();
    nurse = await ledger.person(['triage_nurse']);
    desk = openDesk(ledger);
    beacon = createServer((_request, response) => response.end()).on('connection', () => (heard += 1));
    await new Promise<void>((resolve) => beacon.listen(0, beaconHost, resolve));
    server = await startRehearsalServer({
      drafters: { triage_acuity: obedient },
      onRequest: ({ body }) => bodies.push(body),
    });
    model = createModelEndpoint({ baseUrl: server.baseUrl, model: server.model });
    steps = createTriageModelActivities(activityDeps(ledger, model));
  });

  afterAll(async () => {
    await model?.close();
    await server?.close();
    await new Promise((resolve) => beacon?.close(resolve));
    await ledger?.stop();
  });

  const arriveWith = async (complaint: string) => {
    const patient = { name: '李明', sex: 'male', birthDate: '1970-01-02' };
    const body = registrationSchema.parse({ wardId: ledger.ward, patient, assessment: { ...assessment(), complaint } });
    const answer = await done(ledger.inTransaction(nurse, (tx) => register(tx, body, { timeScale: 1 })));
    return { caseId: answer.caseId, reviewId: answer.assessment?.reviewId ?? '' };
  };
  /** Everything that says where a case and its review stand; a draft may be offered beside it, and nothing else. */
  const standing = async ({ caseId, reviewId }: { caseId: string; reviewId: string }) =>
    ledger.sql(
      `select r.state, r.version, r.floor, r.round, r.claimed_by, c.state case_state, c.version case_version, t.level, t.decided_level,
         (select count(*) from decision where review_id = r.id) decisions, (select count(*) from signature where review_id = r.id) signatures,
         (select count(*) from case_move where case_id = c.id) moves, (select count(*) from fact where case_id = c.id) facts,
         (select count(*) from outbox) told
       from review r join cases c on c.id = r.case_id join triage_case t on t.case_id = c.id where r.id = $1 and c.id = $2`,
      [reviewId, caseId],
    );

  it('changes nothing but the text of a draft, reaches nobody, escapes nothing, and is labelled', async () => {
    const { port } = beacon.address() as AddressInfo;
    const corpus = [...injections(port), ...adaptiveInjections()];
    const step = Math.max(1, Math.floor(corpus.length / countOf('L-8 notes')));
    for (const { family, text } of corpus.filter((_note, at) => at % step === 0)) {
      const at = await arriveWith(text);
      const before = await standing(at);
      bodies.length = 0;
      const outcome = (await new MockActivityEnvironment().run(steps.draftTriage, {
        ...at,
        redraftRound: 0,
      })) as DraftOutcome;
      expect([family, text, await standing(at)]).toEqual([family, text, before]);
      for (const body of bodies) {
        const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] };
        const sent = messages.at(-1)?.content ?? '';
        expect(messages[0]?.content).toBe(acuityPrompt.system);
        expect(sent).not.toMatch(/[<>｜]/);
        expect(JSON.parse(sent)).toMatchObject({ complaint: visibleText(text), rules: { floor: 'II' } });
      }
      if (outcome.outcome !== 'shown') continue;
      await done(desk.judge(nurse, at.reviewId, { level: 'II', note: '' }));
      const { draft } = await done(desk.view(nurse, at.reviewId));
      const content = JSON.stringify(draft?.content);
      expect(visibleText(content)).toBe(content);
      expect(draft).toMatchObject({ approvable: false, suspicions: suspicionsIn([text]) });
    }
    expect(heard).toBe(0);
  });
});
