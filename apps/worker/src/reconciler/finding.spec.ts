import { safeWorkflowId } from './finding';

describe('a workflow id that is written down', () => {
  const uuid = '01a20718-b22d-7130-8709-64eedbfe9e8c';

  it('is repeated when it is of our form', () => {
    expect(safeWorkflowId(`triage:${uuid}`)).toBe(`triage:${uuid}`);
    expect(safeWorkflowId(`bed-scheduling:${uuid}`)).toBe(`bed-scheduling:${uuid}`);
  });

  it('is not repeated when anybody could have put a patient into it', () => {
    for (const id of [
      '王小明',
      '',
      `王:${uuid}`,
      `triage:${uuid}x`,
      `triage:${uuid}\n王`,
      'triage:110101199003070011',
      `Triage:${uuid}`,
    ])
      expect(safeWorkflowId(id)).toBe('foreign');
  });
});
