import { type ReactElement } from 'react';
import { Link } from 'react-router';
import { flagName } from '#libs/triage-desk/flag-names';
import { type QueueRow } from '../../api/types';
import { waitTone } from '../../settings/wait-percents';
import { levelInfo } from '../level';
import { LevelBadge } from '../LevelBadge';
import { openingOf } from './opening';
import { QueueActions } from './QueueActions';
import { type QueueColumnId } from './queue-columns';
import { type QueueWords } from './use-queue-words';

/** What one cell shows. */
export interface CellProps {
  readonly column: QueueColumnId;
  readonly row: QueueRow;
  readonly words: QueueWords;
}

const nameOf = ({ patient }: QueueRow, { t }: QueueWords): string =>
  patient.unidentified ? t('triage:unidentified') : patient.name;

/** A cell of a row that is on the screen or near it. */
export const QueueCell = ({ column, row, words }: CellProps): ReactElement => {
  const { t, text } = words;
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
      return (
        <th scope="row">
          <Link to={openingOf(row)} tabIndex={-1}>
            {nameOf(row, words)}
          </Link>{' '}
          <span className="quiet">
            {t(`triage:sexes.${row.patient.sex}`)} {text(row.patient.age)}
          </span>
        </th>
      );
    case 'complaint':
      return <td className="queue-complaint">{row.complaint}</td>;
    case 'waited':
      return <td>{waited(row, words)}</td>;
    case 'state':
      return (
        <td>
          {t(`triage:states.${row.state}`)}
          {row.room !== null && <span className="quiet"> {row.room}</span>}
        </td>
      );
    case 'flags':
      return <td>{flags(row, words)}</td>;
    case 'actions':
      return (
        <td>
          <QueueActions row={row} />
        </td>
      );
  }
};

/** The same cell far from the screen: in plain words what people look for, empty what only matters to who sees the row. */
export const FarQueueCell = ({ column, row, words }: CellProps): ReactElement => {
  switch (column) {
    case 'ticket':
      return <td>{row.ticketNo}</td>;
    case 'level':
      return <td>{levelText(row, words)}</td>;
    case 'patient':
      return <th scope="row">{nameOf(row, words)}</th>;
    case 'complaint':
      return <td className="queue-complaint">{row.complaint}</td>;
    case 'waited':
    case 'state':
    case 'flags':
    case 'actions':
      return <td />;
  }
};

const levelText = ({ level }: QueueRow, { text }: QueueWords): string => {
  const info = levelInfo(level);
  return info === null ? '' : `${info.numeral} ${text(info.name)}`;
};

/* "12/30 min": waited and limit, in words when it is over. */
const waited = (row: QueueRow, { t, minutes, waitColours }: QueueWords): ReactElement => {
  const so = minutes(row.waitedSeconds);
  const shown = row.limitSeconds === null ? so : `${so}/${minutes(row.limitSeconds)}`;
  return (
    <span className={`waited ${waitTone(waitColours, row)}`}>
      {t('common:minutes', { n: shown })}
      {row.overLimit && <b> {t('queue:over')}</b>}
    </span>
  );
};

const flags = (row: QueueRow, { t, text }: QueueWords): ReactElement => {
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
      {row.staleVitals && <span className="flag flag-warn">{t('queue:staleVitals')}</span>}
      {row.reassessOverdue && <span className="flag flag-warn">{t('queue:reassess')}</span>}
      {row.review?.claimedBy && <span className="flag">{t('queue:heldBy', { name: row.review.claimedBy })}</span>}
    </span>
  );
};
