import { Alert, Button } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemText } from '../../app/ProblemText';
import { SavedFilters } from '../../filters/SavedFilters';
import { useFormats } from '../../i18n/formats';
import { ColumnChooser } from '../../tables/ColumnChooser';
import { ResusButton } from '../intake/ResusButton';

import { DeskHere, useDesk } from './DeskHere';
import { PreNotices } from './PreNotices';
import { queueColumns, queueTable } from './queue-columns';
import { QueueFilters } from './QueueFilters';
import { QueueMetrics } from './QueueMetrics';
import { QueueTable } from './QueueTable';
import { useQueue, useQueueFilters } from './use-queue';
import './queue.css';

/* Apart from the list: what is chosen from here costs more to draw than a screen of patients, and does not change with them. */
const QueueHead = memo(() => {
  const { t } = useTranslation('queue');
  const [desk, stay] = useDesk();
  const { wardId = desk } = useQueueFilters().filters;
  return (
    <header className="queue-head">
      <h1>{t('title')}</h1>
      <QueueFilters />
      <DeskHere desk={desk} onStay={stay} />
      <Button
        disabled={wardId === ''}
        href={`/api/triage/downtime-list?wardId=${wardId}`}
        target="_blank"
        rel="noreferrer"
      >
        {t('downtimeList')}
      </Button>
      <ResusButton wardId={wardId} />
      <SavedFilters screen="queue" />
      <ColumnChooser table={queueTable} columns={queueColumns} label={(id) => t(`columns.${id}`)} />
      <Link to="/intake">
        <Button type="primary">{t('add')}</Button>
      </Link>
    </header>
  );
});

/** Everybody the desk still has to do with, most urgent first. */
export const QueueScreen = () => {
  const { t } = useTranslation('queue');
  const { exactTime } = useFormats();
  const { data, error, isPending } = useQueue();
  return (
    <section className="queue">
      <QueueHead />
      <PreNotices />
      {error && <Alert type="error" showIcon role="alert" title={<ProblemText thrown={error} />} />}
      {isPending && !error && <p className="quiet">{t('common:loading')}</p>}
      {data && (
        <>
          <QueueMetrics metrics={data.metrics} at={data.at} />
          {data.rows.length > 0 ? (
            <QueueTable rows={data.rows} />
          ) : (
            <p className="queue-empty">
              {t('empty')} · {t('common:updatedAt', { at: exactTime(data.at) })}
            </p>
          )}
        </>
      )}
    </section>
  );
};
