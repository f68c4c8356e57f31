import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { describeParameter, parameters } from '#libs/packs/parameters';
import { Field } from '../../app/Field';
import { useFormats } from '../../i18n/formats';
import { Choice } from './Choice';
import { type AssessmentEntry, type NumberField, numberFields } from './entry';
import { faultOf, limitsOf, plainNumber, pressuresOf } from './numbers';
import { type Doubt, doubtsOf } from './plausibility';

interface Part {
  readonly entry: AssessmentEntry;
  readonly onChange: (part: Partial<AssessmentEntry>) => void;
  /** Null: nobody knows. */
  readonly ageDays: number | null;
}

/** FLACC is for children too small to say a number. */
const flaccBelowDays = 2922;

/** What is measured: units at every field, a second look at what is rare for the age, an error only where the API would refuse. */
export const VitalsFields = ({ entry, onChange, ageDays }: Part) => {
  const { t } = useTranslation('assess');
  const doubts = doubtsOf(entry, ageDays);
  const small = ageDays !== null && ageDays < flaccBelowDays;
  const shown = numberFields.filter((field) => field !== 'flacc' || small || entry.numbers.flacc !== undefined);
  const setNumber = (field: NumberField, typed: string): void =>
    onChange({ numbers: { ...entry.numbers, [field]: typed } });
  /* "120/80" is one reading: it is taken apart when the field is left. */
  const leave = (field: NumberField, typed: string): void => {
    const pressures = field === 'systolic' ? pressuresOf(typed) : null;
    const plain = plainNumber(typed);
    if (pressures) onChange({ numbers: { ...entry.numbers, ...pressures } });
    else if (plain !== typed) setNumber(field, plain);
  };
  const [first, second] = [shown.slice(0, 6), shown.slice(6)];
  const field = (name: NumberField) => (
    <NumberInput
      key={name}
      field={name}
      typed={entry.numbers[name] ?? ''}
      onType={(typed) => setNumber(name, typed)}
      onLeave={(typed) => leave(name, typed)}
      doubt={doubts.find((one) => one.field === name)}
    />
  );
  return (
    <>
      <div className="vital-fields">{first.map(field)}</div>
      <div className="choices">
        <Choice
          legend={t('onOxygen')}
          field="onOxygen"
          value={entry.onOxygen}
          options={(['no', 'yes'] as const).map((value) => ({
            value,
            label: t(`oxygen.${value}`),
            letter: value === 'no' ? '0' : '1',
          }))}
          onChange={(onOxygen) => onChange({ onOxygen })}
        />
        <Choice
          legend={t('consciousness')}
          field="consciousness"
          value={entry.consciousness}
          options={parameters.consciousness.values.map((value) => ({
            value,
            label: t(`acvpu.${value}`),
            letter: value,
          }))}
          onChange={(consciousness) => onChange({ consciousness })}
        />
      </div>
      <div className="vital-fields">{second.map(field)}</div>
    </>
  );
};

/* A pair of pressures that is still being typed. */
const twoNumbers = /^\d{2,3}[/／]\d{0,3}$/;

const NumberInput = ({
  field,
  typed,
  onType,
  onLeave,
  doubt,
}: {
  readonly field: NumberField;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly onLeave: (typed: string) => void;
  readonly doubt: Doubt | undefined;
}) => {
  const { t } = useTranslation('assess');
  const { text } = useFormats();
  const { name, unit } = describeParameter(field);
  const fault = field === 'systolic' && twoNumbers.test(typed) ? null : faultOf(field, typed);
  const { least, most } = limitsOf(field);
  return (
    <Field
      label={text(name)}
      fault={fault && t(`faults.${fault}`, { least, most })}
      hint={
        doubt && <span className="doubt">{t(`doubts.${doubt.why}`, doubt.why === 'rare' ? { ...doubt } : {})}</span>
      }
    >
      {(id) => (
        <Input
          id={id}
          data-field={field}
          inputMode="decimal"
          autoComplete="off"
          maxLength={8}
          value={typed}
          status={fault ? 'error' : doubt ? 'warning' : ''}
          suffix={unit === 'points' ? undefined : <small>{unit}</small>}
          onChange={(event) => onType(event.target.value)}
          onBlur={() => onLeave(typed)}
        />
      )}
    </Field>
  );
};
