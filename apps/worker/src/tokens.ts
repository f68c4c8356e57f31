/** What the engine runs with ({@link EngineParts}). */
export const ENGINE_PARTS = Symbol('engine parts');
/** What is done when the engine ends by itself. */
export const ON_DEATH = Symbol('on death');
