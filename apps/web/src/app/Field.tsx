import { type ReactNode, useId } from 'react';
import './field.css';

/** A labelled field; what is wrong with it stands below and belongs to it. */
export const Field = ({
  label,
  hint,
  fault,
  children,
}: {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly fault?: ReactNode;
  readonly children: (id: string) => ReactNode;
}) => {
  const id = useId();
  return (
    <div className={fault ? 'field field-fault' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {fault ? <p role="alert">{fault}</p> : hint ? <p className="quiet">{hint}</p> : null}
    </div>
  );
};
