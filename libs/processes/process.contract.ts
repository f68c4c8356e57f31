import { type ZodType } from 'zod';
import { type Measured } from './agreement';
import { type Gate, type GateRules } from '#libs/review/gate';

/** A gate with the shapes and pure rules of what passes through it; C content signed, D draft, J own judgement. */
export interface GateContract<C = unknown, D = unknown, J = unknown> {
  readonly gate: Gate;
  readonly schemas: { readonly content: ZodType<C>; readonly draft: ZodType<D>; readonly judgement: ZodType<J> };
  readonly rules: GateRules<C, D, J>;
  /** One valid value of each shape, for the contract suite every gate must pass and for the documentation. */
  readonly examples: {
    readonly content: C;
    readonly otherContent: C;
    readonly draft: D;
    readonly judgement: J;
    /** A floor, and content that is below it; null where the gate knows no floor. */
    readonly below: { readonly floor: string; readonly content: C } | null;
  };
}

/** Names the workflow type and its queues; the API starts workflows by these names only. */
export interface ProcessContract {
  readonly name: string;
  readonly workflowType: string;
  readonly gates: Readonly<Record<string, GateContract<never, never, never>>>;
  /** What people and model are compared by. */
  readonly agreement: Measured;
}
