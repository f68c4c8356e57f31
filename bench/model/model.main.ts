import { startRehearsalServer } from '#libs/llm/rehearsal/server';
import { rehearseAcuity } from '#libs/processes/triage/triage.rehearsal';

/** What the model is told by its parent, as JSON in its only argument. */
export interface ModelOrder {
  /** From a request to the first token; the rest follows at once. */
  readonly latencyMs: number;
}

/** The first line: where the model answers. */
export const readyLine = 'model on ';

const main = async ({ latencyMs }: ModelOrder): Promise<void> => {
  const server = await startRehearsalServer({
    drafters: { triage_acuity: rehearseAcuity },
    latencyMs,
    onRequest: ({ body }) => {
      if (body.includes('triage_acuity')) console.log(Date.now());
    },
  });
  console.log(`${readyLine}${server.baseUrl}`);
};

if (require.main === module) void main(JSON.parse(process.argv[2] ?? '{}') as ModelOrder);
