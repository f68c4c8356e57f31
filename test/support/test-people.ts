import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { hashPassword } from '#libs/auth/password';
import { type Role } from '#libs/auth/roles';

/** A person of a test, with the password they sign in with. */
export interface TestPerson {
  readonly id: string;
  readonly login: string;
  readonly password: string;
}

/** A hospital of a test: its organisation, two wards, and a way to add people. */
export interface TestHospital {
  readonly organisationId: string;
  readonly wards: readonly [string, string];
  /** Adds a person with these roles on a ward (null: on all). */
  person(login: string, roles: readonly (readonly [Role, string | null])[]): Promise<TestPerson>;
}

const password = 'correct horse battery staple';
// One hash for all: each takes 100 ms, and what is tested is never the salt.
const passwordHash = hashPassword(password);

/** Makes a hospital in a migrated database; `url` may be any role that can insert. */
export const makeHospital = async (url: string, name = '测试医院'): Promise<TestHospital> => {
  const organisationId = uuidv7();
  const wards = [uuidv7(), uuidv7()] as const;
  await run(url, [
    ['insert into organisation (id, name, time_zone) values ($1, $2, $3)', [organisationId, name, 'Asia/Shanghai']],
    ...wards.map(
      (id, at) =>
        [
          'insert into ward (id, organisation_id, code, name) values ($1, $2, $3, $4)',
          [id, organisationId, `W${at}`, `${at}区`],
        ] as const,
    ),
  ]);
  const person = async (login: string, roles: readonly (readonly [Role, string | null])[]): Promise<TestPerson> => {
    const id = uuidv7();
    await run(url, [
      [
        'insert into app_user (id, organisation_id, login, display_name, password_hash) values ($1, $2, $3, $4, $5)',
        [id, organisationId, login, `${login} 姓名`, await passwordHash],
      ],
      ...roles.map(
        ([role, wardId]) =>
          [
            'insert into role_grant (id, user_id, role, ward_id) values ($1, $2, $3, $4)',
            [uuidv7(), id, role, wardId],
          ] as const,
      ),
    ]);
    return { id, login, password };
  };
  return { organisationId, wards, person };
};

const run = async (url: string, statements: readonly (readonly [string, readonly unknown[]])[]): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const [sql, values] of statements) await client.query(sql, [...values]);
  } finally {
    await client.end();
  }
};
