import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type QueueRow } from '../../api/types';
import { useShortcut } from '../../keys/use-shortcut';
import { openingOf } from './opening';
import { useQueueColumns } from './queue-columns';
import { QueueLine } from './QueueLine';
import { useMoves, useUndoLast } from './use-moves';
import { useNearRows } from './use-near-rows';
import { useQueueWords } from './use-queue-words';

/** The rows, as a table that screen readers know; the arrow keys walk it while it has the focus. */
export const QueueTable = ({ rows }: { readonly rows: readonly QueueRow[] }) => {
  const { t } = useTranslation('queue');
  const navigate = useNavigate();
  const columns = useQueueColumns();
  const words = useQueueWords();
  const { isNear, watch } = useNearRows();
  const body = useRef<HTMLTableSectionElement>(null);
  const [at, setAt] = useState(0);
  const [focused, setFocused] = useState(false);
  const current = Math.min(at, rows.length - 1);
  const go = (to: number): void => {
    const next = Math.max(0, Math.min(to, rows.length - 1));
    setAt(next);
    body.current?.rows[next]?.focus();
  };
  const enabled = { enabled: focused };
  useShortcut('queue.next', () => go(current + 1), enabled);
  useShortcut('queue.previous', () => go(current - 1), enabled);
  useShortcut('queue.open', () => rows[current] && void navigate(openingOf(rows[current])), enabled);
  const here = rows[current];
  const { call } = useMoves(here ?? { caseId: '', version: 0, ticketNo: 0 });
  useShortcut('queue.call', () => here?.moves.includes('call') && call(), enabled);
  const later = here?.review ? `${openingOf(here)}?ask=defer` : null;
  useShortcut('queue.defer', () => later !== null && void navigate(later), enabled);
  useShortcut('queue.undo', useUndoLast());
  const shown = useRef(rows);
  useEffect(() => {
    shown.current = rows;
  }, [rows]);
  const onFocus = useCallback((caseId: string): void => {
    setAt(
      Math.max(
        0,
        shown.current.findIndex((row) => row.caseId === caseId),
      ),
    );
  }, []);
  return (
    <table className="queue-table">
      <caption className="visually-hidden">{t('caption')}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className={`queue-${column}`}>
              {t(`columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody
        ref={body}
        onFocus={(event) => setFocused(event.target instanceof HTMLTableRowElement)}
        onBlur={() => setFocused(false)}
      >
        {rows.map((row, index) => (
          <QueueLine
            key={row.caseId}
            row={row}
            columns={columns}
            words={words}
            current={index === current}
            near={isNear(row.caseId, index)}
            watch={watch}
            onFocus={onFocus}
          />
        ))}
      </tbody>
    </table>
  );
};
