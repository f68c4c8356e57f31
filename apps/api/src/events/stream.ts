import { type DataSource } from 'typeorm';
import { type Principal, reachableWards } from '#libs/auth/principal';
import { feedBounds, type FeedEntry, readFeed } from '#libs/db/stores/change-feed.store';
import { type Feed } from './feed';

/** Where a stream writes; false means the reader is too slow and was dropped. */
export type Write = (text: string) => boolean;

const batch = 500;
/** A reader that missed more than this is told to read everything again. */
const mostMissed = 5000;

/* Asked for each change and each of very many streams. Each look at a session makes a principal anew, with its wards. */
const wardsOf = new WeakMap<Principal, readonly string[] | null>();
const reached = (principal: Principal): readonly string[] | null => {
  const known = wardsOf.get(principal);
  if (known !== undefined) return known;
  const wards = reachableWards(principal);
  wardsOf.set(principal, wards);
  return wards;
};

/** Whether a change may be told to a principal: of their organisation, and of a ward they reach. Ids only, but still. */
export const mayHear = (principal: Principal, entry: FeedEntry): boolean => {
  if (entry.organisationId !== principal.organisationId) return false;
  const wards = reached(principal);
  return entry.wardId === null || wards === null || wards.includes(entry.wardId);
};

/** One event on the wire. */
export const eventText = (event: string, data: unknown, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/* One change is the same text for all who hear it. */
const changeTexts = new WeakMap<FeedEntry, string>();
const changeText = (entry: FeedEntry): string => {
  const made = changeTexts.get(entry) ?? eventText('change', { topic: entry.topic, id: entry.entityId }, entry.seq);
  changeTexts.set(entry, made);
  return made;
};

/** What a principal is told of these changes after a number. What came together goes together: a write costs more than its text. */
export const textFor = (principal: Principal, entries: readonly FeedEntry[], after: number): string =>
  entries
    .filter((entry) => entry.seq > after && mayHear(principal, entry))
    .map(changeText)
    .join('');

/** The last event of a process that stops: come again, not all at once, and resume; elsewhere nothing was missed. */
export const reconnectText = (): string =>
  `retry: ${Math.round(250 + 1750 * Math.random())}\n${eventText('reconnect', {})}`;

/** A stream of changes to one reader. */
export interface Stream {
  /** Sends what was missed (or `reset`), then goes on live. */
  open(lastEventId: string | undefined): Promise<void>;
  /** Says that it lives, so that a screen can tell how old it is, and lets the reader resume from here. */
  beat(): void;
  close(): void;
}

/** Makes a stream; the principal is asked for at each event, since their wards may change while it is open. */
export const createStream = (
  { feed, source }: { feed: Feed; source: DataSource },
  reader: { principal: () => Principal; write: Write },
): Stream => {
  let position = 0;
  let live = false;
  const send = (entries: readonly FeedEntry[]): void => {
    const text = textFor(reader.principal(), entries, position);
    position = Math.max(position, entries.at(-1)?.seq ?? 0);
    if (text !== '') reader.write(text);
  };
  const unsubscribe = feed.subscribe((entries) => {
    if (live) send(entries);
  });
  // The check and the switch happen in one go, so that no change falls between reading the table and hearing live.
  const catchUp = async (): Promise<void> => {
    for (;;) {
      const upTo = feed.position() ?? position;
      if (position >= upTo) {
        live = true;
        return;
      }
      const entries = await readFeed(source, { after: position, upTo, limit: batch });
      send(entries);
      if (entries.length < batch) position = Math.max(position, upTo);
    }
  };
  return {
    open: async (lastEventId) => {
      const start = await startOf(source, feed, lastEventId);
      position = start.position;
      if (start.event) reader.write(eventText(start.event, {}, position));
      await catchUp();
    },
    beat: () => void reader.write(eventText('beat', {}, live ? position : undefined)),
    close: unsubscribe,
  };
};

type Start = { readonly position: number; readonly event: 'ready' | 'reset' | null };

const startOf = async (source: DataSource, feed: Feed, lastEventId: string | undefined): Promise<Start> => {
  const { oldest, newest: stored } = await feedBounds(source);
  const newest = Math.max(stored, feed.position() ?? 0);
  if (lastEventId === undefined || lastEventId === '') return { position: newest, event: 'ready' };
  const last = /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : Number.NaN;
  return canResume(last, { oldest, newest }) ? { position: last, event: null } : { position: newest, event: 'reset' };
};

/** Whether everything after this number is still in the table, and not too much of it. */
export const canResume = (last: number, { oldest, newest }: { oldest: number; newest: number }): boolean => {
  if (last === newest) return true;
  return last < newest && oldest > 0 && last >= oldest - 1 && newest - last <= mostMissed;
};
