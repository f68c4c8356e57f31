import { createModelEndpoint } from '#libs/llm/endpoint';
import { input, notePrompt, ROOMY_DEADLINES } from '#libs/llm/testing';

/** Drafts once at the address given, in a process whose environment is the test's; then fetches it as Node does by itself. */
const main = async (baseUrl: string): Promise<void> => {
  const endpoint = createModelEndpoint({ baseUrl, model: 'rehearsal-deepseek', deadlines: ROOMY_DEADLINES });
  const outcome = await endpoint.draft({ prompt: notePrompt, input, maxTokens: 100 });
  await endpoint.close();
  const fetched = await fetch(baseUrl).then(
    () => 'fetched',
    () => 'not fetched',
  );
  process.stdout.write(`${outcome.ok ? 'drafted' : outcome.reason}\n${fetched}\n`);
};

void main(process.argv[2] ?? '');
