import { z } from 'zod';
import { refuse, type Refusal } from '#libs/review/refusal';
import { jsonSchemaOf } from '../http/json-schema';
import { gateOf, type ReviewDeps } from './review-deps';

/** GET /api/gates/:process/:step/form: the shapes of what a person enters at a gate, as JSON Schema (2020-12). */
export const gateFormSchema = z.strictObject({
  process: z.string(),
  step: z.string(),
  /** What is signed. */
  content: z.record(z.string(), z.unknown()),
  /** What is stored as the person's own judgement. */
  judgement: z.record(z.string(), z.unknown()),
});
export type GateForm = z.infer<typeof gateFormSchema>;

/** The form of a gate whose process brings no screen of its own. */
export const gateForm = (deps: ReviewDeps, process: string, step: string): GateForm | Refusal => {
  const gate = gateOf(deps, { process, step });
  if (!gate) return refuse('NOT_FOUND');
  const { content, judgement } = gate.schemas;
  return { process, step, content: jsonSchemaOf(content, 'input'), judgement: jsonSchemaOf(judgement, 'input') };
};
