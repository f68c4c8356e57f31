import { randomUUID } from 'node:crypto';
import { type UserPrincipal } from '#libs/auth/principal';
import { isRefusal } from '#libs/review/refusal';
import { doubleOutcomes } from '#libs/invariants/decisions';
import { unaudited } from '#libs/invariants/audit-trail';
import { openSample } from '../gates/openers';
import { releaseGate, sampleDeps } from '../gates/sample-gates';
import { approving, type AtDesk, type Desk as HttpDesk, level, type Reply } from '../support/installation-desk';
import { shareInstallation } from '../support/installation-suite';
import { eventually } from '../support/installation-wait';
import { type Ledger, startLedger } from '../support/ledger-fixture';
import { offerDraft, openDesk, reviewNow } from '../support/review-desk';
import { checkSequences } from './check-sequences';
import { report } from './figures';
import { killOnce } from './nemesis';
import { nightly } from './nightly-counts';
import { type Disturbance, type Outcome, type Real, type Standing } from './review-model';

jest.setTimeout(7_200_000);

const commands = 40;

describe('any sequence of what people do', () => {
  let ledger: Ledger;
  let people: readonly [UserPrincipal, UserPrincipal];
  let registrar: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    people = [await ledger.person(['physician']), await ledger.person(['physician'])];
    registrar = await ledger.person(['triage_nurse']);
  }, 60_000);
  afterAll(() => ledger?.stop());

  const outcome = async (answer: Promise<unknown>): Promise<Outcome> => {
    const value = await answer;
    return isRefusal(value) ? value.code : 'done';
  };
  const { examples } = releaseGate;

  /** The doors of a gate that can be rejected, as functions over PostgreSQL. */
  const open = (): Real => {
    const reviews: string[] = [];
    // What each person was shown last; a person who was shown nothing names what is current.
    const shown = new Map<string, { draftVersion: number; draftSha256: string | null }>();
    let desk = openDesk(ledger, sampleDeps());
    const taken = new Map<number, () => Promise<unknown>>();
    const id = (review: number): string => reviews[review]!;
    const as = (person: number): UserPrincipal => people[person]!;
    return {
      create: async () => {
        reviews.push((await openSample(ledger, registrar, releaseGate.gate)).reviewId);
        return 0;
      },
      draft: async (review) => {
        await offerDraft(ledger, id(review), { draft: examples.draft, gate: releaseGate });
      },
      look: async (person, review) => {
        const view = await desk.view(as(person), id(review));
        if (isRefusal(view)) return view.code;
        const drafted = { draftVersion: view.draft?.version ?? 0, draftSha256: view.draft?.sha256 ?? null };
        shown.set(`${person}:${review}`, drafted);
        return 'done';
      },
      claim: (person, review) => outcome(desk.claim(as(person), id(review))),
      release: (person, review) => outcome(desk.release(as(person), id(review))),
      edit: (person, review, version) =>
        outcome(desk.keep(as(person), id(review), { version, content: { at: randomUUID() } })),
      escalate: (person, review) => outcome(desk.escalate(as(person), id(review))),
      sign: async (person, review, { action, stale }) => {
        const current = await reviewNow(ledger, id(review));
        const drafted = { draftVersion: current.draftVersion, draftSha256: current.draftSha256 };
        const sent = {
          action,
          version: current.version + (stale ? 1 : 0),
          ...((action === 'approve' || action === 'amend') && drafted),
          ...((action === 'amend' || action === 'manual') && { content: examples.otherContent }),
          reasonCode: releaseGate.gate.reasonCodes[0],
        };
        const send = () => desk.decide(as(person), id(review), sent);
        const answered = await outcome(send());
        if (answered === 'done') taken.set(review, send);
        return answered;
      },
      repeat: async (review) => {
        const again = taken.get(review);
        if (again && (await outcome(again())) === 'done') throw new Error('a decision was taken twice');
      },
      disturb: () => {
        desk = openDesk(ledger, sampleDeps());
        return Promise.resolve();
      },
      standing: async (review) =>
        standingIn(
          await reviewNow(ledger, id(review)),
          people.map((person) => person.id),
          (sql, values) => ledger.sql(sql, values),
        ),
    };
  };

  it('E-7: agrees with the rules of a review, at a gate that can be rejected', async () => {
    const count = nightly('E-7 sequences');
    const check = { sequences: count, commands, disturbances: ['restart'] as const, open };
    const gate = { rejectable: true, judgesFirst: false };
    await checkSequences({ name: 'E-7-ledger', ...check, gate });
    expect(await doubleOutcomes(ledger.sql)).toEqual([]);
    // The fixture makes hospital and cases without an audit; what people did at the reviews must have one.
    const ofReviews =
      /^(a review|a judgement|a first signature|a decision|a draft|what a person did to an open review)/;
    expect((await unaudited(ledger.sql)).filter(({ what }) => ofReviews.test(what))).toEqual([]);
    report('E-7', { sequences: count, divergences: 0 });
  });
});

