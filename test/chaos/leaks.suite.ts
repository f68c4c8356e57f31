import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { exampleAdt } from '#libs/interop/hl7v2/adt.example';
import { encodeGb18030 } from '#libs/interop/hl7v2/gb18030';
import { readJson } from '#libs/embedded/state-files';
import { approving, type Desk, level, machineHeaders, registration } from '../support/installation-desk';
import { filesBelow, found, foundInDatabase, foundInFiles, needlesOf } from '../support/installation-sweep';
import { type Chaos } from '../support/installation-suite';
import { eventually } from '../support/installation-wait';

const digits = (count: number): string => Array.from({ length: count }, () => randomInt(10)).join('');

/** Texts that stand nowhere else in the world, one of each kind of patient data. */
const plant = () => ({
  name: `欧阳璎珞${digits(6)}`,
  idNumber: `11010119${digits(10)}`,
  phone: `1399${digits(7)}`,
  mrn: `MRNX${digits(9)}`,
  address: `示范胡同${digits(7)}号`,
  visitNumber: `VX${digits(9)}`,
  diagnosis: `恙虫病伴嗜酸Tsutsugamushi${digits(6)}`,
  complaintEn: `scrub typhus eschar zq${digits(8)}`,
  note: `请再看眼底${digits(8)}`,
  reason: `家属要求转院${digits(8)}`,
});

