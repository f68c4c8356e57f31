import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closingDispositions, type Disposition } from '#libs/processes/triage/triage.moves';
import { type Sent } from '../../api/types';
import { Field } from '../../app/Field';
import { Choice } from '../form/Choice';

type MoveSent = Sent<'/api/triage/cases/{id}/moves'>;
type Closing = (typeof closingDispositions)[number] & Disposition;

/** Asks what a move needs: how the visit ended, or why the registration is cancelled. Nothing is chosen beforehand. */
export const MoveDialog = ({
  move,
  onMove,
  onCancel,
}: {
  readonly move: 'close' | 'leave' | 'cancel';
  readonly onMove: (body: MoveSent) => void;
  readonly onCancel: () => void;
}) => {
  const { t } = useTranslation(['case', 'triage']);
  const [disposition, setDisposition] = useState<Closing | null>(null);
  const [words, setWords] = useState('');
  const reason = words.trim();
  const why = reason === '' ? {} : { reason };
  const body: MoveSent | null =
    move === 'close'
      ? disposition && { move, disposition, ...why }
      : move === 'cancel'
        ? reason === ''
          ? null
          : { move, reason }
        : { move, ...why };
  return (
    <Modal
      open
      title={t(`triage:moves.${move}`)}
      okText={t(`triage:moves.${move}`)}
      okButtonProps={{ disabled: body === null, danger: move === 'cancel' }}
      onOk={() => body && onMove(body)}
      onCancel={onCancel}
    >
      <div className="dialog-form">
        {move === 'close' && (
          <Choice
            legend={t('disposition')}
            field="disposition"
            value={disposition}
            options={closingDispositions.map((value) => ({ value, label: t(`dispositions.${value}`) }))}
            onChange={setDisposition}
          />
        )}
        <Field label={t(move === 'cancel' ? 'reasonNeeded' : 'reasonMay')}>
          {(id) => (
            <Input
              id={id}
              autoFocus={move !== 'close'}
              maxLength={500}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Modal>
  );
};
