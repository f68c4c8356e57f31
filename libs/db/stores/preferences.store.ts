import { PersonPreferencesEntity } from '../entities/person-preferences.entity';
import { type Tx } from '../transaction';

/** The preferences of a person as stored; nobody else is ever shown them. */
export interface KeptPreferences {
  readonly content: unknown;
  readonly version: number;
  readonly updatedAt: Date;
}

/** What a person keeps; null before the first time. */
export const findPreferences = (tx: Tx, userId: string): Promise<KeptPreferences | null> =>
  tx.manager.findOneBy(PersonPreferencesEntity, { userId });

/**
 * Keeps preferences over the version that was read (0: none yet); null when they have another version by now. Sections of
 * a newer release, which the caller does not know, stay as they are.
 */
export const keepPreferences = async (
  tx: Tx,
  userId: string,
  { version, content }: { version: number; content: object },
): Promise<Omit<KeptPreferences, 'content'> | null> => {
  const [row] = await tx.query<Omit<KeptPreferences, 'content'>>(
    `insert into person_preferences as p (user_id, content)
       select $1::uuid, $2::jsonb where $3::int = 0
         or exists (select from person_preferences where user_id = $1 and version = $3)
     on conflict (user_id) do update set content = p.content || excluded.content, version = p.version + 1,
       updated_at = clock_timestamp() where p.version = $3
     returning version, updated_at "updatedAt"`,
    [userId, JSON.stringify(content), version],
  );
  return row ?? null;
};
