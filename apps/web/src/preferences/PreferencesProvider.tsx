import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { firstDay } from '#libs/preferences/first-day';
import { answered, api } from '../api/client';
import { isProblem } from '../api/problem';
import { speak } from '../i18n/i18n';
import { useSessionQuery } from '../session/session';
import { createKeeper, type Kept } from './keeper';
import { type Keeping, type Preferences, PreferencesContext } from './preferences';

const read = async (): Promise<Kept> => answered(api.GET('/api/me/preferences'));

const put = async ({ version, preferences }: Kept): Promise<Kept> => {
  const header = { 'If-Match': `"${version}"` };
  return answered(api.PUT('/api/me/preferences', { params: { header }, body: { preferences } as never }));
};

/** A keeper of one person's preferences that tells the page. */
const useKeeper = (queryKey: readonly [string, string]) => {
  const client = useQueryClient();
  const [owner] = queryKey.slice(1);
  const [keeping, setKeeping] = useState<Keeping>({ state: 'kept' });
  const keeper = useMemo(
    () =>
      createKeeper({
        put,
        read,
        isOvertaken: (thrown) => isProblem(thrown, 'VERSION_MISMATCH'),
        tell: (told) => {
          const key = ['preferences', owner];
          setKeeping(told.state === 'failed' ? { state: told.state, thrown: told.thrown } : { state: told.state });
          client.setQueryData<Kept>(key, (before) =>
            told.state === 'keeping' ? before && { ...before, preferences: told.preferences } : told.kept,
          );
        },
      }),
    [client, owner],
  );
  return { keeper, keeping };
};

/** Speaks the language somebody said they prefer; who never said any keeps that of the PC. */
const useTheirLanguage = (kept: Kept | undefined): void => {
  const { i18n } = useTranslation();
  const language = kept && kept.version > 0 ? kept.preferences.language : null;
  useEffect(() => {
    if (language !== null && language !== i18n.language) void speak(language);
  }, [language, i18n]);
};

/** Holds what the person prefers and keeps what they change of it; the defaults while nobody is signed in. */
export const PreferencesProvider = ({ children }: { readonly children: ReactNode }) => {
  const { data: session } = useSessionQuery();
  const { i18n } = useTranslation();
  const queryKey = ['preferences', session?.user.id ?? ''] as const;
  const { keeper, keeping } = useKeeper(queryKey);
  const { data: kept } = useQuery({
    queryKey,
    queryFn: async () => {
      const found = await read();
      keeper.start(found);
      return found;
    },
    enabled: session !== undefined && session !== null && !session.locked && !session.mustChangePassword,
    refetchOnWindowFocus: keeping.state !== 'keeping',
    staleTime: 60_000,
  });
  useTheirLanguage(kept);
  const held = useMemo(() => {
    const change = (part: Partial<Preferences>): void => {
      const spoken = i18n.language === 'en' ? 'en' : 'zh-CN';
      keeper.change({ language: spoken, ...part });
      if (part.language && part.language !== spoken) void speak(part.language);
    };
    return { preferences: kept?.preferences ?? firstDay, keeping, change };
  }, [kept, keeping, keeper, i18n]);
  return <PreferencesContext value={held}>{children}</PreferencesContext>;
};
