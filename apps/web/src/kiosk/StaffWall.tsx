import { type StaffBoard } from './board';
import { words } from './words';

type Row = StaffBoard['called'][number];

const List = ({
  title,
  rows,
  tell,
}: {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly tell: (row: never) => string;
}) => (
  <section>
    <h2>
      {title} <b>{rows.length}</b>
    </h2>
    <ul>
      {rows.map((row) => (
        <li key={row.ticketNo}>
          <b>{row.ticketNo}</b> <span>{row.level ? words.level(row.level) : words.none}</span> <span>{row.name}</span>{' '}
          <span>{tell(row as never)}</span>
        </li>
      ))}
    </ul>
  </section>
);

/** The nurses' station: how many wait at which level, who waits too long, who is called, whom to look at again. */
export const StaffWall = ({ board }: { readonly board: StaffBoard }) => {
  const sum = (part: 'waiting' | 'overdue'): number => board.reviews.reduce((all, one) => all + one[part], 0);
  const levels = ['I', 'II', 'III', 'IV', 'IVa', 'IVb'].filter((level) => (board.byLevel[level] ?? 0) > 0);
  return (
    <>
      <ul className="figures">
        <li>
          {words.waiting} <b>{board.waiting}</b>
        </li>
        {levels.map((level) => (
          <li key={level}>
            {words.level(level)} <b>{board.byLevel[level]}</b>
          </li>
        ))}
        <li>
          {words.none} <b>{board.byLevel['none'] ?? 0}</b>
        </li>
        <li>
          {words.toSign} <b>{sum('waiting')}</b> {words.overdue(sum('overdue'))}
        </li>
      </ul>
      <div className="staff">
        <List
          title={words.over}
          rows={board.overLimit}
          tell={(row: StaffBoard['overLimit'][number]) =>
            words.minutes(row.waitedMinutes, Math.round(row.limitMinutes))
          }
        />
        <List title={words.called} rows={board.called} tell={(row: Row) => row.room ?? ''} />
        <List title={words.reassess} rows={board.reassess} tell={(row: Row) => row.room ?? ''} />
      </div>
    </>
  );
};
