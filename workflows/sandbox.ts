/*
 * Loaded once in each worker thread, before any workflow (`preloadModules` of the bundle): what all of them share.
 * A workflow would otherwise evaluate every module anew and keep its own copy. So no module of a workflow may hold state;
 * the SDK freezes what is shared, and a test looks for variables.
 */
import './index';

/*
 * The SDK notes a stack trace for every promise that a workflow makes, for Temporal's stack query, and maps each frame to
 * its source. Nobody reads them here: failures leave without stacks, and where a case waits is told by the ledger.
 */
Error.stackTraceLimit = 0;
