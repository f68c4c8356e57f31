import { v7 as uuidv7 } from 'uuid';
import { type QueuePlace, queuePlacesSql, type QueueRecord, queueRecordsSql } from '#libs/db/stores/triage-queue.store';
import { type Level } from '#libs/processes/triage/triage.level';
import { queueStates } from '#libs/processes/triage/triage.moves';
import { compareQueue } from '#libs/processes/triage/triage.queue';
import { type RawOrder, type RawRequest, serveRaw, statement } from './raw-server';

const places = statement('places', queuePlacesSql);
const records = statement('records', queueRecordsSql);
const audit = statement(
  'audit',
  `insert into audit (id, organisation_id, actor_kind, actor_id, actor_name, actor_roles, session_id, action, entity_type,
     case_ids, outcome)
   values ($1, $2, 'user', $3, $4, '{triage_nurse}', $5, 'triage-queue.shown', 'triage-queue', $6, 'shown')`,
);

/** The same two SELECTs as the product's, the order, the decryption and the audit row of a queue; nothing is checked. */
const showQueue = async ({ client, person, cipher, path }: RawRequest): Promise<unknown> => {
  const limit = Number(new URL(path, 'http://raw').searchParams.get('limit'));
  const { rows: all } = await client.query<QueuePlace>(places(person.organisationId, queueStates, person.wards));
  const caseIds = inOrder(all)
    .slice(0, limit)
    .map(({ id }) => id);
  const { rows } = await client.query<QueueRecord>(records(caseIds));
  await client.query(audit(uuidv7(), person.organisationId, person.id, person.name, person.sessionId, caseIds));
  return {
    rows: rows.map(({ nameCt, facts, ...plain }) => ({
      ...plain,
      name: cipher.open(['patient', 'name_ct', plain.patientId], nameCt),
      facts: facts.map(({ id, contentHex }) =>
        contentHex === null ? null : cipher.openJson(['fact', 'content_ct', id], Buffer.from(contentHex, 'hex')),
      ),
    })),
  };
};

const inOrder = (all: readonly QueuePlace[]) =>
  all
    .map((one) => ({
      id: one.caseId,
      level: one.level as Level | null,
      clockStartedAt: one.clockStartedAt?.getTime() ?? null,
      points: one.earlyWarning,
      specialGroup: one.specialGroup,
      arrivedAt: one.arrivedAt.getTime(),
    }))
    .toSorted(compareQueue({ now: Date.now() }));

if (require.main === module) void serveRaw(JSON.parse(process.argv[2] ?? '{}') as RawOrder, showQueue);