/** P-1: where patient data must not lie, after it went through everything. */
export const leaks = (chaos: Chaos): void => {
  const planted = plant();
  const texts = Object.values(planted);
  /** What went out with a status of 400 or more. */
  const refusals: string[] = [];
  let nurse: Desk;

  const post = async (
    path: string,
    init: { headers?: Record<string, string>; body: string | Buffer; method?: string },
  ) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...init.headers };
    const url = chaos.site.installation.addresses.api + path;
    const body = new Uint8Array(Buffer.from(init.body));
    const answer = await fetch(url, { method: init.method ?? 'POST', headers, body });
    const text = await answer.text();
    if (answer.status >= 400) refusals.push(text);
    return { status: answer.status, text };
  };
  const refused = async (sending: Promise<{ status: number; body: unknown }>): Promise<void> => {
    const { status, body } = await sending;
    expect(status).toBeGreaterThanOrEqual(400);
    refusals.push(JSON.stringify(body));
  };
  const patient = (more: object = {}) => ({
    name: planted.name,
    phone: planted.phone,
    address: planted.address,
    identifiers: [
      { authority: 'CN', type: 'NNCHN', value: planted.idNumber },
      { authority: 'HIS', type: 'MR', value: planted.mrn },
    ],
    complaint: `${planted.diagnosis} ${planted.complaintEn} ${planted.name} ${planted.idNumber}`,
    ...more,
  });

  beforeAll(async () => {
    nurse = await chaos.somebody('triage_nurse');
  });
  afterAll(() => chaos.site.model.setFault(null));

  it('P-1: goes through register, draft, redraft, amendment, decision and departure', async () => {
    const at = await nurse.arrive({ ...patient(), visitNumber: undefined });
    await nurse.look(at.reviewId);
    const redraft = await nurse.send(`/api/reviews/${at.reviewId}/redrafts`, { notes: [{ text: planted.note }] });
    expect(redraft.status).toBe(201);
    const shown = await eventually('redraft', async () => {
      const view = await nurse.view(at.reviewId);
      return view.draft?.version === 2 && view;
    });
    const content = level('I', planted.note);
    const kept = { version: 0, method: 'PUT' };
    expect((await nurse.send(`/api/reviews/${at.reviewId}/amendment`, { content }, kept)).status).toBe(200);
    const body = {
      ...approving(shown),
      action: 'amend',
      content,
      reasonCode: 'data-wrong',
      reasonText: planted.reason,
    };
    const [decided] = chaos.told([await nurse.decide(at.reviewId, body, { version: shown.version })]);
    expect(decided!.status).toBe(201);
    await chaos.carriedOut([at]);
    const { body: shownCase } = await nurse.get<{ version: number }>(`/api/triage/cases/${at.caseId}`);
    const leave = { move: 'leave', reason: planted.reason };
    const moved = await nurse.send(`/api/triage/cases/${at.caseId}/moves`, leave, { version: shownCase.version });
    expect(moved.status).toBe(200);
  });

  it('P-1: goes through a pre-notice, its correction and its arrival, and a precaution', async () => {
    const measuredAt = new Date().toISOString();
    const report = { complaint: planted.complaintEn, mechanism: planted.diagnosis, vitals: { spo2: 80 }, measuredAt };
    const announcer = { service: planted.name, contact: planted.phone, vehicle: planted.mrn };
    const announced = { wardId: chaos.site.ward, expectedAt: measuredAt, announcer, report };
    const send = async (path: string, body: object, status: number, version?: number) => {
      const answer = await nurse.send<{ preNoticeId: string; version: number; caseId: string }>(path, body, {
        ...(version !== undefined && { version }),
      });
      expect([path, answer.status]).toEqual([path, status]);
      return answer.body;
    };
    const told = await send('/api/triage/pre-notices', announced, 201);
    const path = `/api/triage/pre-notices/${told.preNoticeId}`;
    await send(`${path}/corrections`, { report: { ...report, complaint: planted.note } }, 200, told.version);
    const { caseId } = await send(`${path}/arrivals`, { patient: { name: planted.name } }, 201);
    const override = { precaution: 'fever-clinic', holds: true, reason: planted.reason };
    await send(`/api/triage/cases/${caseId}/precautions`, override, 201);
    const other = await send('/api/triage/pre-notices', announced, 201);
    const ending = { outcome: 'not-arrived', reason: planted.reason };
    await send(`/api/triage/pre-notices/${other.preNoticeId}/endings`, ending, 200, other.version);
    await refused(nurse.send('/api/triage/pre-notices', { ...announced, expectedAt: planted.idNumber }));
    expect((await nurse.get(path)).status).toBe(200);
  });

  it('P-1: goes through HL7 messages, in two character sets, and through those that are refused', async () => {
    const headers = { ...(await machineHeaders(chaos.site, ['hl7v2:write'])), 'content-type': 'application/hl7-v2' };
    const send = async (message: string | Buffer) =>
      (await post('/api/interop/hl7v2', { headers, body: message })).text;
    const fields = (n: number) => ({
      'MSH-10': `P1-${n}`,
      'PID-3': `${planted.mrn}^^^HIS^MR~${planted.idNumber}^^^CN^NNCHN`,
      'PID-5': `${planted.name}^^^^^^L^I`,
      'PID-11': `${planted.address}^^北京^北京^100000^CHN^H`,
      'PID-13': `${planted.phone}^PRN^CP`,
      'PV1-3': 'W0^^^',
      'PV1-19': `${planted.visitNumber}${n}^^^HIS^VN`,
      'PV2-3': `^${planted.diagnosis}`,
    });
    const acks = [
      await send(exampleAdt('A04', fields(1))),
      await send(exampleAdt('A08', { ...fields(1), 'MSH-10': 'P1-2', 'PID-13': `${planted.phone}^PRN^CP` })),
      await send(exampleAdt('A11', { ...fields(1), 'MSH-10': 'P1-3' })),
      await send(exampleAdt('A04', { ...fields(4), 'PV1-3': 'NOWHERE', 'PID-7': planted.idNumber })),
      await send(exampleAdt('A04', { ...fields(5), 'MSH-9': `ADT^${planted.name}` })),
      await send(`${planted.name}|${planted.idNumber}\r`),
      await send(Buffer.from(exampleAdt('A04', { ...fields(6), 'MSH-18': 'UTF-16' }), 'utf16le')),
    ];
    const chinese = exampleAdt('A04', { ...fields(7), 'MSH-18': 'GB 18030-2000' });
    acks.push(await send(encodeGb18030(chinese)));
    expect([acks[0], acks.at(-1)]).toEqual([expect.stringContaining('MSA|AA'), expect.stringContaining('MSA|AA')]);
    refusals.push(...acks);
  });

  it('P-1: goes through requests that are refused, and a worker that dies over it', async () => {
    const { headers } = { headers: { cookie: 'a=b' } };
    await post('/api/auth/login', {
      headers,
      body: JSON.stringify({ login: planted.name, password: planted.idNumber }),
    });
    await post(`/api/triage/cases/${planted.mrn}/moves`, { headers, body: '{}' });
    const at = await nurse.arrive({ ...patient() });
    const { version } = await nurse.view(at.reviewId);
    const decisions = `/api/reviews/${at.reviewId}/decisions`;
    await refused(nurse.send(decisions, { action: 'manual', content: { level: planted.name } }, { version }));
    await refused(nurse.send(decisions, { action: 'manual', content: level('II'), [planted.name]: 1 }, { version }));
    await refused(nurse.send(decisions, { action: planted.diagnosis }, { version }));
    await refused(
      nurse.send(decisions, { action: 'manual', content: level('III'), reasonCode: planted.reason }, { version }),
    );
    await refused(
      nurse.send('/api/triage/cases', { ...registration(chaos.site, patient()), visitNumber: { [planted.mrn]: 1 } }),
    );
    await refused(nurse.send('/api/triage/cases', registration(chaos.site, patient({ birthDate: planted.idNumber }))));
    await refused(nurse.get(`/api/triage/queue?name=${encodeURIComponent(planted.name)}`));
    await refused(nurse.get(`/api/triage/cases/${encodeURIComponent(planted.name)}`));
    await refused(nurse.get(`/api/${encodeURIComponent(planted.name)}`));
    const numbered = { ...registration(chaos.site, patient()), visitNumber: planted.visitNumber };
    expect((await nurse.send('/api/triage/cases', numbered)).status).toBe(201);
    await refused(nurse.send('/api/triage/cases', numbered));

    chaos.site.model.latencyMs = 2000;
    await nurse.arrive(patient());
    await eventually('draft under way', () => chaos.site.model.requests.at(-1)?.body.includes(planted.diagnosis));
    chaos.site.installation.kill('worker');
    await eventually('restart', () => chaos.site.installation.part('worker').pid() === null);
    await chaos.site.installation.part('worker').ready();
  });

  it('P-1: goes through a model that fails in every way that quotes it', async () => {
    for (const fault of [
      'echo-503',
      'echo-400',
      'error-200',
      'prose',
      'invalid-schema',
      'think-unclosed',
      'stream-cut',
    ] as const) {
      chaos.site.model.setFault(fault, 6);
      const at = await nurse.arrive({ ...patient({ identifiers: [] }) });
      await eventually(
        `the failure ${fault}`,
        async () => {
          const [review] = await chaos.site.sql<{ over: boolean }>(
            'select draft_version > 0 or draft_failed_code is not null as over from review where id = $1',
            [at.reviewId],
          );
          return review!.over;
        },
        60_000,
      );
      chaos.site.model.setFault(null);
    }
  });

  it('P-3: a name moved into another patient’s row is shown to nobody, and nothing of it', async () => {
    const [one, two] = [await nurse.arrive(patient({ identifiers: [] })), await nurse.arrive({ name: '赵六' })];
    const swap = () =>
      chaos.site.sql(
        `update patient p set name_ct = q.name_ct from patient q
         where array[p.id, q.id] <@ array(select patient_id from cases where id = any($1)) and p.id <> q.id`,
        [[one.caseId, two.caseId]],
      );
    await swap();
    for (const path of [`/api/triage/cases/${two.caseId}`, `/api/reviews/${two.reviewId}`, '/api/triage/queue']) {
      const answer = await nurse.get(path);
      expect([path, answer.status >= 400]).toEqual([path, true]);
      refusals.push(JSON.stringify(answer.body));
      expect(refusals.at(-1)).not.toContain('赵六');
    }
    await swap();
    expect((await nurse.get(`/api/triage/cases/${two.caseId}`)).status).toBe(200);
  });

  it('L-10: every draft names the prompt, model, parameters and input that it can be reproduced from', async () => {
    const keys = [
      'promptId',
      'promptVersion',
      'promptSha256',
      'modelConfigured',
      'modelAnswered',
      'parameters',
      'inputSha256',
    ];
    const drafts = await chaos.site.sql<{ record: Record<string, unknown> }>('select record from draft');
    expect(drafts.length).toBeGreaterThan(0);
    const incomplete = drafts.filter(({ record }) =>
      keys.some((key) => record[key] === undefined || record[key] === null),
    );
    expect(incomplete).toEqual([]);
  });

  it('P-1: lies in no database, log, metric, file or refusal of the installation in any form', async () => {
    const { installation, folder, portOf } = chaos.site;
    const needles = needlesOf(texts);
    const secrets = readJson<Record<string, string>>(join(installation.stateDir, 'secrets.json'))!;
    const url = (name: string) =>
      `postgresql://postgres:${secrets['postgres']}@127.0.0.1:${portOf('postgres')}/${name}`;
    // The sweep itself sees what lies there: a planted row, and ids that are meant to be there.
    const control = needlesOf(['CONTROL-对照-1357']);
    await chaos.site.sql(
      `create table control as select 'x CONTROL-对照-1357 y' a, convert_to('CONTROL-对照-1357', 'UTF8') b`,
    );
    expect((await foundInDatabase(url('countersign'), control)).length).toBeGreaterThanOrEqual(2);
    await chaos.site.sql('drop table control');
    const [known] = await chaos.site.sql<{ id: string }>('select id from cases limit 1');
    expect((await foundInDatabase(url('temporal'), needlesOf([known!.id]))).length).toBeGreaterThan(0);

    const hits: string[] = [];
    for (const name of ['countersign', 'temporal', 'temporal_visibility'])
      hits.push(...(await foundInDatabase(url(name), needles)));
    const data = installation.dataFolder ?? '';
    const files = filesBelow(folder, [data]);
    expect(
      files.filter((file) => /(api|worker|temporal|postgres)[^/]*\.log$/.test(file)).length,
    ).toBeGreaterThanOrEqual(4);
    hits.push(...foundInFiles(folder, needles, [data]));
    for (const base of [installation.addresses.metrics, installation.addresses.workerHealth])
      hits.push(...found(`${base}/metrics`, await (await fetch(`${base}/metrics`)).text(), needles));
    const ownMetrics = await (await fetch(`${installation.addresses.metrics}/metrics`)).text();
    expect(ownMetrics.length).toBeGreaterThan(500);
    expect(refusals.length).toBeGreaterThan(15);
    hits.push(...refusals.flatMap((text, at) => found(`refusal ${at}`, text, needles)));
    expect(hits).toEqual([]);
  });
};
