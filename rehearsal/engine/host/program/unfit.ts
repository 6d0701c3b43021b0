/** A program that can't share a process with others, as a plan wants it to. Says all there is to say: running it alone explains no more. */
export class UnfitProgram extends Error {}
