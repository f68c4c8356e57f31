const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The case that an entry is about (its address there is `<process>:<case>`); null where it is of no case of ours. */
export const caseOf = (workflowId: string): string | null => {
  const [, caseId = '', ...rest] = workflowId.split(':');
  return rest.length === 0 && uuid.test(caseId) ? caseId : null;
};
