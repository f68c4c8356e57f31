import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api, newKey, onceAt } from '../../api/client';
import { type Done, type QueueRow, type Sent } from '../../api/types';
import { ProblemText } from '../../app/ProblemText';
import { useCallRoom } from './call-room';
import { forgetMove, rememberMove, takeLastMove } from './last-move';

type MoveSent = Sent<'/api/triage/cases/{id}/moves'>;
type Moved = Done<'/api/triage/cases/{id}/moves'>;

const moveCase = (row: Pick<QueueRow, 'caseId' | 'version'>, key: string, body: MoveSent): Promise<Moved> =>
  answered(
    api.POST('/api/triage/cases/{id}/moves', {
      params: { path: { id: row.caseId }, header: onceAt(key, row.version) },
      body,
    }),
  );

const undoMove = ({ caseId, version }: Pick<Moved, 'caseId' | 'version'>, key: string): Promise<Moved> =>
  answered(
    api.POST('/api/triage/cases/{id}/moves/undo', {
      params: { path: { id: caseId }, header: onceAt(key, version) },
      body: {},
    }),
  );

/** What people do with a patient in the queue; what was done can be undone from the message that says so. */
export const useMoves = (row: Pick<QueueRow, 'caseId' | 'version' | 'ticketNo'>) => {
  const { t } = useTranslation(['queue', 'triage']);
  const client = useQueryClient();
  const { message } = App.useApp();
  const askRoom = useCallRoom();
  const readAgain = (): void => {
    void client.invalidateQueries({ queryKey: ['queue'] });
    void client.invalidateQueries({ queryKey: ['case', row.caseId] });
  };
  const onError = (thrown: unknown): void => {
    readAgain();
    void message.error(<ProblemText thrown={thrown} />);
  };
  const undoing = useMutation({
    mutationFn: ({ moved, key }: { moved: Moved; key: string }) => undoMove(moved, key),
    onSuccess: () => {
      readAgain();
      void message.success(t('undone'));
    },
    onError,
  });
  const moving = useMutation({
    mutationFn: ({ body, key }: { body: MoveSent; key: string }) => moveCase(row, key, body),
    onSuccess: (moved) => {
      readAgain();
      rememberMove(moved);
      const undo = (): void => {
        message.destroy(moved.moveId);
        forgetMove(moved.moveId);
        undoing.mutate({ moved, key: newKey() });
      };
      const said = t('moved', { ticket: row.ticketNo, state: t(`triage:states.${moved.state}`) });
      const content = (
        <>
          {said}{' '}
          <Button size="small" onClick={undo}>
            {t('undo')}
          </Button>
        </>
      );
      void message.open({ key: moved.moveId, type: 'success', duration: 10, content });
    },
    onError,
  });
  const move = (body: MoveSent): void => moving.mutate({ body, key: newKey() });
  return {
    move,
    moving: moving.isPending,
    call: () => askRoom((room) => move({ move: 'call', room })),
  };
};

/** Takes back what this person moved last on this screen; says so where there is nothing. */
export const useUndoLast = (): (() => void) => {
  const { t } = useTranslation('queue');
  const client = useQueryClient();
  const { message } = App.useApp();
  const undoing = useMutation({
    mutationFn: ({ moved, key }: { moved: Pick<Moved, 'caseId' | 'version'>; key: string }) => undoMove(moved, key),
    onSuccess: () => void message.success(t('undone')),
    onError: (thrown) => void message.error(<ProblemText thrown={thrown} />),
    onSettled: () => {
      for (const word of ['queue', 'case']) void client.invalidateQueries({ queryKey: [word] });
    },
  });
  return () => {
    const moved = takeLastMove();
    if (moved === null) return void message.info(t('nothingToUndo'));
    message.destroy(moved.moveId);
    undoing.mutate({ moved, key: newKey() });
  };
};
