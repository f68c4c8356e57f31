import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type DataSource } from 'typeorm';
import { type RoleGrant, type ServicePrincipal, type SystemPrincipal, type UserPrincipal } from '#libs/auth/principal';
import { type Role, type Scope } from '#libs/auth/roles';
import { createRing, unwrapRing } from '#libs/crypto/key-ring';
import { connectDataSource } from '#libs/db/data-source';
import { createFieldCipher, type FieldCipher } from '#libs/db/field-cipher';
import { migrate } from '#libs/db/migrate';
import { createInTransaction, type InTransaction, type Tx } from '#libs/db/transaction';
import { isRefusal, type Refusal } from '#libs/review/refusal';
import { startTestPostgres, type TestPostgres } from './embedded';

/** A migrated ledger with one hospital of two wards, reached as the application's own role. */
export interface Ledger {
  readonly postgres: TestPostgres;
  readonly source: DataSource;
  /** The owner's connections, which see every row: for looking. */
  readonly owner: DataSource;
  readonly cipher: FieldCipher;
  readonly inTransaction: InTransaction;
  readonly organisationId: string;
  /** The emergency department, where everything happens unless said otherwise. */
  readonly ward: string;
  readonly otherWard: string;
  /** A part of the product that acts in this hospital. */
  readonly worker: SystemPrincipal;
  /** SQL as the owner of the schema: for looking, and for faults. */
  sql<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Somebody with these roles on the emergency department (or on `ward`; null: on all), signed in. */
  person(roles: readonly Role[], options?: PersonOptions): Promise<UserPrincipal>;
  service(scopes: readonly Scope[]): Promise<ServicePrincipal>;
  stop(): Promise<void>;
}

/** Who a person of the fixture is. */
export interface PersonOptions {
  readonly name?: string;
  readonly ward?: string | null;
  readonly licenceNo?: string;
  readonly passwordHash?: string;
}

/** A cipher of a fresh key ring. */
export const freshCipher = (): FieldCipher => {
  const kek = randomBytes(32);
  return createFieldCipher(unwrapRing(kek, createRing(kek, new Date())));
};

/** Starts a throw-away PostgreSQL with a hospital on it; about two seconds. */
export const startLedger = async (poolSize = 20): Promise<Ledger> => {
  const postgres = await startTestPostgres();
  await migrate({ url: postgres.migrationUrl, applicationRole: 'countersign_app' });
  const source = await connectDataSource({ url: postgres.url, poolSize, applicationName: 'ledger-fixture' });
  const owner = await connectDataSource({ url: postgres.migrationUrl, poolSize: 2, applicationName: 'owner' });
  const cipher = freshCipher();
  const sql = <Row>(text: string, parameters: readonly unknown[] = []) => owner.query<Row[]>(text, [...parameters]);
  const hospital = await makeHospital(sql);
  return {
    ...hospital,
    postgres,
    source,
    owner,
    cipher,
    sql,
    inTransaction: createInTransaction(source, cipher),
    worker: { kind: 'system', name: 'worker', organisationId: hospital.organisationId },
    person: (roles, options = {}) => makePerson(sql, hospital, { roles, options }),
    service: (scopes) => makeService(sql, hospital.organisationId, scopes),
    stop: async () => {
      await source.destroy();
      await owner.destroy();
      await postgres.stop();
    },
  };
};

type Sql = Ledger['sql'];
type Hospital = Pick<Ledger, 'organisationId' | 'ward' | 'otherWard'>;

const makeHospital = async (sql: Sql): Promise<Hospital> => {
  const [organisationId, ward, otherWard] = [randomUUID(), randomUUID(), randomUUID()];
  await sql(`insert into organisation (id, name, time_zone) values ($1, '测试医院', 'Asia/Shanghai')`, [
    organisationId,
  ]);
  await sql(
    `insert into ward (id, organisation_id, code, name) values ($1, $3, 'ED', '急诊科'), ($2, $3, 'ICU', '重症医学科')`,
    [ward, otherWard, organisationId],
  );
  return { organisationId, ward, otherWard };
};

const makePerson = async (
  sql: Sql,
  { organisationId, ward }: Hospital,
  { roles, options }: { roles: readonly Role[]; options: PersonOptions },
): Promise<UserPrincipal> => {
  const [id, sessionId] = [randomUUID(), randomUUID()];
  const name = options.name ?? `${roles[0] ?? 'nobody'}-${id.slice(0, 4)}`;
  const wardId = options.ward === undefined ? ward : options.ward;
  const grants: RoleGrant[] = roles.map((role) => ({ role, wardId }));
  await sql(
    `insert into app_user (id, organisation_id, login, display_name, licence_no, password_hash) values ($1, $2, $3, $4, $5, $6)`,
    [id, organisationId, `u-${id}`, name, options.licenceNo ?? null, options.passwordHash ?? 'none'],
  );
  for (const { role } of grants)
    await sql('insert into role_grant (id, user_id, role, ward_id) values ($1, $2, $3, $4)', [
      randomUUID(),
      id,
      role,
      wardId,
    ]);
  await sql(
    `insert into session (id, user_id, token_sha256, csrf_sha256, expires_at)
     values ($1, $2, $3, $4, now() + interval '1 hour')`,
    [sessionId, id, digestBytes(sessionId), digestBytes(id)],
  );
  return { kind: 'user', id, name, organisationId, sessionId, grants };
};

const makeService = async (sql: Sql, organisationId: string, scopes: readonly Scope[]): Promise<ServicePrincipal> => {
  const id = randomUUID();
  const name = `machine-${id.slice(0, 4)}`;
  await sql(
    `insert into service_account (id, organisation_id, name, token_sha256, scopes, expires_at)
     values ($1, $2, $3, $4, $5, now() + interval '1 hour')`,
    [id, organisationId, name, digestBytes(id), [...scopes]],
  );
  return { kind: 'service', id, name, organisationId, scopes };
};

const digestBytes = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The value of a work unit that must not be refused. */
export const done = async <T>(answer: Promise<T | Refusal>): Promise<T> => {
  const value = await answer;
  if (isRefusal(value)) throw new Error(`refused: ${value.code} ${JSON.stringify(value.detail)}`);
  return value;
};

/** The refusal of a work unit that must be refused. */
export const refused = async (answer: Promise<unknown>): Promise<Refusal> => {
  const value = await answer;
  if (!isRefusal(value)) throw new Error(`not refused: ${JSON.stringify(value)}`);
  return value;
};

/** Runs work in a transaction of the ledger. */
export const within =
  (ledger: Pick<Ledger, 'inTransaction'>, principal: Parameters<InTransaction>[0]) =>
  <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    ledger.inTransaction(principal, work);
