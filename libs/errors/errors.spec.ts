import { CountersignError, errorCodes, isCountersignError } from './errors';

describe('CountersignError', () => {
  it('carries its code, status and detail, and no other text', () => {
    const error = new CountersignError('STALE_DRAFT', { draftVersion: 2 });
    expect(error).toMatchObject({
      code: 'STALE_DRAFT',
      status: 409,
      message: 'STALE_DRAFT',
      detail: { draftVersion: 2 },
    });
  });

  it('is told apart from any other thrown value', () => {
    expect(isCountersignError(new CountersignError('INTERNAL'))).toBe(true);
    expect(isCountersignError(new Error('INTERNAL'))).toBe(false);
  });
});

describe('errorCodes', () => {
  it('gives each code an HTTP error status and says when it happens', () => {
    for (const { status, when } of Object.values(errorCodes)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(when.length).toBeGreaterThan(10);
    }
  });
});
