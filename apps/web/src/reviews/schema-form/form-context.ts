import { createContext, use } from 'react';
import { type Fault } from './check';
import { type Names } from './names';

interface FormParts {
  readonly names: Names;
  /** What is wrong at a place of the content (`items.0.dose`), once its field was left. */
  readonly faultAt: (at: string) => Fault | undefined;
}

/** What every field of a form needs beside its own value. */
export const FormContext = createContext<FormParts | null>(null);

/** The names and faults of the form around a field. Throws outside of one. */
export const useFormParts = (): FormParts => {
  const parts = use(FormContext);
  if (parts === null) throw new Error('there is no form around this field');
  return parts;
};
