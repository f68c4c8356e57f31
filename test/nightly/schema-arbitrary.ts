import fc from 'fast-check';

type TypeName = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';

/** As much of JSON Schema as docs/openapi.json uses. */
export interface Schema {
  readonly type?: TypeName | readonly TypeName[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
}

type Value = fc.Arbitrary<unknown>;

/** What programs stumble over: wrong types, huge numbers, control characters, lone surrogates, names of prototypes. */
export const hostile: Value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    1e308,
    2 ** 53 + 2,
    '',
    ' ',
    '\u0000',
    '\uD800',
    'a\u202Eb\u200B',
    "'; drop table cases; --",
    '{{7*7}}',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '00000000-0000-0000-0000-000000000000',
    [],
    {},
    { __proto__: null, constructor: { prototype: {} } },
  ),
  fc.string({ maxLength: 50, unit: 'binary' }),
  fc.string({ minLength: 3000, maxLength: 3001 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
);

/** What a schema cannot say: ids that name something, and contents that fit where it lets everything in. */
export interface Sources {
  readonly ids: Value;
  readonly contents: Value;
}

/** Values that fit a schema. */
export const fitting = (schema: Schema, sources: Sources): Value => {
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return fc.oneof(...options.map((one) => fitting(one, sources)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const types = [schema.type ?? []].flat();
  if (types.length === 0) return fc.oneof(sources.contents, fc.jsonValue({ maxDepth: 2 }));
  return fc.oneof(...types.map((type) => byType[type](schema, sources)));
};

const byType: Readonly<Record<TypeName, (schema: Schema, sources: Sources) => Value>> = {
  object: (schema, sources) => objectOf(schema, sources),
  array: (schema, sources) => {
    const { items = {}, minItems = 0, maxItems = 3 } = schema;
    const maxLength = Math.max(minItems, Math.min(maxItems, 3));
    return fc.array(fitting(items, sources), { minLength: minItems, maxLength });
  },
  string: (schema, sources) => textOf(schema, sources),
  integer: (schema) => fc.integer(within(schema, 1000)),
  number: (schema) => fc.double({ ...within(schema, 1000), noNaN: true }),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
};

const within = ({ minimum = 0, maximum }: Schema, span: number): { min: number; max: number } => ({
  min: minimum,
  max: Math.min(maximum ?? minimum + span, 2 ** 31 - 1),
});

const objectOf = ({ properties = {}, required = [], additionalProperties }: Schema, sources: Sources): Value => {
  if (Object.keys(properties).length === 0 && typeof additionalProperties === 'object')
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fitting(additionalProperties, sources), {
      maxKeys: 3,
    });
  const fields = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, fitting(one, sources)]));
  return fc.record(fields, { requiredKeys: [...required] });
};

const textOf = ({ format, pattern, minLength = 0, maxLength = 40 }: Schema, sources: Sources): Value => {
  if (format === 'uuid') return sources.ids;
  if (format === 'date-time')
    return fc.integer({ min: -7200, max: 7200 }).map((s) => new Date(Date.now() + s * 1000).toISOString());
  if (format === 'date')
    return fc.integer({ min: 0, max: 40_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'));
  const text = fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)), unit: 'grapheme' });
  return minLength > 40 ? text : fc.oneof(text, fc.constantFrom('胸痛两小时', 'wait for the laboratory'));
};

/** Mostly values that fit; some with a field lost, added or spoiled; a few of anything. */
export const sent = (schema: Schema, sources: Sources): Value =>
  fc.oneof(
    { weight: 6, arbitrary: fitting(schema, sources) },
    { weight: 3, arbitrary: spoiled(schema, sources) },
    { weight: 1, arbitrary: hostile },
  );

const spoiled = (schema: Schema, sources: Sources): Value =>
  fc
    .tuple(fitting(schema, sources), hostile, fc.nat(), fc.constantFrom('drop', 'add', 'replace', 'deep' as const))
    .map(([value, bad, at, how]) => spoil(value, { bad, at, how }));

interface Spoiling {
  readonly bad: unknown;
  readonly at: number;
  readonly how: string;
}

const spoil = (value: unknown, spoiling: Spoiling): unknown => {
  const { bad, at, how } = spoiling;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad;
  const entries = Object.entries(value);
  const chosen = entries[at % Math.max(1, entries.length)];
  if (how === 'add' || !chosen) return { ...value, unknownField: bad };
  const others = entries.filter(([name]) => name !== chosen[0]);
  if (how === 'drop') return Object.fromEntries(others);
  return Object.fromEntries([...others, [chosen[0], how === 'deep' ? spoil(chosen[1], spoiling) : bad]]);
};
