/** Something that was looked at. */
export interface Finding {
  check: string;
  /** `note`: nothing to mend here and now, or it could not be looked at. */
  state: "fine" | "note" | "wrong";
  message: string;
  /** What to do, where something is wrong. */
  fix?: string;
}

/** A part of what an environment stands on, looked at by asking someone outside of this machine. */
export interface Check {
  name: string;
  /** May throw: what it throws becomes a finding. */
  run(): Promise<Finding[]>;
}

export const fine = (check: string, message: string): Finding => ({ check, state: "fine", message });
export const note = (check: string, message: string, fix?: string): Finding => ({
  check,
  state: "note",
  message,
  ...(fix ? { fix } : {}),
});
export const wrong = (check: string, message: string, fix?: string): Finding => ({
  check,
  state: "wrong",
  message,
  ...(fix ? { fix } : {}),
});
