import { useSessionQuery } from '../session/session';
import { useNow } from '../reviews/use-now';
import { clockAt, isNight } from './night';
import { usePreferences } from './preferences';

/** Whether it is night for this person now; by the PC's own zone before anybody signed in. */
export const useNight = (): boolean => {
  const { nightShift } = usePreferences();
  const { data: session } = useSessionQuery();
  const now = useNow();
  const zone = session?.organisation.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isNight(nightShift, clockAt(now, zone));
};
