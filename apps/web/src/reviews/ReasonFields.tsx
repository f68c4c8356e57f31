import { Input } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../app/Field';
import { ReasonChoice } from './ReasonChoice';
import { type TypedForm } from './use-typed';

/** Why the signature differs, by code and in words. */
export const ReasonFields = ({
  codes,
  typed,
}: {
  readonly codes: readonly string[];
  readonly typed: TypedForm<object>;
}) => {
  const { t } = useTranslation('reviews');
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    fields.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={fields} className="reason-fields">
      <ReasonChoice codes={codes} value={typed.reason} onChange={(reason) => typed.change({ reason })} />
      <Field label={t('reasonText')}>
        {(id) => (
          <Input
            id={id}
            maxLength={2000}
            value={typed.reasonText}
            onChange={(event) => typed.change({ reasonText: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
};
