import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemText } from '../../app/ProblemText';
import { useFormats } from '../../i18n/formats';
import { useSession } from '../../session/session';
import { MoreButton } from '../MoreButton';
import { Reading } from '../Reading';
import { ShownOnce } from '../ShownOnce';
import { boardAddress } from './addresses';
import { NewKioskDialog } from './NewKioskDialog';
import { type IssuedKiosk, type Kiosk, useKiosks, useRevokeKiosk } from './use-kiosks';
import '../admin.css';

/** The boards on the walls: each reads one ward, changes nothing and can be taken down at once. */
export const KiosksScreen = () => {
  const { t } = useTranslation('kiosks');
  const [adding, setAdding] = useState(false);
  const [issued, setIssued] = useState<IssuedKiosk | null>(null);
  const kiosks = useKiosks();
  return (
    <section className="admin">
      <header>
        <h1>{t('title')}</h1>
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('add')}
        </Button>
        <p className="lead quiet">{t('lead')}</p>
      </header>
      <Reading pending={kiosks.isPending} thrown={kiosks.error} />
      {kiosks.data &&
        (kiosks.items.length > 0 ? <KioskTable kiosks={kiosks.items} /> : <p className="admin-empty">{t('empty')}</p>)}
      <MoreButton pages={kiosks} />
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
    </section>
  );
};

const columns = ['name', 'kind', 'ward', 'addresses', 'expiresAt', 'actions'] as const;

const KioskTable = ({ kiosks }: { readonly kiosks: readonly Kiosk[] }) => {
  const { t } = useTranslation('kiosks');
  return (
    <div className="admin-scroll">
      <table className="admin-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kiosks.map((kiosk) => (
            <KioskLine key={kiosk.id} kiosk={kiosk} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const KioskLine = ({ kiosk }: { readonly kiosk: Kiosk }) => {
  const { t } = useTranslation('kiosks');
  const { dateTime } = useFormats();
  const { wards } = useSession();
  const { message, modal } = App.useApp();
  const revoking = useRevokeKiosk();
  const revoke = (): void =>
    void modal.confirm({
      title: t('revokeTitle', { name: kiosk.name }),
      content: t('revokeMeans'),
      okText: t('revoke'),
      okButtonProps: { danger: true },
      onOk: () =>
        revoking.mutateAsync(kiosk.id).then(
          () => undefined,
          (thrown: unknown) => void message.error(<ProblemText thrown={thrown} />),
        ),
    });
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
          <Button danger onClick={revoke}>
            {t('revoke')}
          </Button>
        ) : (
          t('revokedAt', { at: dateTime(kiosk.revokedAt) })
        )}
      </td>
    </tr>
  );
};
