import { Alert, App, Button, Modal } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface ShownOnceProps {
  readonly title: ReactNode;
  readonly hint: ReactNode;
  readonly secret: string;
  readonly onClose: () => void;
}

/** A password or a token, this one time: closing takes a button, so that no stray key loses it. */
export const ShownOnce = ({ title, hint, secret, onClose }: ShownOnceProps) => {
  const { t } = useTranslation('admin');
  const { message } = App.useApp();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(secret);
      void message.success(t('copied'));
    } catch {
      void message.warning(t('copyByHand'));
    }
  };
  return (
    <Modal
      open
      title={title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={[
        <Button key="copy" onClick={() => void copy()}>
          {t('copy')}
        </Button>,
        <Button key="close" type="primary" onClick={onClose}>
          {t('written')}
        </Button>,
      ]}
    >
      <div className="admin-form">
        <Alert type="warning" showIcon title={t('onlyOnce')} />
        <code className="secret">{secret}</code>
        <p>{hint}</p>
      </div>
    </Modal>
  );
};
