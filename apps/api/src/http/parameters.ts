import { Param } from '@nestjs/common';
import { z } from 'zod';

const uuid = z.uuid();

/** A uuid of the path; anything else is VALIDATION_FAILED. */
export const Id = (name = 'id'): ParameterDecorator => Param(name, { schema: uuid });
