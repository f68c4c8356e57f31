/** The pinned Temporal server; `deploy/temporal/go.mod` says the same, and a test compares them. */
export const temporalVersion = '1.30.9';

/** The Go that this version asks for; set explicitly because some machines say `GOTOOLCHAIN=local`. */
export const goToolchain = 'go1.26.10';
