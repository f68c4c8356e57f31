import { type Panel } from '../panel';
import { type Entry } from './entry';
import { type GateForm, schemaSense } from './gate-form';
import { useNames } from './names';
import { SchemaDraft } from './SchemaDraft';
import { SchemaForm } from './SchemaForm';
import { SchemaSources } from './SchemaSources';

/** The panel of a gate whose process brings none. */
export const schemaPanel = (form: GateForm): Panel<Entry> => {
  const { spec, check, sense } = schemaSense(form);
  return {
    ...sense,
    Sources: SchemaSources,
    Form: (part) => <SchemaForm {...part} spec={spec} check={check} />,
    Draft: (part) => <SchemaDraft {...part} spec={spec} drafted={sense.drafted(part.review) as Entry | null} />,
    Line: ({ content }) => <>{useNames(form).inWords([], content)}</>,
    Value: ({ field, value }) => <>{useNames(form).inWords([field], value)}</>,
  };
};
