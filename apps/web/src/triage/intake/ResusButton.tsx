import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { newKey } from '../../api/client';
import { serverNow } from '../../api/clock';
import { ProblemText } from '../../app/ProblemText';
import { KeyHint } from '../../keys/KeyHint';
import { useShortcut } from '../../keys/use-shortcut';
import { useRegistering } from './use-registering';

/** One action before any form: an unidentified patient at level I in the resuscitation room, described afterwards. */
export const ResusButton = ({ wardId }: { readonly wardId: string }) => {
  const { t } = useTranslation('intake');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const registering = useRegistering();
  const [key, setKey] = useState(newKey);
  const rush = (): void => {
    if (registering.isPending || wardId === '') return;
    registering.mutate(
      { key, at: serverNow().toISOString(), kind: 'resus', body: { wardId } },
      {
        onSuccess: (registered) => {
          setKey(newKey());
          if (registered === null) return void message.warning(t('keptNow'), 10);
          void message.success(t('inResus', { ticket: registered.ticketNo }), 10);
          void navigate(`/cases/${registered.caseId}`);
        },
        onError: (thrown) => void message.error(<ProblemText thrown={thrown} />),
      },
    );
  };
  useShortcut('intake.resus', rush);
  return (
    <Button danger type="primary" onClick={rush} loading={registering.isPending} disabled={wardId === ''}>
      {t('resus')}
      <KeyHint of="intake.resus" />
    </Button>
  );
};
