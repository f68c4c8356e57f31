import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { answered, api, useCsrfToken as keepCsrfToken } from '../api/client';
import { isProblem } from '../api/problem';
import { type Session } from '../api/types';

type Role = Session['grants'][number]['role'];

/** Where the session is kept among what was read. */
export const sessionKey = ['session'] as const;

/** Takes over what the API said of the session. */
export const takeOver = (session: Session): Session => {
  keepCsrfToken(session.csrfToken);
  return session;
};

/** The session of this browser; null when nobody is signed in. Other failures are thrown: they say nothing of who it is. */
export const readSession = async (): Promise<Session | null> => {
  try {
    return takeOver(await answered(api.GET('/api/auth/session')));
  } catch (thrown) {
    if (isProblem(thrown, 'UNAUTHENTICATED')) return null;
    throw thrown;
  }
};

/** The session as a query: read at the start and whenever an answer says that it changed. */
export const useSessionQuery = () =>
  useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: Number.POSITIVE_INFINITY });

/** Makes the page ask again who is signed in: after a 401, and when a tab comes back. */
export const useAskWhoIsThere = (): (() => void) => {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: sessionKey });
};

/** Puts another session (or nobody) in the place of the one before, and forgets everything that was read for that one. */
export const changeSession = (client: QueryClient, session: Session | null): void => {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  client.setQueryData(sessionKey, session);
};

/** The session of whoever works on the page; only below {@link SessionGate}. */
export const SessionContext = createContext<Session | null>(null);

/** Who is signed in. Throws outside the gate. */
export const useSession = (): Session => {
  const session = use(SessionContext);
  if (session === null) throw new Error('nobody is signed in here');
  return session;
};

/** Whether the person holds one of these roles on any ward: what to offer; what is allowed, the API says. */
export const holds = ({ grants }: Session, roles: readonly Role[]): boolean =>
  grants.some(({ role }) => roles.includes(role));
