import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { isProblem } from './api/problem';
import { Crash } from './app/Crash';
import { Screens } from './app/Screens';
import { screenAt } from './app/screens';
import { startTexts } from './i18n/i18n';
import { PreferencesProvider } from './preferences/PreferencesProvider';
import { SessionGate } from './session/SessionGate';
import { readSession, sessionKey } from './session/session';
import { Look } from './theme/Look';
import './theme/look.css';

/* Refusals are final until something changes; only what was not answered is asked again. */
const retry = (failures: number, thrown: unknown): boolean =>
  failures < 2 && (!isProblem(thrown) || thrown.status === 0 || thrown.status >= 502);

const client = new QueryClient({
  defaultOptions: {
    queries: { retry, staleTime: 5_000, refetchOnWindowFocus: true, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});

/* Whoever is no longer let in is asked who they are; the page below waits. */
const onError = (thrown: unknown): void => {
  if (isProblem(thrown, 'UNAUTHENTICATED', 'SESSION_LOCKED', 'PASSWORD_CHANGE_REQUIRED'))
    void client.invalidateQueries({ queryKey: sessionKey });
};
client.getQueryCache().config.onError = onError;
client.getMutationCache().config.onError = onError;

const root = document.getElementById('root');
if (root === null) throw new Error('no root');

// Who is signed in and what they will see come while the texts do, not one after the other.
const screen = screenAt(location.pathname);
screen?.Component.fetch();
void client
  .prefetchQuery({ queryKey: sessionKey, queryFn: readSession })
  .then(() => client.getQueryData(sessionKey) && screen?.read?.(client))
  // What could not be read early is asked for again by the screen, which says what is wrong.
  .catch(() => undefined);
await startTexts();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <BrowserRouter>
        <PreferencesProvider>
          <Look>
            <Crash>
              <SessionGate>
                <Screens />
              </SessionGate>
            </Crash>
          </Look>
        </PreferencesProvider>
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
