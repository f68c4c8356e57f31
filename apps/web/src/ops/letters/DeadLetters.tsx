import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeadLetter } from '../../api/types';
import { Reading } from '../../app/Reading';
import { useFormats } from '../../i18n/formats';
import { DismissDialog } from './DismissDialog';
import { EventName } from './EventName';
import { LetterDrawer } from './LetterDrawer';
import { LetterReasons } from './LetterReasons';
import { useDeadLetters, useSettling } from './use-letters';
import './letters.css';

/** Messages of other systems that could not be taken: taken again when what they lacked is there, or put away with a reason. */
export const DeadLetters = () => {
  const { t } = useTranslation('ops');
  const query = useDeadLetters();
  const [shown, show] = useState<string | null>(null);
  const [leaving, putAway] = useState<string | null>(null);
  const settling = useSettling(() => {
    show(null);
    putAway(null);
  });
  const letters = query.data?.pages.flatMap(({ items }) => items);
  return (
    <section className="card" aria-label={t('parts.letters')}>
      <h2>{t('parts.letters')}</h2>
      <p className="quiet">{t('lettersHint')}</p>
      <Reading query={{ data: letters, error: query.error }}>
        {(all) =>
          all.length === 0 ? (
            <p>{t('noLetters')}</p>
          ) : (
            <LetterTable letters={all} replayingId={settling.replayingId} onOpen={show} onReplay={settling.replay} />
          )
        }
      </Reading>
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {t('older')}
        </Button>
      )}
      <LetterDrawer id={shown} onClose={() => show(null)} settling={settling} onDismiss={putAway} />
      <DismissDialog id={leaving} onClose={() => putAway(null)} settling={settling} />
    </section>
  );
};

interface TableProps {
  readonly letters: readonly DeadLetter[];
  readonly replayingId: string | null;
  readonly onOpen: (id: string) => void;
  readonly onReplay: (id: string) => void;
}

const columns = ['received', 'event', 'occurred', 'reason', 'answer', 'actions'] as const;

const LetterTable = ({ letters, replayingId, onOpen, onReplay }: TableProps) => {
  const { t } = useTranslation('ops');
  const { dateTime } = useFormats();
  return (
    <div className="table-frame">
      <table className="plain-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`letterColumns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {letters.map((letter) => (
            <tr key={letter.id}>
              <th scope="row">{dateTime(letter.receivedAt)}</th>
              <td>
                <EventName event={letter.event} />
              </td>
              <td>{dateTime(letter.occurredAt)}</td>
              <td>
                <LetterReasons stored={letter.reason} />
              </td>
              <td>{letter.answer}</td>
              <td className="row-actions">
                <Button onClick={() => onReplay(letter.id)} loading={replayingId === letter.id}>
                  {t('replay')}
                </Button>
                <Button onClick={() => onOpen(letter.id)}>{t('openLetter')}</Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
