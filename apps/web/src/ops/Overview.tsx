import { useTranslation } from 'react-i18next';
import { type Operations } from '../api/types';
import { useFormats } from '../i18n/formats';
import { HealthTable } from './HealthTable';
import { ModelEndpoints } from './ModelEndpoints';
import { Queues, Workers } from './Workers';
import { useSpan } from './use-span';

/** What stands and what does not, and who works. */
export const Overview = ({ of }: { readonly of: Operations }) => (
  <>
    <HealthTable of={of} />
    <Installation of={of} />
    <Workers of={of} />
    <Queues of={of} />
    <ModelEndpoints workers={of.workers} />
  </>
);

const Installation = ({ of }: { readonly of: Operations }) => {
  const { t } = useTranslation('ops');
  const { dateTime } = useFormats();
  const span = useSpan();
  const { database, outbox, feeds } = of;
  const ports = feeds.ports.map(({ port, charset, tls }) => `${port} ${charset}${tls ? ' TLS' : ''}`).join(', ');
  const facts: readonly (readonly [string, string])[] = [
    ['version', t('versionOf', { version: of.version, profile: t(`profiles.${of.profile}`) })],
    [
      'migrations',
      t('migrationsAre', { applied: database.migrations.applied, pending: database.migrations.pending.length }),
    ],
    ['size', t('megabytes', { n: Math.round(database.bytes / 1_000_000) })],
    ['pool', t('poolIs', { ...database.pool })],
    ['unsent', String(outbox.unsent)],
    ['oldestUnsent', outbox.oldestUnsentAt === null ? '—' : span(outbox.oldestUnsentSeconds)],
    ['dead', String(outbox.dead)],
    ['deadLetters', String(of.deadLetters)],
    ['ports', ports === '' ? t('noPorts') : ports],
    ['connections', String(feeds.connections)],
    ['lastMessage', dateTime(feeds.lastMessageAt)],
    ['lastBackup', of.lastBackupAt === null ? t('notRecorded') : dateTime(of.lastBackupAt)],
  ];
  return (
    <section className="card" aria-label={t('installation')}>
      <h2>{t('installation')}</h2>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`facts.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {database.migrations.pending.length > 0 && (
        <p className="over">{t('pendingAre', { names: database.migrations.pending.join(', ') })}</p>
      )}
    </section>
  );
};
