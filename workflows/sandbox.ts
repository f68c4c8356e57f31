/*
 * Prepares what all workflows of a worker thread share; loaded once, before any of them (`preloadModules` of the bundle).
 * The SDK notes a stack trace for every promise that a workflow makes, for Temporal's stack query, and maps each frame to
 * its source: about half of what running a workflow costs. Nobody reads them here: failures leave without stacks, and
 * where a case waits is told by the ledger.
 */
Error.stackTraceLimit = 0;
