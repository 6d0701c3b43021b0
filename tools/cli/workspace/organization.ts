/** The organisation of a self-managed backend is always this word, so references written for it work in a rehearsal too. */
export const ORGANIZATION = "organization";
