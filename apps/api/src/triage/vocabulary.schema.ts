import { z } from 'zod';

const spelling = z.strictObject({
  text: z.string(),
  signs: z.array(z.strictObject({ sign: z.string(), readings: z.array(z.string()).readonly() })).readonly(),
});

/** GET /api/triage/vocabulary: what a form finds by initials while it is typed, also when the network is away. */
export const vocabularySchema = z.strictObject({
  complaints: z.array(z.strictObject({ topicId: z.string(), zh: z.string(), spelling })).readonly(),
  flags: z.array(z.strictObject({ id: z.string(), spelling })).readonly(),
});
export type VocabularyAnswer = z.infer<typeof vocabularySchema>;
