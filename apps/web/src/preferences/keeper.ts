import { type Preferences } from './preferences';

/** Preferences as the server keeps them; version 0 before the first. */
export interface Kept {
  readonly version: number;
  readonly preferences: Preferences;
}

/** What a keeper works with; a test gives its own. */
export interface KeeperParts {
  /** Keeps them from this version on; throws what the server refused. */
  readonly put: (kept: Kept) => Promise<Kept>;
  /** What the server keeps now. */
  readonly read: () => Promise<Kept>;
  readonly isOvertaken: (thrown: unknown) => boolean;
  readonly tell: (told: Heard) => void;
}

/** What the page hears of a change. */
export type Heard =
  | { readonly state: 'keeping'; readonly preferences: Preferences }
  | { readonly state: 'kept' | 'overtaken'; readonly kept: Kept }
  | { readonly state: 'failed'; readonly kept: Kept; readonly thrown: unknown };

/** Keeps the preferences of one person. */
export interface Keeper {
  /** The server's preferences were read; while a change is on its way they say nothing new. */
  start(kept: Kept): void;
  change(part: Partial<Preferences>): void;
}

/**
 * Sends one change after the other, each from the version the one before made; what is changed meanwhile goes with the
 * next. Where another PC was first, its preferences hold; where nothing can be kept, those of before do.
 */
export const createKeeper = ({ put, read, isOvertaken, tell }: KeeperParts): Keeper => {
  let kept: Kept | null = null;
  let wanted: Preferences | null = null;
  let sending = false;
  const giveUp = async (before: Kept, thrown: unknown): Promise<void> => {
    wanted = null;
    if (!isOvertaken(thrown)) return tell({ state: 'failed', kept: before, thrown });
    try {
      kept = await read();
      tell({ state: 'overtaken', kept });
    } catch (unread) {
      tell({ state: 'failed', kept: before, thrown: unread });
    }
  };
  const send = async (): Promise<void> => {
    sending = true;
    while (wanted !== null && kept !== null) {
      const [before, sent] = [kept, wanted];
      try {
        kept = await put({ version: before.version, preferences: sent });
        if (wanted !== sent) continue;
        wanted = null;
        tell({ state: 'kept', kept });
      } catch (thrown) {
        await giveUp(before, thrown);
      }
    }
    sending = false;
  };
  return {
    start: (read) => {
      if (!sending) kept = read;
    },
    change: (part) => {
      if (kept === null) return;
      wanted = { ...(wanted ?? kept.preferences), ...part };
      tell({ state: 'keeping', preferences: wanted });
      if (!sending) void send();
    },
  };
};
