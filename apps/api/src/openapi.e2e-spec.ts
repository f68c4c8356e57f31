import { describeApi } from './describe-api';
import { policy } from './auth/policy';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: unknown }>> }>
  >;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** Routes that answer in another media type. */
const notJson = [
  'GET /api/events',
  'GET /api/kiosk/events',
  'GET /api/triage/downtime-list',
  'POST /api/interop/hl7v2',
];

describe('the OpenAPI document', () => {
  let text: string;
  let document: Document;

  beforeAll(async () => {
    text = await describeApi();
    document = JSON.parse(text) as Document;
  });

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
    );

  it('is 3.1 and the same text each time', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await describeApi()).toBe(text);
  });

  it('describes every route of the policy and no other', () => {
    const declared = Object.keys(policy).filter((route) => route !== 'GET /api/openapi.json');
    const described = operations().map(([route]) => route.replaceAll(/\{([^}]+)\}/g, ':$1'));
    expect(described.toSorted()).toEqual(declared.toSorted());
  });

  it('says what each route answers, and gives each operation its own name', () => {
    for (const [route, { responses }] of operations()) {
      const success = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      expect([route, success.length]).toEqual([route, 1]);
      const [status, answer] = success[0]!;
      const silent = status === '204' || notJson.includes(route);
      expect([route, answer.content !== undefined]).toEqual([route, !silent]);
    }
    const names = operations().map(([, { operationId }]) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('documents bodies, queries, keys and versions from the schemas that check them', () => {
    const users = document.paths['/api/admin/users']!;
    const body = users['post']!.requestBody!.content['application/json']!.schema;
    expect(body).toMatchObject({ type: 'object', required: ['login', 'displayName'], additionalProperties: false });
    const headers = users['post']!.parameters!.filter(({ in: place }) => place === 'header').map(({ name }) => name);
    expect(headers).toContain('Idempotency-Key');
    expect(users['get']!.parameters!.map(({ name, in: place }) => `${place} ${name}`).toSorted()).toEqual([
      'query cursor',
      'query limit',
    ]);
    const rollout = document.paths['/api/admin/rollouts/{process}']!['put']!;
    expect(rollout.parameters!.map(({ name }) => name).toSorted()).toEqual(['If-Match', 'process']);
    expect(Object.keys(rollout.responses)).toEqual(expect.arrayContaining(['200', '412', '428']));
  });

  it('says who may call what', () => {
    const of = (path: string, method: string) => document.paths[path]![method] as unknown as Record<string, unknown>;
    expect(of('/healthz', 'get')['security']).toEqual([]);
    expect(of('/api/admin/audit', 'get')).toMatchObject({
      security: [{ session: [] }],
      'x-access': { roles: ['auditor'] },
    });
    expect(of('/api/admin/reconciliation', 'get')['security']).toEqual([
      { session: [] },
      { 'service-account': ['ops:read'] },
    ]);
    expect(of('/api/kiosk/board', 'get')).toMatchObject({ security: [{ kiosk: [] }], 'x-access': { kiosk: true } });
  });

  it('refers to nothing that is not there', () => {
    const references = [...text.matchAll(/"\$ref": "#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((name) => !Object.hasOwn(document.components.schemas, name))).toEqual([]);
  });
});
