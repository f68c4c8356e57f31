import { Button, Dropdown } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type QueueRow } from '../../api/types';
import { openingOf } from './opening';
import { sameActions } from './same-row';
import { useMoves } from './use-moves';

type Move = QueueRow['moves'][number];

/** Moves that need no more than the word; the others are asked about on the patient's page. */
const plain = ['return', 'see', 'leave'] as const satisfies readonly Move[];

/** One visible action (what comes next), the rest behind "more". */
export const QueueActions = memo(
  ({ row }: { readonly row: QueueRow }) => {
    const { t } = useTranslation(['queue', 'triage']);
    const navigate = useNavigate();
    const { move, call, moving } = useMoves(row);
    const open = (): void => void navigate(openingOf(row));
    const toSign = row.review !== null;
    const canCall = row.moves.includes('call');
    const items = plain
      .filter((one) => row.moves.includes(one))
      .map((one) => ({ key: one, label: t(`triage:moves.${one}`), onClick: () => move({ move: one }) }));
    const patient = { key: 'case', label: t('openCase'), onClick: () => void navigate(`/cases/${row.caseId}`) };
    const calling = toSign && canCall ? [{ key: 'call', label: t('triage:moves.call'), onClick: call }] : [];
    return (
      <span className="queue-actions">
        {toSign || !canCall ? (
          <Button type={toSign ? 'primary' : 'default'} onClick={open}>
            {toSign ? t('confirmLevel') : t('open')}
          </Button>
        ) : (
          <Button onClick={call} loading={moving}>
            {t('triage:moves.call')}
          </Button>
        )}
        <Dropdown trigger={['click']} menu={{ items: [...calling, ...items, patient] }}>
          <Button aria-label={t('common:more')}>⋯</Button>
        </Dropdown>
      </span>
    );
  },
  (before, now) => sameActions(before.row, now.row),
);
