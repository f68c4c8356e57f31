import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type CaseView } from '../../api/types';
import { useFormats } from '../../i18n/formats';
import { useNow } from '../../reviews/use-now';
import { useMoves } from '../queue/use-moves';
import { IdentifyDrawer } from './IdentifyDrawer';
import { MoveDialog } from './MoveDialog';
import { useUndoMove } from './use-case';

type Move = CaseView['moves'][number];

/** Moves that need a word more than a click. */
const asked = ['close', 'leave', 'cancel'] as const satisfies readonly Move[];
type Asked = (typeof asked)[number];

const needsMore = (move: Move): move is Asked => (asked as readonly Move[]).includes(move);

/** What may be done with the patient now: sign, move, describe again, say who it is, take the last move back. */
export const CaseActions = ({ view }: { readonly view: CaseView }) => {
  const { t } = useTranslation(['case', 'triage']);
  const { move, call, moving } = useMoves(view);
  const [asking, setAsking] = useState<Asked | null>(null);
  const [identifying, setIdentifying] = useState(false);
  const open = view.reviews.find(({ state }) => state === 'open' || state === 'awaiting-second');
  const act = (one: Move): void => {
    if (needsMore(one)) setAsking(one);
    else if (one === 'call') call();
    else move({ move: one });
  };
  return (
    <div className="case-actions">
      {open && (
        <Link to={`/reviews/${open.id}`}>
          <Button type="primary">{t('toReview')}</Button>
        </Link>
      )}
      {view.endedAt === null && (
        <Link to={`/cases/${view.caseId}/reassess`}>
          <Button>{t(view.facts.some(({ kind }) => kind === 'assessment') ? 'reassess' : 'assess')}</Button>
        </Link>
      )}
      {view.moves.map((one) => (
        <Button key={one} danger={one === 'cancel'} loading={moving} onClick={() => act(one)}>
          {t(`triage:moves.${one}`)}
        </Button>
      ))}
      <Button onClick={() => setIdentifying(true)}>{t(view.patient.unidentified ? 'identify' : 'correct')}</Button>
      {view.undo && <Undo view={view} undo={view.undo} />}
      {asking !== null && (
        <MoveDialog
          move={asking}
          onCancel={() => setAsking(null)}
          onMove={(body) => {
            setAsking(null);
            move(body);
          }}
        />
      )}
      {identifying && <IdentifyDrawer view={view} onClose={() => setIdentifying(false)} />}
    </div>
  );
};

/** Takes the last move back, as long as that is possible. */
const Undo = ({ view, undo }: { readonly view: CaseView; readonly undo: NonNullable<CaseView['undo']> }) => {
  const { t } = useTranslation(['case', 'triage']);
  const { time } = useFormats();
  const { send, sending } = useUndoMove(view);
  if (Date.parse(undo.until) <= useNow()) return null;
  return (
    <Button loading={sending} onClick={() => send(null)}>
      {t('undo', { move: t(`triage:moves.${undo.move}`), until: time(undo.until) })}
    </Button>
  );
};
