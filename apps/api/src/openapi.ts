import { type INestApplication } from '@nestjs/common';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { type Express } from 'express';
import { z } from 'zod';
import { sessionCookie } from '#libs/auth/session';
import { errorCodes } from '#libs/errors/errors';
import { type Access, type Policy } from './auth/policy';
import { jsonSchemaOf } from './http/json-schema';
import { POLICY } from './tokens';

/** The problem every error answers with. */
const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errorCodes) as [string, ...string[]]),
    requestId: z.uuid(),
    paths: z.array(z.string()).optional(),
  })
  .meta({ description: 'RFC 9457 problem details; the code is its identity, further members are its detail' });

const isZod = (schema: unknown): boolean => typeof schema === 'object' && schema !== null && '_zod' in schema;

const base = new DocumentBuilder()
  .setTitle('Countersign')
  .setDescription('DeepSeek drafts, people sign: the API behind every screen. Errors are problem+json with a code.')
  .setVersion('1')
  .setOpenAPIVersion('3.1.0')
  .addCookieAuth(sessionCookie, { type: 'apiKey', in: 'cookie' }, 'session')
  .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'cs_<account>_<secret>' }, 'service-account')
  .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'ck_<kiosk>_<secret>' }, 'kiosk')
  .build();

/** The OpenAPI 3.1 document of an application, made from its routes, its policy and the zod schemas that check them. */
export const buildOpenApi = (app: INestApplication): OpenAPIObject => {
  const document = SwaggerModule.createDocument(app, base, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
    standardSchemaConverter: (schema, { schemaType }) =>
      isZod(schema) ? { schema: jsonSchemaOf(schema, schemaType) } : undefined,
  });
  const schemas = { ...document.components?.schemas, Problem: jsonSchemaOf(problemSchema, 'output') };
  const described = { ...document, components: { ...document.components, schemas } } as OpenAPIObject;
  addAccess(described, app.get<Policy>(POLICY));
  return described;
};

/** Says of each operation who may call it, as the policy does. */
const addAccess = ({ paths }: OpenAPIObject, policy: Policy): void => {
  for (const [path, item] of Object.entries(paths))
    for (const [method, operation] of Object.entries(item)) {
      const access = policy[`${method.toUpperCase()} ${path.replaceAll(/\{([^}]+)\}/g, ':$1')}`];
      if (access !== undefined) Object.assign(operation as object, accessOf(access));
    }
};

const accessOf = (access: Access): Record<string, unknown> => {
  if (access === 'public') return { security: [] };
  if (typeof access === 'object' && 'kiosk' in access) return { security: [{ kiosk: [] }], 'x-access': access };
  const machines = typeof access === 'object' && access.scopes ? [{ 'service-account': access.scopes }] : [];
  return { security: [{ session: [] }, ...machines], 'x-access': access };
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/** The document as the text that is committed and served: keys in order, so that it changes only when the API does. */
export const openApiText = (document: OpenAPIObject): string => `${JSON.stringify(sorted(document), null, 2)}\n`;

/** Serves the document, made at the first request. */
export const serveOpenApi = (app: NestExpressApplication): void => {
  let text: string | undefined;
  const express = app.getHttpAdapter().getInstance() as Express;
  express.get('/api/openapi.json', (_request, response) => {
    text ??= openApiText(buildOpenApi(app));
    response.type('application/json').send(text);
  });
};
