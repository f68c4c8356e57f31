/** What is read of a JSON Schema (2020-12); the rest is checked, not drawn. */
export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly default?: unknown;
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

interface Common {
  /** The names from the form down to this field; a list and its items have the same. */
  readonly path: readonly string[];
  readonly required: boolean;
  /** What stands there before anything was entered, as the schema has it; undefined: nothing. */
  readonly initial: unknown;
  readonly title: string | undefined;
  readonly description: string | undefined;
}

/** One field of a form: what it takes and within which bounds. */
export type FieldSpec = Common &
  (
    | { readonly kind: 'text'; readonly max: number | undefined; readonly date: boolean; readonly nullable: boolean }
    | {
        readonly kind: 'number';
        readonly min: number | undefined;
        readonly max: number | undefined;
        readonly nullable: boolean;
      }
    | { readonly kind: 'choice'; readonly values: readonly (string | number)[]; readonly nullable: boolean }
    | { readonly kind: 'flag'; readonly nullable: boolean }
    | {
        readonly kind: 'list';
        readonly item: FieldSpec;
        readonly min: number;
        readonly max: number;
        readonly nullable: boolean;
      }
    | GroupSpec
  );

/** Fields that belong together; the form itself is one. */
export type GroupSpec = Common & {
  readonly kind: 'group';
  readonly fields: readonly FieldSpec[];
  readonly nullable: false;
};

/* Of a list whose schema says nothing of it. */
const mostItems = 50;

interface Place {
  readonly path: readonly string[];
  readonly required: boolean;
}

/** The form of an object schema. Throws where a part of it has no field: a process with such a schema needs a panel. */
export const formSpec = (schema: JsonSchema): GroupSpec => {
  const spec = fieldSpec(schema, { path: [], required: true });
  if (spec.kind !== 'group') throw new Error('a form needs a schema of an object');
  return spec;
};

const fieldSpec = (schema: JsonSchema, place: Place): FieldSpec => {
  const { bare, nullable } = withoutNull(schema);
  const title = schema.title ?? bare.title;
  const description = schema.description ?? bare.description;
  const common = { ...place, initial: schema.default, title, description, nullable };
  const spec = enteredAtOnce(bare, common) ?? madeOfOthers(bare, common);
  if (!spec) throw new Error(`there is no field for ${place.path.join('.')}`);
  return spec;
};

type Known = Common & { readonly nullable: boolean };

const enteredAtOnce = (bare: JsonSchema, common: Known): FieldSpec | null => {
  const { type, format, minimum: min, maximum } = bare;
  const values = valuesOf(bare);
  if (values) return { ...common, kind: 'choice', values };
  if (type === 'boolean') return { ...common, kind: 'flag' };
  if (type === 'number' || type === 'integer') return { ...common, kind: 'number', min, max: maximum };
  // An instant would be typed in the PC's time, which need not be the hospital's.
  if (type !== 'string' || format === 'date-time') return null;
  return { ...common, kind: 'text', max: bare.maxLength, date: format === 'date' };
};

const madeOfOthers = (bare: JsonSchema, common: Known): FieldSpec | null => {
  const { path, nullable } = common;
  if (bare.type === 'object' && bare.properties && !nullable)
    return { ...common, kind: 'group', fields: fieldsOf(bare, path), nullable: false };
  const item = bare.type === 'array' && bare.items ? fieldSpec(bare.items, { path, required: true }) : null;
  if (item === null || item.kind === 'list') return null;
  return { ...common, kind: 'list', item, min: bare.minItems ?? 0, max: bare.maxItems ?? mostItems };
};

const fieldsOf = ({ properties = {}, required = [] }: JsonSchema, path: readonly string[]): FieldSpec[] =>
  Object.entries(properties).map(([name, schema]) =>
    fieldSpec(schema, { path: [...path, name], required: required.includes(name) }),
  );

const withoutNull = (schema: JsonSchema): { readonly bare: JsonSchema; readonly nullable: boolean } => {
  const others = schema.anyOf?.filter(({ type }) => type !== 'null') ?? [];
  const [only] = others;
  const nullable = others.length < (schema.anyOf?.length ?? 0);
  if (only && others.length === 1) return { bare: only, nullable };
  return { bare: nullable ? { anyOf: others } : schema, nullable };
};

const valuesOf = (schema: JsonSchema): readonly (string | number)[] | null => {
  if (schema.enum) return schema.enum;
  const constants = (schema.anyOf ?? [schema]).map((one) => one.const);
  return constants.every((value) => value !== undefined) ? constants : null;
};