type Query = (sql: string, values: readonly unknown[]) => Promise<{ action: string; by: string }[]>;

const standingIn = async (
  review: { id: string; state: string; claimedBy: string | null },
  people: readonly string[],
  query: Query,
): Promise<Standing> => {
  if (review.state === 'open')
    return { outcome: null, holder: review.claimedBy === null ? null : people.indexOf(review.claimedBy) };
  const sql = `select d.action, s.user_id::text by from decision d join signature s on s.review_id = d.review_id where d.review_id = $1`;
  const [decided, ...more] = await query(sql, [review.id]);
  if (!decided || more.length > 0) throw new Error(`${review.state} with ${more.length + (decided ? 1 : 0)} decisions`);
  return { outcome: { action: decided.action, by: people.indexOf(decided.by) }, holder: null };
};

describe('any sequence of what people do and of what befalls the processes', () => {
  const chaos = shareInstallation({ workers: 2 });
  let desks: readonly [HttpDesk, HttpDesk];

  const disturbing: Readonly<Record<Disturbance, () => Promise<unknown>>> = {
    'crash worker': () => killOnce(chaos.site.installation.part('worker'), 0),
    'crash API': () => killOnce(chaos.site.installation.part('api'), 0),
    restart: () => chaos.site.installation.restart('worker-2'),
  };
  const code = <T>({ status, body }: Reply<T>): Outcome =>
    status < 300 ? 'done' : ((body as { code?: string }).code ?? String(status));

  const open = async (): Promise<Real> => {
    desks = [await chaos.somebody('triage_nurse'), await chaos.somebody('triage_nurse')];
    const reviews: AtDesk[] = [];
    const signed = new Map<number, () => Promise<Reply<unknown>>>();
    const path = (review: number, door: string): string => `/api/reviews/${reviews[review]!.reviewId}${door}`;
    const as = (person: number): HttpDesk => desks[person]!;
    return {
      create: async () => {
        const arrived = await as(0).arrive();
        await chaos.drafted([arrived]);
        reviews.push(arrived);
        return 1;
      },
      draft: () => Promise.resolve(),
      look: async (person, review) => {
        const { reviewId } = reviews[review]!;
        await as(person).send(path(review, '/judgements'), { content: { level: 'II' } });
        return code(await as(person).get(`/api/reviews/${reviewId}`));
      },
      claim: async (person, review) => code(await as(person).send(path(review, '/claim'), {})),
      release: async (person, review) => code(await as(person).send(path(review, '/release'), {})),
      edit: async (person, review, version) =>
        code(
          await as(person).send(
            path(review, '/amendment'),
            { content: { at: randomUUID() } },
            { method: 'PUT', version },
          ),
        ),
      escalate: async (person, review) =>
        code(await as(person).send(path(review, '/escalations'), { reason: '需要上级判断' })),
      sign: async (person, review, { action, stale }) => {
        const [row] = await chaos.site.sql<{ version: number; draft: number; sha: string }>(
          'select version, draft_version draft, draft_sha256 sha from review where id = $1',
          [reviews[review]!.reviewId],
        );
        const draft = { version: row!.draft, sha256: row!.sha, content: null };
        const bound = approving({ version: row!.version, state: 'open', draft });
        const body = {
          ...(action === 'approve' || action === 'amend' ? { ...bound, action } : { action }),
          ...(action !== 'approve' && action !== 'reject' && { content: level('I') }),
          reasonCode: 'clinical-judgement',
        };
        const sending = { version: row!.version + (stale ? 1 : 0), key: randomUUID() };
        const send = () => as(person).decide(reviews[review]!.reviewId, body, sending);
        const answer = await send();
        chaos.told([answer]);
        if (answer.status < 300) signed.set(review, send);
        return code(answer);
      },
      repeat: async (review) => {
        const again = signed.get(review);
        const { caseId } = reviews[review]!;
        if (again && code(await again()) !== 'done') throw new Error('the retry was not told its decision');
        await chaos.temporal.signal(`triage:${caseId}`, 'changed');
      },
      disturb: async (how) => {
        await disturbing[how]();
      },
      standing: async (review) => {
        const [row] = await chaos.site.sql<{ id: string; state: string; claimedBy: string | null }>(
          'select id, state, claimed_by "claimedBy" from review where id = $1',
          [reviews[review]!.reviewId],
        );
        return standingIn(
          row!,
          desks.map(({ person }) => person.id),
          chaos.site.sql,
        );
      },
    };
  };

  it('E-7: agrees with the rules of a review, while API and workers crash', async () => {
    const count = nightly('E-7 sequences with crashes');
    const disturbances = ['crash worker', 'crash API', 'restart'] as const;
    const gate = { rejectable: false, judgesFirst: true };
    await checkSequences({ name: 'E-7-processes', sequences: count, commands, disturbances, gate, open });
    const waiting = () => chaos.site.sql('select id from decision where committed_at is null');
    await eventually('all carried out', async () => (await waiting()).length === 0, 60_000);
    report('E-7', { 'sequences with crashes': count, divergences: 0 });
  });
});
