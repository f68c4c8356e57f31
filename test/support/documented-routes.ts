import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { type Role } from '#libs/auth/roles';
import { policy } from '../../apps/api/src/auth/policy';
import { type TestHospital } from './test-people';
import { plantSession, type TestSession } from './test-session';

/** As much of a JSON schema as a sample needs. */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** A route as docs/openapi.json says it. */
export interface DocumentedRoute {
  /** As in the policy: `GET /api/reviews/:id` */
  readonly name: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With ids that exist nowhere in place of its parameters. */
  readonly path: string;
  readonly query: readonly { readonly name: string; readonly schema: Schema }[];
  /** Of its JSON body; null where it takes none. */
  readonly body: Schema | null;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

const document = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<DocumentedRoute['method'], Operation>>>>;
};

const values: Readonly<Record<string, string>> = { process: 'triage', name: 'cn-consensus-2018' };

/** Every route of the product. */
export const documentedRoutes: readonly DocumentedRoute[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
    name: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    method: method as DocumentedRoute['method'],
    path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? uuidv7()),
    query: parameters.flatMap((one) => (one.in === 'query' ? [{ name: one.name, schema: one.schema ?? {} }] : [])),
    body: requestBody?.content['application/json']?.schema ?? null,
  })),
);

const formats: Readonly<Record<string, () => string>> = {
  uuid: uuidv7,
  'date-time': () => new Date().toISOString(),
  date: () => '2026-01-01',
};

const scalars: Readonly<Record<string, unknown>> = { integer: 1, number: 1, boolean: true };

/** A value of a schema with this text wherever free text may stand. */
export const sampleOf = (schema: Schema, text: string): unknown => {
  const first = (schema.anyOf ?? schema.oneOf)?.[0];
  if (first) return sampleOf(first, text);
  if ('const' in schema) return schema.const;
  return schema.enum ? schema.enum[0] : sampleOfType(schema, text);
};

const sampleOfType = ({ type = '', format = '', properties = {}, items = {} }: Schema, text: string): unknown => {
  if (type === 'object')
    return Object.fromEntries(Object.entries(properties).map(([key, of]) => [key, sampleOf(of, text)]));
  if (type === 'array') return [sampleOf(items, text)];
  return scalars[type] ?? formats[format]?.() ?? text;
};

const teams: readonly (readonly Role[])[] = [
  ['triage_nurse', 'charge_nurse', 'physician'],
  ['system_admin'],
  ['security_admin'],
  ['auditor'],
  ['clinical_lead'],
];

/** Somebody for every route: a function from a route's name to the session of a person whom the policy lets in. */
export const plantStaff = async (
  url: string,
  databaseUrl: string,
  hospital: TestHospital,
): Promise<(route: string) => TestSession> => {
  const staff = await Promise.all(
    teams.map(async (roles) => {
      const grants = roles.map((role) => [role, null] as const);
      const person = await hospital.person(roles[0]?.replace('_', '.') ?? '', grants);
      return { roles, session: await plantSession(url, databaseUrl, person.id) };
    }),
  );
  return (route) => {
    const access = policy[route];
    const allowed = typeof access === 'object' && 'roles' in access ? access.roles : (teams[0] ?? []);
    const found = staff.find(({ roles }) => roles.some((role) => allowed.includes(role))) ?? staff[0];
    if (!found) throw new Error('nobody works here');
    return found.session;
  };
};
