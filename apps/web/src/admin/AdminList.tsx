import { Button } from 'antd';
import { type ReactNode } from 'react';
import { MoreButton, type Pages } from './MoreButton';
import { Reading } from './Reading';
import './admin.css';

interface AdminListProps<T> {
  readonly title: string;
  readonly lead: string;
  /** What the button says that begins a new one. */
  readonly add: string;
  readonly onAdd: () => void;
  /** Beside the button: a search, say. */
  readonly tools?: ReactNode;
  readonly pages: Pages & { readonly data: unknown; readonly isPending: boolean; readonly error: unknown };
  /** What is shown of what was read. */
  readonly items: readonly T[];
  readonly heads: readonly string[];
  /** What stands there when nothing does. */
  readonly empty: string;
  readonly line: (item: T) => ReactNode;
  /** Dialogs. */
  readonly children: ReactNode;
}

/** A page of administration that lists what there is and begins new ones. */
export const AdminList = <T,>({
  title,
  lead,
  add,
  onAdd,
  tools,
  pages,
  items,
  heads,
  empty,
  line,
  children,
}: AdminListProps<T>) => (
  <section className="admin">
    <header>
      <h1>{title}</h1>
      {tools}
      <Button type="primary" onClick={onAdd}>
        {add}
      </Button>
      <p className="lead quiet">{lead}</p>
    </header>
    <Reading pending={pages.isPending} thrown={pages.error} />
    {pages.data !== undefined && items.length === 0 && <p className="admin-empty">{empty}</p>}
    {items.length > 0 && (
      <div className="admin-scroll">
        <table className="admin-table">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{items.map(line)}</tbody>
        </table>
      </div>
    )}
    <MoreButton pages={pages} />
    {children}
  </section>
);
