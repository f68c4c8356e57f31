import { type UserPrincipal } from '#libs/auth/principal';
import { record } from '#libs/db/stores/record.store';
import {
  changeFilter,
  deleteFilter,
  insertFilter,
  type SavedFilter,
  savedFilters,
  type WhoseFilter,
} from '#libs/db/stores/saved-filter.store';
import { type Tx } from '#libs/db/transaction';
import { isRefusal } from '#libs/review/refusal';
import { type Work } from '../http/answer';
import {
  type ChangeFilterBody,
  type SavedFilterReply,
  type SavedFiltersReply,
  type SaveFilterBody,
} from './saved-filters.schema';

const replyOf = (filter: SavedFilter): SavedFilterReply => ({
  ...filter,
  query: { ...filter.query },
  updatedAt: filter.updatedAt.toISOString(),
});

/** That it was done and on which screen; never what the filter is called or looks for. */
const recordFilter = (
  tx: Tx,
  what: 'saved' | 'changed' | 'deleted',
  of: { id: string; screen: string },
): Promise<void> =>
  record(tx, {
    audit: {
      action: `saved-filter.${what}`,
      entityType: 'saved-filter',
      entityId: of.id,
      detail: { screen: of.screen },
    },
  });

/** The filters a person saved. */
export const listFilters =
  ({ id }: UserPrincipal): Work<SavedFiltersReply> =>
  async (tx) => ({ items: (await savedFilters(tx, id)).map(replyOf) });

/** Saves a filter of a screen under a name. */
export const saveFilter =
  (person: UserPrincipal, { screen, ...content }: SaveFilterBody): Work<SavedFilterReply> =>
  async (tx) => {
    const saved = await insertFilter(tx, { userId: person.id, screen }, content);
    if (isRefusal(saved)) return saved;
    await recordFilter(tx, 'saved', saved);
    return replyOf(saved);
  };

/** Renames a filter or gives it another query. */
export const alterFilter =
  (whose: WhoseFilter, given: ChangeFilterBody & { version: number }): Work<SavedFilterReply> =>
  async (tx) => {
    const changed = await changeFilter(tx, whose, given);
    if (isRefusal(changed)) return changed;
    await recordFilter(tx, 'changed', changed);
    return replyOf(changed);
  };

/** Takes a filter away. */
export const dropFilter =
  (whose: WhoseFilter, version: number): Work<null> =>
  async (tx) => {
    const screen = await deleteFilter(tx, whose, version);
    if (isRefusal(screen)) return screen;
    await recordFilter(tx, 'deleted', { id: whose.id, screen });
    return null;
  };
