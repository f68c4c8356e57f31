import { Checkbox, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { ageText } from '#libs/triage-desk/patient-facts';
import { Field } from '../../app/Field';
import { useFormats } from '../../i18n/formats';
import { useSession } from '../../session/session';
import { Choice } from '../form/Choice';
import { SelectField } from '../form/SelectField';
import { type Born, bornOf, identityCard } from './born';
import { arrivalModes, type IdentifierKind, identifierKinds, type IntakeEntry } from './entry';
import { desksOf } from './wards';

interface Part {
  readonly entry: IntakeEntry;
  readonly onChange: (part: Partial<IntakeEntry>) => void;
  readonly today: string;
}

const sexes = [
  ['male', '1'],
  ['female', '2'],
  ['other', '3'],
  ['unknown', '0'],
] as const;

/** Who came, how, and by which numbers the hospital knows them. */
export const PatientFields = ({ entry, onChange, today }: Part) => {
  const { t } = useTranslation(['intake', 'triage']);
  return (
    <section className="card form-part" aria-label={t('patient')}>
      <h2>{t('patient')}</h2>
      <div className="patient-fields">
        <Field label={t('name')}>
          {(id) => (
            <Input
              id={id}
              data-field="name"
              autoFocus
              autoComplete="off"
              maxLength={100}
              value={entry.name}
              placeholder={entry.unidentified ? t('nameGenerated') : ''}
              onChange={({ target: { value } }) => onChange({ name: value, ...(value && { unidentified: false }) })}
            />
          )}
        </Field>
        <Checkbox
          checked={entry.unidentified}
          onChange={({ target }) => onChange({ unidentified: target.checked, ...(target.checked && { name: '' }) })}
        >
          {t('triage:unidentified')}
        </Checkbox>
        <Choice
          legend={t('sex')}
          field="sex"
          value={entry.sex}
          options={sexes.map(([value, letter]) => ({ value, letter, label: t(`triage:sexes.${value}`) }))}
          onChange={(sex) => onChange({ sex: sex ?? 'unknown' })}
        />
        <BornField typed={entry.born} today={today} onType={(born) => onChange({ born })} />
      </div>
      <Numbers entry={entry} onChange={onChange} today={today} />
    </section>
  );
};

const BornField = ({
  typed,
  today,
  onType,
}: {
  readonly typed: string;
  readonly today: string;
  readonly onType: (typed: string) => void;
}) => {
  const { t } = useTranslation('intake');
  const { text } = useFormats();
  const born = bornOf(typed, today);
  const understood = (read: Born): string =>
    read.kind === 'birthDate'
      ? `${read.birthDate} · ${text(ageText(read.ageDays, false))}`
      : text(ageText(read.ageDays, true));
  return (
    <Field
      label={t('born')}
      fault={born === 'unreadable' && t('bornUnreadable')}
      hint={born !== null && born !== 'unreadable' ? understood(born) : t('bornHint')}
    >
      {(id) => (
        <Input
          id={id}
          data-field="born"
          autoComplete="off"
          maxLength={20}
          value={typed}
          status={born === 'unreadable' ? 'error' : ''}
          onChange={(event) => onType(event.target.value)}
        />
      )}
    </Field>
  );
};

type ArrivalMode = NonNullable<IntakeEntry['arrivalMode']>;

/** An identity card says birth date and sex; it never overwrites what a person entered. */
const fromCard = (entry: IntakeEntry, identifier: string): Partial<IntakeEntry> => {
  const card = entry.identifierKind === 'NNCHN' ? identityCard(identifier) : null;
  return {
    identifier,
    ...(card && entry.born.trim() === '' && { born: card.birthDate }),
    ...(card && entry.sex === 'unknown' && { sex: card.sex }),
  };
};

const Numbers = ({ entry, onChange }: Part) => {
  const { t } = useTranslation('intake');
  const desks = desksOf(useSession());
  const kinds = Object.keys(identifierKinds).map((kind) => [kind, t(`identifierKinds.${kind}`)] as const);
  const unchosen = [['', t('wardUnchosen')] as const];
  const modes = [['', t('modeUnknown')] as const, ...arrivalModes.map((mode) => [mode, t(`modes.${mode}`)] as const)];
  const input = (id: string, field: 'identifier' | 'phone' | 'visitNumber', max: number) => (
    <Input
      id={id}
      data-field={field}
      autoComplete="off"
      maxLength={max}
      value={entry[field]}
      onChange={({ target: { value } }) =>
        onChange(field === 'identifier' ? fromCard(entry, value) : { [field]: value })
      }
    />
  );
  return (
    <div className="patient-fields">
      <SelectField
        label={t('identifierKind')}
        field="identifierKind"
        value={entry.identifierKind}
        options={kinds}
        onChange={(kind) => onChange({ identifierKind: kind as IdentifierKind })}
      />
      <Field label={t('identifier')}>{(id) => input(id, 'identifier', 60)}</Field>
      <Field label={t('visitNumber')}>{(id) => input(id, 'visitNumber', 60)}</Field>
      <Field label={t('phone')}>{(id) => input(id, 'phone', 40)}</Field>
      <SelectField
        label={t('mode')}
        field="mode"
        value={entry.arrivalMode ?? ''}
        options={modes}
        onChange={(mode) => onChange({ arrivalMode: mode === '' ? null : (mode as ArrivalMode) })}
      />
      {desks.length > 1 && (
        <SelectField
          label={t('ward')}
          field="ward"
          value={entry.wardId}
          options={[...(entry.wardId === '' ? unchosen : []), ...desks.map(({ id, name }) => [id, name] as const)]}
          onChange={(wardId) => onChange({ wardId })}
        />
      )}
    </div>
  );
};
