import { text } from "../reading/values.ts";
import { eachTaskContainer } from "../reading/workloads.ts";
import type { Policy } from "../types.ts";

export const taskNotRoot: Policy = {
  name: "task-not-root",
  title: "A task runs as a user other than root, given by number",
  why: "Root in a container is one flaw of the kernel away from root outside it. A name can't be checked: an image may map it to 0.",
  fix: 'Set user to "1000:1000" or another number above 0.',
  severity: "mandatory",
  check: (plan) =>
    eachTaskContainer(plan, ({ definition }) => {
      const user = text(definition.user);
      if (user === undefined) return "user is not set: it is the image's, mostly root";
      return /^[1-9]\d*(:[1-9]\d*)?$/.test(user) ? undefined : `user is "${user}"`;
    }),
};
