import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { repositoryRoot } from '#libs/embedded/repository';
import { type Schema } from './schema-arbitrary';

interface Described {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

/** A parameter as docs/openapi.json has it. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

/** One operation of the API as docs/openapi.json has it. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | null;
  /** What is wrong with an answer by its description; null where it is as described. */
  fault(answer: { status: number; type: string | null; text: string }): string | null;
}

interface RawOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Described;
  readonly responses: Readonly<Record<string, Described>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
}

/** Every operation that docs/openapi.json describes. */
export const describedOperations = (): Operation[] => {
  const document = JSON.parse(readFileSync(join(repositoryRoot(), 'docs/openapi.json'), 'utf8')) as Document;
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  ajv.addSchema(document, 'api');
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({
      method: method.toUpperCase(),
      path,
      parameters: raw.parameters ?? [],
      body: Object.values(raw.requestBody?.content ?? {})[0]?.schema ?? null,
      fault: faultsOf(ajv, { path, method, responses: raw.responses }),
    })),
  );
};

const pointer = (...parts: string[]): string =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

const faultsOf = (
  ajv: Ajv2020,
  { path, method, responses }: { path: string; method: string; responses: RawOperation['responses'] },
): Operation['fault'] => {
  const validators = new Map<string, ValidateFunction>();
  const validatorOf = (status: string, type: string): ValidateFunction => {
    const at = `api#${pointer('paths', path, method, 'responses', status, 'content', type, 'schema')}`;
    const made = validators.get(at) ?? ajv.compile({ $ref: at });
    validators.set(at, made);
    return made;
  };
  return ({ status, type, text }) => {
    const key = keyOf(responses, status);
    if (key === null) return `status ${status} is not described`;
    const [described] = Object.keys(responses[key]?.content ?? {});
    if (described === undefined) return status === 204 && text !== '' ? 'a body where none is described' : null;
    if (type?.split(';')[0] !== described) return `content type ${type} in place of ${described}`;
    const validate = validatorOf(key, described);
    return validate(JSON.parse(text)) ? null : `not of its schema: ${ajv.errorsText(validate.errors)}`;
  };
};

/** Where an answer is described: a success by its status alone, what is refused perhaps by `default`. */
const keyOf = (responses: RawOperation['responses'], status: number): string | null => {
  if (String(status) in responses) return String(status);
  return status >= 400 && 'default' in responses ? 'default' : null;
};
