import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Entered } from './entry';
import { type FieldSpec } from './field-spec';
import { useFormParts } from './form-context';

/** What a field is given: its shape, what stands in it, and where that lies in the content. */
export interface FieldPart<S extends FieldSpec = FieldSpec> {
  readonly spec: S;
  readonly entered: Entered | undefined;
  readonly at: string;
  /** Instead of what the field is called: the number of an item. */
  readonly label?: string;
  readonly onChange: (entered: Entered) => void;
}

/** What a field is called; one that may be left empty says so, since most may not. */
export const FieldTitle = ({ spec, label }: Pick<FieldPart, 'spec' | 'label'>): ReactNode => {
  const { t } = useTranslation('reviews');
  const { names } = useFormParts();
  const optional =
    (!spec.required || spec.nullable) && spec.kind !== 'group' && spec.kind !== 'list' && label === undefined;
  return (
    <>
      {label ?? names.title(spec.path, spec.title)} {optional && <span className="quiet">{t('form.optional')}</span>}
    </>
  );
};
