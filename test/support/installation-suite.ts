import { type Acknowledged } from '#libs/invariants/decisions';
import { type Role } from '#libs/auth/roles';
import { startTestInstallation, type TestInstallation, type TestInstallationOptions } from './installation';
import { type Desk, type DecisionAnswer, openDesk, type ProblemBody, type Reply } from './installation-desk';
import { acknowledgedIn, violations } from './installation-invariants';
import { openTemporal, type TestTemporalAccess } from './installation-temporal';
import { eventually, inLanes, range } from './installation-wait';
import { type AtDesk } from './installation-desk';

/** One installation that the tests of a spec share. Its parts are there from the first test on. */
export interface Chaos {
  readonly site: TestInstallation;
  readonly temporal: TestTemporalAccess;
  /** The desk of a new person with these roles on the whole hospital. */
  somebody(...roles: Role[]): Promise<Desk>;
  /** Remembers what people were told (2xx), for I1; answers it as it was given. */
  told<T extends readonly Reply<DecisionAnswer & ProblemBody>[]>(answers: T): T;
  /** Patients with an open review each, registered by this person. */
  arrive(desk: Desk, count: number, patient?: Readonly<Record<string, unknown>>): Promise<AtDesk[]>;
  /** Waits until each of these has a draft. */
  drafted(patients: readonly AtDesk[]): Promise<void>;
  /** The decisions in the ledger on these reviews. */
  decisions(patients: readonly AtDesk[]): Promise<{ id: string; reviewId: string; committed: boolean }[]>;
  /** Waits until workflows have carried out the decisions on these reviews. */
  carriedOut(patients: readonly AtDesk[], withinMs?: number): Promise<void>;
}

/**
 * Boots one installation for the tests of a describe block, and checks I1–I5 and I8 after each of them. `exempt` lets a
 * test name the cases whose workflows it broke on purpose.
 */
export const shareInstallation = (options: TestInstallationOptions & { exempt?: Set<string> } = {}): Chaos => {
  const { exempt = new Set<string>(), ...rest } = options;
  let site: TestInstallation | undefined;
  let temporal: TestTemporalAccess | undefined;
  const acknowledged: Acknowledged[] = [];
  beforeAll(async () => {
    site = await startTestInstallation(rest);
    temporal = await openTemporal(site);
  }, 400_000);
  afterAll(async () => {
    await temporal?.close();
    await site?.stop();
  }, 60_000);
  afterEach(async () => {
    if (!site || !temporal) return;
    site.model.latencyMs = 20;
    expect(await violations(site, temporal, { acknowledged, exempt })).toEqual([]);
  }, 900_000);
  return chaosOf({ site: () => there(site), temporal: () => there(temporal), acknowledged });
};

const there = <T>(part: T | undefined): T => {
  if (part === undefined) throw new Error('the installation did not start');
  return part;
};

const chaosOf = (parts: {
  site: () => TestInstallation;
  temporal: () => TestTemporalAccess;
  acknowledged: Acknowledged[];
}): Chaos => {
  const ids = (patients: readonly AtDesk[]) => patients.map(({ reviewId }) => reviewId);
  const decisions: Chaos['decisions'] = (patients) =>
    parts.site().sql(
      `select id, review_id "reviewId", committed_at is not null committed from decision
       where review_id = any($1) order by array_position($1, review_id)`,
      [ids(patients)],
    );
  return {
    get site() {
      return parts.site();
    },
    get temporal() {
      return parts.temporal();
    },
    somebody: async (...roles) => openDesk(parts.site(), await parts.site().person(...roles)),
    told: (answers) => {
      parts.acknowledged.push(...acknowledgedIn(answers));
      return answers;
    },
    arrive: (desk, count, patient) => inLanes(range(count), 10, () => desk.arrive(patient)),
    drafted: async (patients) => {
      const sql = `select id from review where id = any($1) and draft_version > 0`;
      const all = async () => (await parts.site().sql(sql, [ids(patients)])).length === patients.length;
      await eventually('all drafts', all, 60_000);
    },
    decisions,
    carriedOut: async (patients, withinMs = 30_000) => {
      const all = async () =>
        (await decisions(patients)).filter(({ committed }) => committed).length === patients.length;
      await eventually('all carried out', all, withinMs);
    },
  };
};
