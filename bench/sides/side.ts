/** One of the two things that are compared. */
export interface Side {
  readonly name: string;
  /**
   * Runs one flow, from its start until its last step is committed, in one of the lanes that run side by side. Waits so
   * long before the decision, once everything before it has come to rest.
   */
  readonly flow: (lane: number, restMs: number) => Promise<string>;
  /** Milliseconds from the commit of the decision to the commit of the workflow's last step, by PostgreSQL's clock. */
  readonly latencies: (keys: readonly string[]) => Promise<number[]>;
}

/** Runs so many of something, so many at once; answers the time all took, milliseconds. */
export const runLanes = async (
  { flows, lanes }: { readonly flows: number; readonly lanes: number },
  flow: (lane: number) => Promise<void>,
): Promise<number> => {
  let begun = 0;
  const lane = async (number: number): Promise<void> => {
    while (begun < flows) {
      begun += 1;
      await flow(number);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: Math.min(lanes, flows) }, (_, number) => lane(number)));
  return performance.now() - started;
};

/** Runs so many flows, so many at once; answers their keys and the time all took, milliseconds. */
export const runFlows = async (
  side: Side,
  { flows, lanes, restMs = 0 }: { flows: number; lanes: number; restMs?: number },
): Promise<{ keys: string[]; ms: number }> => {
  const keys: string[] = [];
  const ms = await runLanes({ flows, lanes }, async (lane) => void keys.push(await side.flow(lane, restMs)));
  return { keys, ms };
};
