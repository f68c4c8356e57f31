/** The address to open on the screen: the token stands behind `#` and never leaves its browser. */
export const boardAddress = (origin: string, token: string): string => `${origin}/kiosk.html#${token}`;

/** Addresses as they are typed, by comma, space or line. */
export const addressesOf = (typed: string): string[] => typed.split(/[\s,，、;；]+/).filter((one) => one !== '');
