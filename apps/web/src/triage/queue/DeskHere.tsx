import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import { deskHere, desksOf, stayAt } from '../intake/wards';

/** The desk this PC stands at, empty where nobody has said so, and how to say it. */
export const useDesk = (): readonly [string, (wardId: string) => void] => {
  const session = useSession();
  const [desk, setDesk] = useState(() => deskHere(session));
  const stay = (wardId: string): void => {
    stayAt(wardId);
    setDesk(wardId);
  };
  return [desk, stay];
};

/** Says at which desk this PC stands: new patients and the downtime list belong to it. Nothing where there is no choice. */
export const DeskHere = ({ desk, onStay }: { readonly desk: string; readonly onStay: (wardId: string) => void }) => {
  const { t } = useTranslation('queue');
  const desks = desksOf(useSession());
  if (desks.length < 2) return null;
  return (
    <Select
      className="desk-here"
      aria-label={t('deskHere')}
      prefix={t('deskHere')}
      placeholder={t('deskUnchosen')}
      status={desk === '' ? 'warning' : ''}
      value={desk === '' ? null : desk}
      options={desks.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={onStay}
    />
  );
};
