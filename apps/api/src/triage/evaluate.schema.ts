import { z } from 'zod';
import { evaluationSchema, infectionSchema } from './case-view.schema';

/** POST /api/triage/evaluations: what the rules say, and what they would ask next. */
export const evaluationAnswerSchema = z.strictObject({
  evaluation: evaluationSchema,
  infection: infectionSchema,
  questions: z.array(z.looseObject({ id: z.string(), because: z.string(), zh: z.string(), en: z.string() })).readonly(),
});
export type EvaluationAnswer = z.infer<typeof evaluationAnswerSchema>;
