import { z } from 'zod';
import { createModelEndpoint, type ModelEndpoint, type ModelEndpointOptions } from './endpoint';
import { definePrompt, type Prompt } from './prompt';
import { type Drafters } from './rehearsal/drafting';
import { type RehearsalOptions, type RehearsalServer, startRehearsalServer } from './rehearsal/server';

/** A schema with everything that can go wrong in one: text, enum, number, list, nesting, nullable. */
export const noteSchema = z.strictObject({
  level: z.enum(['1', '2', '3', '4']),
  reasons: z.array(z.strictObject({ text: z.string().min(1), quote: z.string().nullable() })).min(1),
  minutes: z.number().int().min(0).max(240),
  urgent: z.boolean(),
});

/** A value of {@link noteSchema}. */
export type Note = z.infer<typeof noteSchema>;

/** A prompt for specs. */
export const notePrompt: Prompt<Note> = definePrompt({
  id: 'spec/note',
  version: 1,
  instructions: '阅读病情，给出分级和理由。',
  schema: noteSchema,
  schemaName: 'spec_note',
});

/** A correct answer to {@link notePrompt}. */
export const note: Note = {
  level: '2',
  reasons: [{ text: '胸痛伴出汗', quote: '胸口闷痛' }],
  minutes: 10,
  urgent: true,
};

/** Drafters for specs: always {@link note}. */
export const noteDrafters: Drafters = { spec_note: () => note };

/** Real deadlines times 0.02: 600 ms, 300 ms, 1800 ms. */
export const SCALED_DEADLINES = { firstTokenMs: 600, gapMs: 300, totalMs: 1800 };

/** For what is not about time: a busy machine may take long. */
export const ROOMY_DEADLINES = { firstTokenMs: 5000, gapMs: 5000, totalMs: 15_000 };

/** A patient who exists nowhere; must never appear outside `record.raw`. */
export const CANARY = '甄患者130102198001011234MRN0042';

/** The input that carries the canary. */
export const input = JSON.stringify({ complaint: `胸口闷痛 ${CANARY}` });

/** A rehearsal server whose faults can be chosen by header, and an endpoint for it. */
export interface Rehearsal {
  server: RehearsalServer;
  endpoint: ModelEndpoint;
  close(): Promise<void>;
}

/** Starts both on loopback. */
export const startRehearsal = async (
  server: Partial<RehearsalOptions> = {},
  endpoint: Partial<ModelEndpointOptions> = {},
): Promise<Rehearsal> => {
  const started = await startRehearsalServer({
    drafters: noteDrafters,
    allowFaults: true,
    faultEveryMs: 60,
    slowMs: 400,
    ...server,
  });
  const client = createModelEndpoint({
    baseUrl: started.baseUrl,
    model: started.model,
    deadlines: ROOMY_DEADLINES,
    ...endpoint,
  });
  return {
    server: started,
    endpoint: client,
    close: async () => {
      await client.close();
      await started.close();
    },
  };
};
