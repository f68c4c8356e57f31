/** What a workflow gets in place of a payload that did not decrypt or was not bound to it; never patient data. */
export const rejectedMarker = { 'countersign/rejected': true } as const;

/** Whether a workflow argument, signal or query value was refused by the codec and says nothing. */
export const isRejected = (value: unknown): value is typeof rejectedMarker =>
  typeof value === 'object' && value !== null && (value as Record<string, unknown>)['countersign/rejected'] === true;
