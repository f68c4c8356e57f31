import { Alert, Modal } from 'antd';
import { type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemText } from '../app/ProblemText';
import { type Intention, type Sending } from './use-sending';

interface Props<I extends Intention> {
  readonly title: string;
  readonly okText: string;
  readonly ready: boolean;
  readonly sending: Sending<I>;
  readonly onOk: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A question with one act at its end. Ctrl+Enter does it; Enter alone never does, as a scanner types it. */
export const ActDialog = <I extends Intention>(props: Props<I>) => {
  const { title, okText, ready, sending, onOk, onClose, children } = props;
  const { t } = useTranslation(['reviews', 'common']);
  const stuck = sending.unanswered !== null;
  const act = (): void => {
    if (sending.busy) return;
    if (stuck) sending.again();
    else if (ready) onOk();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.ctrlKey || event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <Modal
      open
      title={title}
      okText={stuck ? t('sendAgain') : okText}
      cancelText={t('common:cancel')}
      okButtonProps={{ disabled: !ready && !stuck, loading: sending.busy }}
      onOk={act}
      onCancel={onClose}
      maskClosable={false}
    >
      <div className="act-dialog" onKeyDown={onKeyDown}>
        <div className="act-fields" inert={stuck}>
          {children}
        </div>
        {sending.thrown !== null && (
          <Alert type="error" showIcon role="alert" title={<ProblemText thrown={sending.thrown} />} />
        )}
        <p className="quiet">{t('dialogKeys')}</p>
      </div>
    </Modal>
  );
};
