import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemText } from '../../app/ProblemText';
import { useLiveness } from '../../events/LiveChanges';
import { useFormats } from '../../i18n/formats';
import { type Kept } from './kept-list';
import { useKept } from './use-kept';
import { useRegistering } from './use-registering';

/** Says how many registrations wait on this machine, and sends them once the network is back. */
export const KeptRibbon = () => {
  const { kept } = useKept();
  return kept.length === 0 ? null : <Waiting kept={kept} />;
};

const Waiting = ({ kept }: { readonly kept: readonly Kept[] }) => {
  const { t } = useTranslation('intake');
  const { message } = App.useApp();
  const { connected } = useLiveness();
  const registering = useRegistering();
  const [faults, setFaults] = useState<ReadonlyMap<string, unknown>>(new Map());
  const sendAll = async (): Promise<void> => {
    for (const one of kept) {
      try {
        const registered = await registering.mutateAsync(one);
        if (registered === null) return;
        void message.success({ content: t('registered', { ticket: registered.ticketNo }), duration: 15 });
      } catch (thrown) {
        setFaults((before) => new Map(before).set(one.key, thrown));
      }
    }
  };
  return (
    <div className="ribbon kept-ribbon" role="status">
      <span>{t(connected ? 'keptBack' : 'keptAway', { n: kept.length })}</span>
      <Button
        size="small"
        type="primary"
        disabled={!connected}
        loading={registering.isPending}
        onClick={() => void sendAll()}
      >
        {t('keptSend')}
      </Button>
      <ul>
        {kept.map((one) => (
          <KeptLine key={one.key} one={one} fault={faults.get(one.key)} />
        ))}
      </ul>
    </div>
  );
};

const KeptLine = ({ one, fault }: { readonly one: Kept; readonly fault: unknown }) => {
  const { t } = useTranslation(['intake', 'triage']);
  const { time } = useFormats();
  const { modal } = App.useApp();
  const { drop } = useKept();
  const name = one.body.patient?.name ?? t('triage:unidentified');
  const ask = (): void =>
    void modal.confirm({
      title: t('keptDropTitle', { name }),
      content: t('keptDropText'),
      okText: t('keptDrop'),
      okButtonProps: { danger: true },
      onOk: () => drop(one.key),
    });
  return (
    <li>
      {time(one.at)} {one.kind === 'resus' ? t('resus') : name}
      {fault !== undefined && (
        <b>
          {' '}
          <ProblemText thrown={fault} />
        </b>
      )}{' '}
      <Button size="small" type="text" onClick={ask}>
        {t('keptDrop')}
      </Button>
    </li>
  );
};
