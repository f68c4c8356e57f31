import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react';
import { type Notice } from '../api/types';
import { sessionKey, useSession } from '../session/session';
import { connect, type Connection } from './connect';
import { type Told } from './wire';

/** Whether what is on the screen is kept current, and until when it surely was. */
export interface Liveness {
  readonly connected: boolean;
  /** When the stream was last heard (ms since 1970); null before the first time. */
  readonly heardAt: number | null;
}

/** How current the screen is, as everything below reads it. */
export const LivenessContext = createContext<Liveness>({ connected: false, heardAt: null });

/** How current the screen is. */
export const useLiveness = (): Liveness => use(LivenessContext);

/** What is read again when a thing of this topic changed: the first words of query keys. */
const readAgain: Readonly<Record<string, readonly string[]>> = {
  // What is found out about a case overtakes what its review shows.
  case: ['queue', 'case', 'tasks', 'today', 'review', 'reviews'],
  review: ['reviews', 'review', 'queue', 'case', 'today'],
  notice: ['notices', 'reconciliation'],
  handover: ['handovers', 'reviews'],
  'pre-notice': ['pre-notices'],
  'rule-packs': ['rule-packs'],
};

/* A notice goes when what it is about is over, and nobody says so of the notice itself. */
const isToldOf = (client: QueryClient, id: string): boolean =>
  client
    .getQueryData<{ readonly items: readonly Notice[] }>(['notices'])
    ?.items.some(({ caseId, reviewId }) => id === caseId || id === reviewId) ?? false;

/* Several changes in one moment are one reading. */
const gatherMs = 150;

const gatherer = (client: QueryClient) => {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    for (const word of waiting) void client.invalidateQueries({ queryKey: [word] });
    waiting.clear();
  };
  return (words: readonly string[]): void => {
    for (const word of words) waiting.add(word);
    timer ??= setTimeout(flush, gatherMs);
  };
};

/** Keeps what is shown current: listens to the API's stream and reads again what changed. */
export const LiveChanges = ({ children }: { readonly children: ReactNode }) => {
  const client = useQueryClient();
  const { locked } = useSession();
  const [liveness, setLiveness] = useState<Liveness>({ connected: false, heardAt: null });
  const connection = useRef<Connection | null>(null);
  useEffect(() => {
    const gather = gatherer(client);
    let wasAway = false;
    const tell = (told: Told): void => {
      if (told.kind === 'state') {
        setLiveness(({ heardAt }) => ({ connected: told.connected, heardAt: told.connected ? told.at : heardAt }));
        // What this tab did not hear while it was away, it reads.
        if (told.connected && wasAway) void client.invalidateQueries();
        wasAway = !told.connected;
      } else if (told.kind === 'change') {
        gather(readAgain[told.topic] ?? []);
        if (isToldOf(client, told.id)) gather(['notices']);
        // Reading it is audited: of the case that changed only.
        if (told.topic === 'case') void client.invalidateQueries({ queryKey: ['case-timeline', told.id] });
      } else if (told.kind === 'reset') void client.invalidateQueries();
      else void client.invalidateQueries({ queryKey: sessionKey });
    };
    connection.current = connect(tell);
    return () => connection.current?.leave();
  }, [client]);
  useEffect(() => {
    if (!locked) connection.current?.wake();
  }, [locked]);
  return <LivenessContext value={liveness}>{children}</LivenessContext>;
};
