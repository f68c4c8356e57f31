import { memo, type RefCallback } from 'react';
import { type QueueRow } from '../../api/types';
import { FarQueueCell, QueueCell } from './QueueCell';
import { type QueueColumnId } from './queue-columns';
import { sameFarRow, sameRow } from './same-row';
import { type QueueWords } from './use-queue-words';

interface Line {
  readonly row: QueueRow;
  readonly columns: readonly QueueColumnId[];
  readonly words: QueueWords;
  readonly current: boolean;
  /** Near the screen: drawn in full. */
  readonly near: boolean;
  readonly watch: RefCallback<HTMLElement>;
  readonly onFocus: (caseId: string) => void;
}

const same = (before: Line, now: Line): boolean =>
  before.current === now.current &&
  before.near === now.near &&
  before.columns === now.columns &&
  before.words === now.words &&
  before.onFocus === now.onFocus &&
  (now.near || now.current ? sameRow : sameFarRow)(before.row, now.row);

/**
 * One patient of the queue. Every row stands in the table, so that its count, the keys and a screen reader's walk are
 * those of the whole queue; far from the screen it holds only ticket, level, name and complaint as plain words. The
 * browser's own search finds these anywhere, but a flag, a state or a waiting time only where the screen is.
 */
export const QueueLine = memo(({ row, columns, words, current, near, watch, onFocus }: Line) => {
  const Cell = near || current ? QueueCell : FarQueueCell;
  return (
    <tr
      ref={watch}
      data-key={row.caseId}
      tabIndex={current ? 0 : -1}
      onFocus={() => onFocus(row.caseId)}
      className={row.overLimit ? 'over' : ''}
    >
      {columns.map((column) => (
        <Cell key={column} column={column} row={row} words={words} />
      ))}
    </tr>
  );
}, same);
