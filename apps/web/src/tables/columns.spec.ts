import { arrangementOf, type Column, moved, placed, withPinned, withShown } from './columns';

type Id = 'level' | 'patient' | 'flags' | 'waited';
const columns: readonly Column<Id>[] = [
  { id: 'level', always: true },
  { id: 'patient', always: true },
  { id: 'flags' },
  { id: 'waited' },
];
const ids = (all: readonly Column<Id>[]) => all.map(({ id }) => id);

describe('The columns of a table', () => {
  it('stand as designed until a person arranges them', () => {
    expect(ids(placed(columns))).toEqual(['level', 'patient', 'flags', 'waited']);
  });

  it('come back as they were left', () => {
    const left = moved(withShown(withPinned(placed(columns), 'waited', true), 'flags', false), 'patient', -1);
    const kept = arrangementOf(left);
    expect(kept).toEqual({ order: ['waited', 'patient', 'level', 'flags'], hidden: ['flags'], pinned: ['waited'] });
    expect(placed(columns, kept)).toEqual(left);
  });

  it('include what a later release adds, and forget what it took away', () => {
    const old = { order: ['waited', 'gone', 'level'], hidden: ['gone'], pinned: [] };
    const all = placed(columns, old);
    expect(ids(all)).toEqual(['waited', 'level', 'patient', 'flags']);
    expect(all.every(({ shown }) => shown)).toBe(true);
  });

  it('never lose the level or the patient, whatever was stored', () => {
    const all = placed(columns, { order: [], hidden: ['level', 'patient'], pinned: [] });
    expect(all.filter(({ shown }) => shown)).toHaveLength(4);
    expect(withShown(all, 'level', false)).toEqual(all);
  });

  it('move within the pinned ones or within the others, never across', () => {
    const all = withPinned(placed(columns), 'flags', true);
    expect(ids(all)).toEqual(['flags', 'level', 'patient', 'waited']);
    expect(moved(all, 'flags', 1)).toBe(all);
    expect(moved(all, 'level', -1)).toBe(all);
    expect(moved(all, 'waited', 1)).toBe(all);
  });

  it('are not pinned while they are hidden', () => {
    const all = withShown(withPinned(placed(columns), 'flags', true), 'flags', false);
    expect(arrangementOf(all)).toMatchObject({ hidden: ['flags'], pinned: [] });
  });
});
