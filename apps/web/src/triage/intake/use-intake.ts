import { App } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { localDay } from '#libs/triage-desk/patient-facts';
import { newKey } from '../../api/client';
import { serverNow } from '../../api/clock';
import { isProblem } from '../../api/problem';
import { useSession } from '../../session/session';
import { blankIntake, type IntakeEntry, obstaclesOf, registrationOf } from './entry';
import { useRegistering } from './use-registering';
import { useUnscanned } from './use-unscanned';
import { deskHere, stayAt } from './wards';

/** Where to after registering: to the level of this patient, or to the next form. */
export type Then = 'review' | 'next';

const focusField = (name: string): void =>
  document.querySelector<HTMLElement>(`.intake [data-field="${name}"]`)?.focus();

/** The form of an arrival, what it still lacks, and how it is registered. */
export const useIntake = () => {
  const { t } = useTranslation('intake');
  const session = useSession();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const registering = useRegistering();
  const [entry, setEntry] = useState<IntakeEntry>(() => blankIntake(deskHere(session)));
  const set = useUnscanned(entry, setEntry);
  const [tried, setTried] = useState(false);
  /* One key for one patient; a form that was refused is corrected under the same one. */
  const key = useRef(newKey());
  const [round, setRound] = useState(0);
  const today = localDay(serverNow(), session.organisation.timeZone);
  const obstacles = obstaclesOf(entry, today);

  const clear = (): void => {
    key.current = newKey();
    setTried(false);
    setEntry(blankIntake(entry.wardId));
    setRound((before) => before + 1);
  };
  const register = (then: Then): void => {
    if (registering.isPending) return;
    setTried(true);
    const [first] = obstacles;
    if (first !== undefined) {
      const faulty = document.querySelector<HTMLElement>('.intake .field-fault input');
      return first === 'numbers' ? faulty?.focus() : focusField(first);
    }
    stayAt(entry.wardId);
    const at = serverNow().toISOString();
    registering.mutate(
      { key: key.current, at, kind: 'registration', body: registrationOf(entry, { at, today }) },
      {
        onSuccess: (registered) => {
          clear();
          if (registered === null) return void message.warning(t('keptNow'), 10);
          void message.success(t('registered', { ticket: registered.ticketNo }), 10);
          const reviewId = registered.assessment?.reviewId ?? null;
          if (then === 'review')
            void navigate(reviewId === null ? `/cases/${registered.caseId}` : `/reviews/${reviewId}`);
        },
        onError: (thrown) => {
          if (isProblem(thrown, 'IDEMPOTENCY_KEY_REUSED')) key.current = newKey();
        },
      },
    );
  };
  return {
    entry,
    change: (part: Partial<IntakeEntry>) => set({ ...entry, ...part }),
    today,
    obstacles: tried ? obstacles : [],
    register,
    clear,
    round,
    registering,
  };
};
