import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/formats';
import { useSession } from '../../session/session';
import { AdminList } from '../AdminList';
import { RevokeButton } from '../RevokeButton';
import { ShownOnce } from '../ShownOnce';
import { boardAddress } from './addresses';
import { NewKioskDialog } from './NewKioskDialog';
import { type IssuedKiosk, type Kiosk, useKiosks, useRevokeKiosk } from './use-kiosks';

const columns = ['name', 'kind', 'ward', 'addresses', 'expiresAt', 'actions'] as const;

/** The boards on the walls: each reads one ward, changes nothing and can be taken down at once. */
export const KiosksScreen = () => {
  const { t } = useTranslation('kiosks');
  const [adding, setAdding] = useState(false);
  const [issued, setIssued] = useState<IssuedKiosk | null>(null);
  const kiosks = useKiosks();
  return (
    <AdminList
      title={t('title')}
      lead={t('lead')}
      add={t('add')}
      onAdd={() => setAdding(true)}
      pages={kiosks}
      items={kiosks.items}
      heads={columns.map((column) => t(`columns.${column}`))}
      empty={t('empty')}
      line={(kiosk) => <KioskLine key={kiosk.id} kiosk={kiosk} />}
    >
      {adding && (
        <NewKioskDialog
          onClose={() => setAdding(false)}
          onAdded={(made) => {
            setAdding(false);
            setIssued(made);
          }}
        />
      )}
      {issued && (
        <ShownOnce
          title={t('addressOf', { name: issued.name })}
          hint={t('addressHint')}
          secret={boardAddress(location.origin, issued.token)}
          onClose={() => setIssued(null)}
        />
      )}
    </AdminList>
  );
};

const KioskLine = ({ kiosk }: { readonly kiosk: Kiosk }) => {
  const { t } = useTranslation('kiosks');
  const { dateTime } = useFormats();
  const { wards } = useSession();
  const revoking = useRevokeKiosk();
  return (
    <tr className={kiosk.revokedAt === null ? '' : 'over-now'}>
      <th scope="row">{kiosk.name}</th>
      <td>
        {t(`kinds.${kiosk.kind}.name`)}
        {kiosk.names !== null && <span className="quiet"> {t(`names.${kiosk.names}`)}</span>}
      </td>
      <td>{wards.find(({ id }) => id === kiosk.wardId)?.name ?? '—'}</td>
      <td>{kiosk.addresses.length > 0 ? kiosk.addresses.join(' ') : t('anywhere')}</td>
      <td>{kiosk.expiresAt === null ? t('untilRevoked') : dateTime(kiosk.expiresAt)}</td>
      <td>
        {kiosk.revokedAt === null ? (
          <RevokeButton
            label={t('revoke')}
            title={t('revokeTitle', { name: kiosk.name })}
            means={t('revokeMeans')}
            revoke={() => revoking.mutateAsync(kiosk.id)}
          />
        ) : (
          t('revokedAt', { at: dateTime(kiosk.revokedAt) })
        )}
      </td>
    </tr>
  );
};
