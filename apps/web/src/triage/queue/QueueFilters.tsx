import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { queueStates } from '#libs/processes/triage/triage.moves';
import { useFormats } from '../../i18n/formats';
import { useSession } from '../../session/session';
import { choices, levelInfo } from '../level';
import { useQueueFilters } from './use-queue';

/** Narrows the queue: ward, state, level. */
export const QueueFilters = () => {
  const { t } = useTranslation(['queue', 'triage']);
  const { text } = useFormats();
  const { wards } = useSession();
  const { filters, change } = useQueueFilters();
  return (
    <div className="queue-filters" role="group" aria-label={t('filters')}>
      {wards.length > 1 && (
        <Select
          allowClear
          aria-label={t('ward')}
          placeholder={t('everyWard')}
          value={filters.wardId}
          options={wards.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value?: string) => change('wardId', value)}
        />
      )}
      <Select
        allowClear
        aria-label={t('state')}
        placeholder={t('everyState')}
        value={filters.state}
        options={queueStates.map((state) => ({ value: state as string, label: t(`triage:states.${state}`) }))}
        onChange={(value?: string) => change('state', value)}
      />
      <Select
        allowClear
        aria-label={t('level')}
        placeholder={t('everyLevel')}
        value={filters.level}
        options={choices.map((level) => {
          const info = levelInfo(level);
          return { value: level as string, label: info ? `${info.numeral} ${text(info.name)}` : level };
        })}
        onChange={(value?: string) => change('level', value)}
      />
    </div>
  );
};
