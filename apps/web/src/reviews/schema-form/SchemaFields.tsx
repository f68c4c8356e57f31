import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { blankOf, type Entered, type Entry, nameOf } from './entry';
import { type FieldPart, FieldTitle } from './field-part';
import { type FieldSpec } from './field-spec';
import { useFormParts } from './form-context';
import { OneOf } from './OneOf';
import { SomeOf } from './SomeOf';
import { TypedField } from './TypedField';
import { useFaultText } from './use-fault-text';

/** Fields of one object, in the order of its schema. */
export const SchemaFields = ({
  fields,
  entry,
  at,
  onChange,
}: {
  readonly fields: readonly FieldSpec[];
  readonly entry: Entry;
  readonly at: string;
  readonly onChange: (entry: Entry) => void;
}) => (
  <>
    {fields.map((spec) => {
      const name = nameOf(spec);
      return (
        <SchemaField
          key={name}
          spec={spec}
          entered={entry[name]}
          at={at === '' ? name : `${at}.${name}`}
          onChange={(entered) => onChange({ ...entry, [name]: entered })}
        />
      );
    })}
  </>
);

/** One field by its kind. */
export const SchemaField = ({ spec, entered, at, label, onChange }: FieldPart) => {
  switch (spec.kind) {
    case 'group':
      return (
        <fieldset className="schema-group">
          <legend>
            <FieldTitle spec={spec} label={label} />
          </legend>
          <SchemaFields fields={spec.fields} entry={(entered ?? {}) as Entry} at={at} onChange={onChange} />
        </fieldset>
      );
    case 'list':
      return <SchemaList spec={spec} entered={entered} at={at} onChange={onChange} />;
    case 'choice':
    case 'flag':
      return <OneOf spec={spec} entered={entered} at={at} label={label} onChange={onChange} />;
    case 'number':
    case 'text':
      return <TypedField spec={spec} entered={entered} at={at} label={label} onChange={onChange} />;
  }
};

/** Several of the same: each with its number and a way to take it out, as many as the schema allows. */
const SchemaList = ({ spec, entered, at, onChange }: FieldPart<Extract<FieldSpec, { kind: 'list' }>>) => {
  const { t } = useTranslation('reviews');
  const { names } = useFormParts();
  const fault = useFaultText(at);
  const root = useRef<HTMLFieldSetElement>(null);
  const items: readonly Entered[] = Array.isArray(entered) ? entered : [];
  const { item } = spec;
  if (item.kind === 'choice') return <SomeOf spec={spec} entered={entered} at={at} onChange={onChange} />;
  const title = names.title(spec.path, spec.title);
  const add = (): void => {
    onChange([...items, blankOf(item)]);
    // The new item is there after the next painting; whoever adds one goes on in it.
    requestAnimationFrame(() =>
      root.current?.querySelector<HTMLElement>('ol > li:last-child :is(input, select, textarea)')?.focus(),
    );
  };
  const change = (index: number, next: Entered): void => onChange(items.with(index, next));
  return (
    <fieldset ref={root} className="schema-group" data-at={at}>
      <legend>
        <FieldTitle spec={spec} />
      </legend>
      {names.hint(spec) && <p className="quiet">{names.hint(spec)}</p>}
      <ol>
        {items.map((one, index) => (
          <li key={index}>
            <SchemaField
              spec={item}
              label={t('form.itemOf', { title, n: index + 1 })}
              entered={one}
              at={`${at}.${index}`}
              onChange={(next) => change(index, next)}
            />
            <Button
              aria-label={t('form.removeItem', { title, n: index + 1 })}
              disabled={items.length <= spec.min}
              onClick={() => onChange(items.toSpliced(index, 1))}
            >
              {t('form.remove')}
            </Button>
          </li>
        ))}
      </ol>
      {fault && <p role="alert">{fault}</p>}
      <Button disabled={items.length >= spec.max} onClick={add}>
        {t('form.add', { title })}
      </Button>
    </fieldset>
  );
};
