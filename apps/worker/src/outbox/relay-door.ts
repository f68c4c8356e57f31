import { type WorkflowDoor } from '#libs/temporal/workflow-door';

/** The relay's way into Temporal. */
export interface RelayDoor extends WorkflowDoor {
  /** Starts a workflow again whose last run is closed; one that runs is `already-started`. */
  readonly restart: WorkflowDoor['start'];
}
