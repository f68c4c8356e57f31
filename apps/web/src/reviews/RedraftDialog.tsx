import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../app/Field';
import { ActDialog } from './ActDialog';
import { actOf } from './acts';
import { type ActDialogProps } from './NoteDialog';
import { type AnyPanel } from './panel';

interface Note {
  readonly text: string;
  readonly field: string;
}

const whole = '';
const most = 20;

/** Asks for another version of the draft, with numbered notes about its fields. */
export const RedraftDialog = ({ review, sending, onClose, panel }: ActDialogProps & { readonly panel: AnyPanel }) => {
  const { t } = useTranslation(['reviews', 'triage']);
  const [notes, setNotes] = useState<readonly Note[]>([{ text: '', field: whole }]);
  const first = review.redraft.notes.length + 1;
  const change = (at: number, changed: Partial<Note>): void =>
    setNotes((before) => before.map((note, index) => (index === at ? { ...note, ...changed } : note)));
  const given = notes
    .map(({ text, field }) => ({ text: text.trim(), field: field === whole ? null : field }))
    .filter(({ text }) => text !== '');
  const options = [
    { value: whole, label: t('wholeDraft') },
    ...review.redraft.fields.map((field) => ({ value: field, label: t(panel.nameOf(field)) })),
  ];
  return (
    <ActDialog
      title={t('offers.redraft')}
      okText={t('offers.redraft')}
      ready={given.length > 0 || review.draft === null}
      sending={sending}
      onOk={() => sending.send(actOf('redraft', { notes: given }))}
      onClose={onClose}
    >
      <p>{t('redraftSays')}</p>
      <ol className="redraft-notes" start={first}>
        {notes.map((note, at) => (
          <li key={at}>
            <Field label={t('noteAbout', { n: first + at })}>
              {(id) => (
                <Select id={id} value={note.field} options={options} onChange={(field) => change(at, { field })} />
              )}
            </Field>
            <Field label={t('noteText', { n: first + at })}>
              {(id) => (
                <Input.TextArea
                  id={id}
                  autoFocus={at === notes.length - 1}
                  rows={2}
                  maxLength={500}
                  value={note.text}
                  onChange={(event) => change(at, { text: event.target.value })}
                />
              )}
            </Field>
          </li>
        ))}
      </ol>
      <Button
        disabled={notes.length >= most}
        onClick={() => setNotes((before) => [...before, { text: '', field: whole }])}
      >
        {t('addNote')}
      </Button>
    </ActDialog>
  );
};
