import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { newKey } from '../../api/client';
import { serverNow } from '../../api/clock';
import { ProblemText } from '../../app/ProblemText';
import { KeyHint } from '../../keys/KeyHint';
import { useShortcut } from '../../keys/use-shortcut';
import { useSession } from '../../session/session';
import { useRegistering } from './use-registering';
import { desksOf, stayAt } from './wards';

/**
 * One action before any form: an unidentified patient at level I in the resuscitation room, described afterwards.
 * A PC that does not know its desk asks for it, with one more stroke.
 */
export const ResusButton = ({ wardId }: { readonly wardId: string }) => {
  const { t } = useTranslation('intake');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const registering = useRegistering();
  const [key, setKey] = useState(newKey);
  const [asking, setAsking] = useState(false);
  const desks = desksOf(useSession());
  const rushAt = (desk: string): void => {
    if (registering.isPending) return;
    registering.mutate(
      { key, at: serverNow().toISOString(), kind: 'resus', body: { wardId: desk } },
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
  const rush = (): void => (wardId === '' ? setAsking(true) : rushAt(wardId));
  const choose = (desk: string): void => {
    stayAt(desk);
    setAsking(false);
    rushAt(desk);
  };
  useShortcut('intake.resus', rush);
  if (desks.length === 0) return null;
  return (
    <>
      <Button danger type="primary" onClick={rush} loading={registering.isPending}>
        {t('resus')}
        <KeyHint of="intake.resus" />
      </Button>
      <Modal title={t('resusWhere')} open={asking} footer={null} onCancel={() => setAsking(false)}>
        <div className="desk-choice">
          {desks.map(({ id, name }, i) => (
            <Button key={id} block size="large" autoFocus={i === 0} onClick={() => choose(id)}>
              {name}
            </Button>
          ))}
        </div>
      </Modal>
    </>
  );
};
