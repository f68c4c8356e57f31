import { useQuery } from '@tanstack/react-query';
import { Alert, Select, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api } from '../api/client';
import { Field } from '../app/Field';
import { ProblemText } from '../app/ProblemText';
import { ActDialog } from './ActDialog';
import { actOf } from './acts';
import { type ActDialogProps } from './NoteDialog';

/** Hands the review to somebody who may sign it next. */
export const ReassignDialog = ({ review, sending, onClose }: ActDialogProps) => {
  const { t } = useTranslation('reviews');
  const [userId, setUserId] = useState<string | null>(null);
  const { reviewId } = review;
  const { data, error } = useQuery({
    queryKey: ['review', reviewId, 'receivers'],
    queryFn: () => answered(api.GET('/api/reviews/{id}/receivers', { params: { path: { id: reviewId } } })),
  });
  const options = data?.items.map((one) => ({ value: one.userId, label: one.name }));
  return (
    <ActDialog
      title={t('offers.reassign')}
      okText={t('offers.reassign')}
      ready={userId !== null}
      sending={sending}
      onOk={() => {
        if (userId !== null) sending.send(actOf('reassign', { userId }));
      }}
      onClose={onClose}
    >
      {error && <Alert type="error" role="alert" title={<ProblemText thrown={error} />} />}
      {!options && !error && <Spin delay={300} />}
      {options?.length === 0 && <p>{t('nobodyElse')}</p>}
      {options && options.length > 0 && (
        <Field label={t('reassignTo')}>
          {(id) => (
            <Select
              id={id}
              autoFocus
              showSearch={{ optionFilterProp: 'label' }}
              value={userId}
              options={options}
              onChange={setUserId}
            />
          )}
        </Field>
      )}
    </ActDialog>
  );
};
