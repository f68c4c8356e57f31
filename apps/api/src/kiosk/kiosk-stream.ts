import { type Request, type Response } from 'express';
import { type KioskPrincipal } from '#libs/auth/principal';
import { beginEvents, endEvents, standing, type StreamParts } from '../events/open-stream';
import { eventText } from '../events/stream';

/** Changes that follow within this time are told once (ms). */
const gatherMs = 1000;
/** A board counts as stale after 15 s: it hears of us well before (ms). */
const longestBeatMs = 5000;

/**
 * Tells a board that there is something new, never what; it then reads its board again. Each beat says that the token still
 * holds and that PostgreSQL answers; the stream of one that does not hold ends with `closed`.
 */
export const openKioskStream = (
  { feed, identify, timing }: Pick<StreamParts, 'feed' | 'identify' | 'timing'>,
  { request, response, kiosk }: { request: Request; response: Response; kiosk: KioskPrincipal },
): void => {
  const write = beginEvents(response);
  const tell = (event: string): void => void write(eventText(event, {}));
  let gathering: NodeJS.Timeout | undefined;
  const changed = (): void => {
    gathering = undefined;
    tell('changed');
  };
  const unsubscribe = feed.subscribe((entries) => {
    if (entries.some(({ wardId }) => wardId === kiosk.wardId)) gathering ??= setTimeout(changed, gatherMs);
  });
  const beat = setInterval(
    () => {
      void standing(identify, request).then((now) => {
        if ('principal' in now) tell('beat');
        else endEvents(response, eventText('closed', { code: now.code }));
      });
    },
    Math.min(timing.beatMs, longestBeatMs),
  );
  response.once('close', () => {
    clearInterval(beat);
    clearTimeout(gathering);
    unsubscribe();
  });
  tell('ready');
};
