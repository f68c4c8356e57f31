import { type Review } from '../../api/types';
import { type Panel } from '../panel';
import { type Checked, checkBy } from './check';
import { blankEntry, contentOf, type Entry, entryOf, nameOf } from './entry';
import { formSpec, type GroupSpec, type JsonSchema } from './field-spec';

/** The shapes of a gate as the API describes them. */
export interface GateForm {
  readonly process: string;
  readonly step: string;
  readonly content: JsonSchema;
  readonly judgement: JsonSchema;
}

/** What of a panel is not seen. */
export type PanelSense = Omit<Panel<Entry>, 'Sources' | 'Form' | 'Draft' | 'Line' | 'Value'>;

/** How a form is drawn, checked, and understood by the shell. */
export interface SchemaSense {
  readonly spec: GroupSpec;
  readonly check: (content: unknown) => Checked;
  readonly sense: PanelSense;
}

/** What the schemas of a gate mean to the shell. Whether a reason is due, the API says when it is signed. */
export const schemaSense = (form: GateForm): SchemaSense => {
  const spec = formSpec(form.content);
  const judged = Object.keys(form.judgement.properties ?? {});
  const [check, checkJudgement] = [checkBy(form.content), checkBy(form.judgement)];
  const partJudged = <V>(of: Readonly<Record<string, V>>): Record<string, V> =>
    Object.fromEntries(Object.entries(of).filter(([name]) => judged.includes(name)));
  const signed = (entry: Entry): object | null => contentIn(check(contentOf(spec, entry)));
  const drafted = ({ draft }: Review): Entry | null => (draft?.approvable ? entryOf(spec, draft.proposes) : null);
  const sense: PanelSense = {
    fields: spec.fields.map(nameOf),
    nameOf: (field) => `${form.process}:${form.step}.fields.${field}`,
    blank: ({ judgement }) => ({
      ...blankEntry(spec),
      ...(judgement && partJudged(entryOf(spec, judgement.content))),
    }),
    formOf: (content) => entryOf(spec, content),
    judgementOf: (entry) => contentIn(checkJudgement(partJudged(contentOf(spec, entry)))),
    contentOf: signed,
    needsReason: () => false,
    isDraft: (review, entry) => {
      const proposed = drafted(review);
      return proposed !== null && JSON.stringify(signed(proposed)) === JSON.stringify(signed(entry));
    },
    drafted,
    ruled: () => null,
    // Other rounds are told by a process's own panel.
    useRounds: () => [],
  };
  return { spec, check, sense };
};

const contentIn = (checked: Checked): object | null => (checked.fits ? checked.content : null);
