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
import { type QueueColumnId } from './queue-columns';
import { sameRow } from './same-row';
import { useNear } from './use-near';

interface Line {
  readonly row: QueueRow;
  readonly columns: readonly QueueColumnId[];
  readonly current: boolean;
  readonly onFocus: (caseId: string) => void;
}

/** One patient of the queue. */
export const QueueLine = memo(
  ({ row, columns, current, onFocus }: Line) => {
    const line = useRef<HTMLTableRowElement>(null);
    const near = useNear(line);
    return (
      <tr
        ref={line}
        tabIndex={current ? 0 : -1}
        onFocus={() => onFocus(row.caseId)}
        className={row.overLimit ? 'over' : ''}
      >
        {columns.map((column) => (
          <Cell key={column} column={column} row={row} acting={near || current} />
        ))}
      </tr>
    );
  },
  (before, now) =>
    before.current === now.current &&
    before.columns === now.columns &&
    before.onFocus === now.onFocus &&
    sameRow(before.row, now.row),
);

const Cell = ({
  column,
  row,
  acting,
}: {
  readonly column: QueueColumnId;
  readonly row: QueueRow;
  readonly acting: boolean;
}) => {
  const { t } = useTranslation(['queue', 'triage']);
  switch (column) {
    case 'ticket':
      return <td className="number">{row.ticketNo}</td>;
    case 'level':
      return (
        <td>
          <LevelBadge level={row.level} provisional={row.provisional} />
        </td>
      );
    case 'patient':
      return <PatientCell row={row} />;
    case 'complaint':
      return <td className="queue-complaint">{row.complaint}</td>;
    case 'waited':
      return (
        <td>
          <Waited row={row} />
        </td>
      );
    case 'state':
      return (
        <td>
          {t(`triage:states.${row.state}`)}
          {row.room !== null && <span className="quiet"> {row.room}</span>}
        </td>
      );
    case 'flags':
      return (
        <td>
          <Flags row={row} />
        </td>
      );
    case 'actions':
      return <td>{acting && <QueueActions row={row} />}</td>;
  }
};

const PatientCell = ({ row }: { readonly row: QueueRow }) => {
  const { patient } = row;
  const { t } = useTranslation('triage');
  const { text } = useFormats();
  return (
    <th scope="row">
      <Link to={openingOf(row)} tabIndex={-1}>
        {patient.unidentified ? t('unidentified') : patient.name}
      </Link>{' '}
      <span className="quiet">
        {t(`sexes.${patient.sex}`)} {text(patient.age)}
      </span>
    </th>
  );
};

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
