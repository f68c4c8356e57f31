import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { type ZodType } from 'zod';
import { errorCodes, type ErrorCode } from '#libs/errors/errors';

/** What a route may answer beside success. */
export interface Documented {
  readonly description?: string;
  readonly codes?: readonly ErrorCode[];
}

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

const problems = (codes: readonly ErrorCode[]): MethodDecorator[] => {
  const statuses = [...new Set(codes.map((code) => errorCodes[code].status))];
  return statuses.map((status) =>
    ApiResponse({
      status,
      description: codes
        .filter((code) => errorCodes[code].status === status)
        .map((code) => `${code}: ${errorCodes[code].when}`)
        .join('; '),
      content: problemContent,
    }),
  );
};

/** Documents what a route answers: the status and schema of success (null: no body), and its own problem codes. */
export const Answers = (
  status: number,
  schema: ZodType | null,
  { description = '', codes = [] }: Documented = {},
): MethodDecorator =>
  applyDecorators(
    ApiResponse(schema ? { status, description, standardSchema: schema } : { status, description }),
    ...problems(codes),
    ApiResponse({
      status: 'default',
      description: 'whatever else goes wrong',
      content: problemContent,
    }),
  );
