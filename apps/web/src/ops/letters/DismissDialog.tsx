import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Because, type useSettling } from './use-letters';

const reasons = ['repeated', 'not-for-us', 'done-by-hand'] as const satisfies readonly Because[];

/** Why a message will never be taken; without a reason nothing is put away. */
export const DismissDialog = ({
  id,
  onClose,
  settling,
}: {
  readonly id: string | null;
  readonly onClose: () => void;
  readonly settling: ReturnType<typeof useSettling>;
}) => {
  const { t } = useTranslation(['ops', 'common']);
  const [because, choose] = useState<Because | null>(null);
  return (
    <Modal
      open={id !== null}
      title={t('dismissTitle')}
      onCancel={onClose}
      afterClose={() => choose(null)}
      okText={t('dismiss')}
      cancelText={t('common:cancel')}
      okButtonProps={{ disabled: because === null, loading: settling.dismissing }}
      onOk={() => id !== null && because !== null && settling.dismiss(id, because)}
    >
      <p>{t('dismissHint')}</p>
      <fieldset className="choices">
        <legend>{t('dismissBecause')}</legend>
        {reasons.map((reason) => (
          <label key={reason}>
            <input type="radio" name="because" checked={because === reason} onChange={() => choose(reason)} />
            {t(`because.${reason}`)}
          </label>
        ))}
      </fieldset>
    </Modal>
  );
};
