import { Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localDay } from '#libs/triage-desk/patient-facts';
import { serverNow } from '../../api/clock';
import { type CaseView } from '../../api/types';
import { Field } from '../../app/Field';
import { useSession } from '../../session/session';
import { Choice } from '../form/Choice';
import { SelectField } from '../form/SelectField';
import { walkOnEnter } from '../form/use-enter-walk';
import { bornOf } from '../intake/born';
import { type IdentifierKind, identifierKinds } from '../intake/entry';
import { type PatientEntry, patientEntryOf, patientPatch } from './patient-patch';
import { useIdentify } from './use-case';

/** Says who the patient is, or corrects what is known; a number of somebody the hospital knows links the two. */
export const IdentifyDrawer = ({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) => {
  const { t } = useTranslation(['case', 'intake']);
  const { organisation } = useSession();
  const { send, sending } = useIdentify(view);
  const [before] = useState(() => patientEntryOf(view));
  const [entry, setEntry] = useState(before);
  const change = (part: Partial<PatientEntry>): void => setEntry((now) => ({ ...now, ...part }));
  const born = bornOf(entry.born, localDay(serverNow(), organisation.timeZone));
  const patch = born === 'unreadable' ? null : patientPatch(before, entry, born);
  return (
    <Drawer
      open
      title={t(view.patient.unidentified ? 'identify' : 'correct')}
      onClose={onClose}
      footer={
        <Button
          type="primary"
          loading={sending}
          disabled={patch === null}
          onClick={() => patch && send(patch, onClose)}
        >
          {t('save')}
        </Button>
      }
    >
      <div className="dialog-form" onKeyDown={walkOnEnter}>
        <Words label={t('intake:name')} value={entry.name} max={100} onType={(name) => change({ name })} />
        <Choice
          legend={t('intake:sex')}
          field="sex"
          value={entry.sex}
          options={(['male', 'female', 'other', 'unknown'] as const).map((value) => ({
            value,
            label: t(`triage:sexes.${value}`),
          }))}
          onChange={(sex) => change({ sex: sex ?? 'unknown' })}
        />
        <Words
          label={t('intake:born')}
          value={entry.born}
          max={20}
          hint={t('intake:bornHint')}
          fault={born === 'unreadable' ? t('intake:bornUnreadable') : undefined}
          onType={(typed) => change({ born: typed })}
        />
        <SelectField
          label={t('intake:identifierKind')}
          field="identifierKind"
          value={entry.identifierKind}
          options={Object.keys(identifierKinds).map((kind) => [kind, t(`intake:identifierKinds.${kind}`)] as const)}
          onChange={(kind) => change({ identifierKind: kind as IdentifierKind })}
        />
        <Words
          label={t('addNumber')}
          value={entry.identifier}
          max={60}
          hint={t('linkHint')}
          onType={(identifier) => change({ identifier })}
        />
        <Words label={t('intake:phone')} value={entry.phone} max={40} onType={(phone) => change({ phone })} />
        <Words label={t('address')} value={entry.address} max={300} onType={(address) => change({ address })} />
      </div>
    </Drawer>
  );
};

const Words = ({
  label,
  value,
  max,
  hint,
  fault,
  onType,
}: {
  readonly label: string;
  readonly value: string;
  readonly max: number;
  readonly hint?: string;
  readonly fault?: string | undefined;
  readonly onType: (typed: string) => void;
}) => (
  <Field label={label} hint={hint} fault={fault}>
    {(id) => (
      <Input
        id={id}
        autoComplete="off"
        maxLength={max}
        value={value}
        onChange={(event) => onType(event.target.value)}
      />
    )}
  </Field>
);
