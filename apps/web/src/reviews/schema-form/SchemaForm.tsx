import { type FocusEvent, useEffect, useRef, useState } from 'react';
import { type Review } from '../../api/types';
import { type Checked } from './check';
import { contentOf, type Entry } from './entry';
import { type GroupSpec } from './field-spec';
import { FormContext } from './form-context';
import { useNames } from './names';
import { SchemaFields } from './SchemaFields';
import './schema-form.css';

interface Props {
  readonly review: Review;
  readonly spec: GroupSpec;
  readonly check: (content: unknown) => Checked;
  readonly content: Entry;
  readonly onChange: (entry: Entry) => void;
}

/** The form of a gate whose process brings none: drawn from its schema, checked by it, told at a field once it was left. */
export const SchemaForm = ({ review, spec, check, content, onChange }: Props) => {
  const names = useNames(review);
  const root = useRef<HTMLDivElement>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const first = root.current?.querySelector<HTMLInputElement>('input, select, textarea');
    const chosen = first?.type === 'radio' && first.closest('fieldset')?.querySelector<HTMLElement>('input:checked');
    (chosen || first)?.focus();
  }, []);
  const onBlur = ({ target, relatedTarget }: FocusEvent): void => {
    const field = target.closest<HTMLElement>('[data-at]');
    const at = field?.dataset['at'];
    if (at !== undefined && !field?.contains(relatedTarget)) setLeft((before) => new Set([...before, at]));
  };
  const checked = check(contentOf(spec, content));
  const faultAt = (at: string) => (checked.fits || !left.has(at) ? undefined : checked.faults[at]);
  return (
    <div ref={root} className="schema-form" onBlur={onBlur}>
      <FormContext value={{ names, faultAt }}>
        <SchemaFields fields={spec.fields} entry={content} at="" onChange={onChange} />
      </FormContext>
    </div>
  );
};
