import { type FieldSpec, type GroupSpec } from './field-spec';

/** What stands in a field: numbers as they are typed, a choice by its text, nothing as an empty text. */
export type Entered = string | boolean | readonly Entered[] | Entry;

/** What stands in a form. */
export type Entry = { readonly [field: string]: Entered };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A stored value as it stands in its field; what is none of the field's is left empty. */
export const enteredOf = (spec: FieldSpec, value: unknown): Entered => {
  switch (spec.kind) {
    case 'group':
      return entryOf(spec, value);
    case 'list': {
      const items = Array.isArray(value) ? value.map((item) => enteredOf(spec.item, item)) : [];
      const blanks = Array.from({ length: Math.max(0, spec.min - items.length) }, () => blankOf(spec.item));
      return [...items, ...blanks];
    }
    case 'flag':
      return typeof value === 'boolean' ? value : '';
    case 'choice':
    case 'number':
    case 'text':
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }
};

/** A stored content as it stands in the form. */
export const entryOf = (spec: GroupSpec, content: unknown): Entry => {
  const values = isObject(content) ? content : {};
  return Object.fromEntries(spec.fields.map((field) => [nameOf(field), enteredOf(field, values[nameOf(field)])]));
};

/** The field before anything was entered: what its schema says, never a draft. */
export const blankOf = (spec: FieldSpec): Entered =>
  spec.kind === 'group' ? blankEntry(spec) : enteredOf(spec, spec.initial);

/** The form before anything was entered. */
export const blankEntry = (spec: GroupSpec): Entry =>
  Object.fromEntries(spec.fields.map((field) => [nameOf(field), blankOf(field)]));

/** What is stored of a field; undefined: it is left out. A number that is none stays a text, for the schema to refuse. */
export const valueOf = (spec: FieldSpec, entered: Entered | undefined): unknown => {
  const empty = entered === undefined || (typeof entered === 'string' && entered.trim() === '');
  if (empty) return emptyOf(spec);
  if (spec.kind === 'group') return isObject(entered) ? contentOf(spec, entered as Entry) : {};
  if (spec.kind === 'list')
    return Array.isArray(entered) ? entered.map((item: Entered) => valueOf(spec.item, item)) : [];
  if (typeof entered !== 'string') return entered;
  if (spec.kind === 'choice') return spec.values.find((value) => String(value) === entered);
  const typed = entered.trim();
  return spec.kind === 'number' && Number.isFinite(Number(typed)) ? Number(typed) : typed;
};

const emptyOf = ({ kind, nullable, required }: FieldSpec): unknown => {
  if (nullable) return null;
  return kind === 'text' && required ? '' : undefined;
};

/** What is signed of a form, not yet checked. */
export const contentOf = (spec: GroupSpec, entry: Entry): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    spec.fields.flatMap((field) => {
      const value = valueOf(field, entry[nameOf(field)]);
      return value === undefined ? [] : [[nameOf(field), value]];
    }),
  );

/** The name of a field among its neighbours. */
export const nameOf = ({ path }: FieldSpec): string => path.at(-1) ?? '';
