import { v7 as uuidv7 } from 'uuid';
import { normaliseWords } from '#libs/crypto/normalise';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { SavedFilterEntity } from '../entities/saved-filter.entity';
import { type Tx } from '../transaction';

/** What a filter is called and asks for: the query of its screen. */
export interface FilterContent {
  readonly name: string;
  readonly query: Readonly<Record<string, string>>;
}

/** A filter as the person who saved it sees it. */
export interface SavedFilter extends FilterContent {
  readonly id: string;
  readonly screen: string;
  readonly version: number;
  readonly updatedAt: Date;
}

/** A filter of one person. */
export interface WhoseFilter {
  readonly id: string;
  readonly userId: string;
}

/** The most that one person keeps. */
export const mostFilters = 50;

const contentPlace = (id: string) => ['saved_filter', 'content_ct', id] as const;

/* A key of each person's own: equal names of two people must not be told to be equal. */
const nameIndex = ({ cipher }: Tx, userId: string, name: string): Buffer =>
  cipher.index(`saved_filter.name:${userId}`, normaliseWords(name));

const opened = ({ cipher }: Tx, row: SavedFilterEntity): SavedFilter => {
  const { name, query } = cipher.openJson(contentPlace(row.id), row.contentCt) as FilterContent;
  return { id: row.id, screen: row.screen, name, query, version: row.version, updatedAt: row.updatedAt };
};

/** The filters of a person, oldest first. */
export const savedFilters = async (tx: Tx, userId: string): Promise<SavedFilter[]> =>
  (await tx.manager.find(SavedFilterEntity, { where: { userId }, order: { createdAt: 'ASC', id: 'ASC' } })).map((row) =>
    opened(tx, row),
  );

/** One change of a person's filters after the other: otherwise two PCs together keep more than one may, or a name twice. */
const lockFilters = async (tx: Tx, userId: string): Promise<void> => {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`saved_filter:${userId}`]);
};

const taken = refuse('CONFLICT', { paths: ['name'] });

/** Saves a filter; refuses a name that the person's screen has already, and more than {@link mostFilters}. */
export const insertFilter = async (
  tx: Tx,
  { userId, screen }: { userId: string; screen: string },
  content: FilterContent,
): Promise<SavedFilter | Refusal> => {
  await lockFilters(tx, userId);
  if ((await tx.manager.countBy(SavedFilterEntity, { userId })) >= mostFilters)
    return refuse('LIMIT_REACHED', { most: mostFilters });
  const index = nameIndex(tx, userId, content.name);
  if (await tx.manager.existsBy(SavedFilterEntity, { userId, screen, nameIndex: index })) return taken;
  const id = uuidv7();
  const contentCt = tx.cipher.sealJson(contentPlace(id), content);
  await tx.manager.insert(SavedFilterEntity, { id, userId, screen, nameIndex: index, contentCt });
  return opened(tx, await tx.manager.findOneByOrFail(SavedFilterEntity, { id }));
};

const atVersion = async (tx: Tx, whose: WhoseFilter, version: number): Promise<SavedFilterEntity | Refusal> => {
  await lockFilters(tx, whose.userId);
  const row = await tx.manager.findOneBy(SavedFilterEntity, { ...whose });
  if (!row) return refuse('NOT_FOUND');
  return row.version === version ? row : refuse('VERSION_MISMATCH', { current: row.version });
};

/** Gives a filter another name or query, from the version that was shown. */
export const changeFilter = async (
  tx: Tx,
  whose: WhoseFilter,
  { version, ...content }: FilterContent & { version: number },
): Promise<SavedFilter | Refusal> => {
  const row = await atVersion(tx, whose, version);
  if (isRefusal(row)) return row;
  const { id, userId } = whose;
  const { screen } = row;
  const index = nameIndex(tx, userId, content.name);
  const namesake = await tx.manager.findOneBy(SavedFilterEntity, { userId, screen, nameIndex: index });
  if (namesake !== null && namesake.id !== id) return taken;
  const contentCt = tx.cipher.sealJson(contentPlace(id), content);
  const change = { nameIndex: index, contentCt, version: version + 1, updatedAt: () => 'clock_timestamp()' };
  await tx.manager.update(SavedFilterEntity, { id }, change);
  return opened(tx, await tx.manager.findOneByOrFail(SavedFilterEntity, { id }));
};

/** Takes a filter away, from the version that was shown; answers its screen. */
export const deleteFilter = async (tx: Tx, whose: WhoseFilter, version: number): Promise<string | Refusal> => {
  const row = await atVersion(tx, whose, version);
  if (isRefusal(row)) return row;
  await tx.manager.delete(SavedFilterEntity, { id: whose.id });
  return row.screen;
};
