import { memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type QueueRow } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { flagName } from '#libs/triage-desk/flag-names';
import { usePreferences } from '../../preferences/preferences';
import { waitTone } from '../../settings/wait-percents';
import { LevelBadge } from '../LevelBadge';
import { QueueActions } from './QueueActions';
import { openingOf } from './opening';
import { sameRow } from './same-row';
import { useNear } from './use-near';

/** One patient of the queue. */
export const QueueLine = memo(
  ({
    row,
    current,
    onFocus,
  }: {
    readonly row: QueueRow;
    readonly current: boolean;
    readonly onFocus: (caseId: string) => void;
  }) => {
    const { t } = useTranslation(['queue', 'triage']);
    const { text } = useFormats();
    const { patient } = row;
    const line = useRef<HTMLTableRowElement>(null);
    const near = useNear(line);
    return (
      <tr
        ref={line}
        tabIndex={current ? 0 : -1}
        onFocus={() => onFocus(row.caseId)}
        className={row.overLimit ? 'over' : ''}
      >
        <td className="number">{row.ticketNo}</td>
        <td>
          <LevelBadge level={row.level} provisional={row.provisional} />
        </td>
        <th scope="row">
          <Link to={openingOf(row)} tabIndex={-1}>
            {patient.unidentified ? t('triage:unidentified') : patient.name}
          </Link>{' '}
          <span className="quiet">
            {t(`triage:sexes.${patient.sex}`)} {text(patient.age)}
          </span>
        </th>
        <td className="queue-complaint">{row.complaint}</td>
        <td>
          <Waited row={row} />
        </td>
        <td>
          {t(`triage:states.${row.state}`)}
          {row.room !== null && <span className="quiet"> {row.room}</span>}
        </td>
        <td>
          <Flags row={row} />
        </td>
        <td>{(near || current) && <QueueActions row={row} />}</td>
      </tr>
    );
  },
  (before, now) => before.current === now.current && before.onFocus === now.onFocus && sameRow(before.row, now.row),
);

/** "12/30 min": waited and limit, in words when it is over. */
const Waited = ({ row }: { readonly row: QueueRow }) => {
  const { t } = useTranslation('queue');
  const { minutes } = useFormats();
  const waited = minutes(row.waitedSeconds);
  const { waitColours } = usePreferences();
  const shown = row.limitSeconds === null ? waited : `${waited}/${minutes(row.limitSeconds)}`;
  return (
    <span className={`waited ${waitTone(waitColours, row)}`}>
      {t('common:minutes', { n: shown })}
      {row.overLimit && <b> {t('over')}</b>}
    </span>
  );
};

const Flags = ({ row }: { readonly row: QueueRow }) => {
  const { t } = useTranslation('queue');
  const { text } = useFormats();
  const precautions = (row.infection?.precautions ?? []).filter(({ holds }) => holds);
  return (
    <span className="flags">
      {row.flags.map((flag) => (
        <span key={flag} className="flag">
          {text(flagName(flag))}
        </span>
      ))}
      {precautions.map((precaution) => (
        <span key={precaution.id} className="flag flag-warn">
          {text(precaution)}
        </span>
      ))}
      {row.staleVitals && <span className="flag flag-warn">{t('staleVitals')}</span>}
      {row.reassessOverdue && <span className="flag flag-warn">{t('reassess')}</span>}
      {row.review?.claimedBy && <span className="flag">{t('heldBy', { name: row.review.claimedBy })}</span>}
    </span>
  );
};
