import { Button, Checkbox, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChangePreferences, usePreferences } from '../preferences/preferences';
import { arrangementOf, type Column, moved, placed, type Placed, withPinned, withShown } from './columns';
import './tables.css';

interface Chosen<Id extends string> {
  /** The name of the table among the person's preferences. */
  readonly table: string;
  readonly columns: readonly Column<Id>[];
  readonly label: (id: Id) => string;
}

/** Which columns a table shows, in which order, which in front; kept with the person, for every PC. */
export const ColumnChooser = <Id extends string>(chosen: Chosen<Id>) => {
  const { t } = useTranslation('tables');
  return (
    <Popover trigger="click" placement="bottomRight" content={<Choices {...chosen} />}>
      <Button aria-haspopup="dialog">{t('columns')}</Button>
    </Popover>
  );
};

const Choices = <Id extends string>({ table, columns, label }: Chosen<Id>) => {
  const { t } = useTranslation('tables');
  const { tables } = usePreferences();
  const change = useChangePreferences();
  const all = placed(columns, tables[table]);
  const keep = (now: readonly Placed<Id>[]): void => change({ tables: { ...tables, [table]: arrangementOf(now) } });
  const restore = (): void => {
    const { [table]: _arranged, ...others } = tables;
    change({ tables: others });
  };
  return (
    <div className="column-chooser">
      <ul>
        {all.map((column, at) => (
          <ColumnLine key={column.id} column={column} name={label(column.id)} all={all} at={at} onKeep={keep} />
        ))}
      </ul>
      <Button type="text" disabled={tables[table] === undefined} onClick={restore}>
        {t('restore')}
      </Button>
    </div>
  );
};

const ColumnLine = <Id extends string>({
  column,
  name,
  all,
  at,
  onKeep,
}: {
  readonly column: Placed<Id>;
  readonly name: string;
  readonly all: readonly Placed<Id>[];
  readonly at: number;
  readonly onKeep: (now: readonly Placed<Id>[]) => void;
}) => {
  const { t } = useTranslation('tables');
  const { id, shown, pinned, always } = column;
  const step = (by: -1 | 1, sign: string, label: string) => (
    <Button
      type="text"
      aria-label={label}
      disabled={all[at + by]?.pinned !== pinned}
      onClick={() => onKeep(moved(all, id, by))}
    >
      {sign}
    </Button>
  );
  return (
    <li>
      <Checkbox
        checked={shown}
        disabled={always === true}
        onChange={({ target }) => onKeep(withShown(all, id, target.checked))}
      >
        {name}
      </Checkbox>
      {step(-1, '↑', t('earlier', { name }))}
      {step(1, '↓', t('later', { name }))}
      <Button
        type={pinned ? 'primary' : 'text'}
        aria-pressed={pinned}
        aria-label={t('pinOf', { name })}
        disabled={!shown}
        onClick={() => onKeep(withPinned(all, id, !pinned))}
      >
        {t('pin')}
      </Button>
    </li>
  );
};
