/** Fields of a schedule with their limits and names. Source: Kubernetes documentation, "CronJob", Schedule syntax. */
const FIELDS = [
  { name: "minute", min: 0, max: 59, words: [] },
  { name: "hour", min: 0, max: 23, words: [] },
  { name: "day of the month", min: 1, max: 31, words: [] },
  { name: "month", min: 1, max: 12, words: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] },
  { name: "day of the week", min: 0, max: 6, words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

const MACROS = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/** What is wrong with a CronJob's schedule, for example `0 3 * * 1-5`. */
export function scheduleProblem(schedule: string): string | undefined {
  if (MACROS.includes(schedule) || /^@every \d+(\.\d+)?(s|m|h)/.test(schedule)) return undefined;
  if (/^(CRON_)?TZ=/.test(schedule)) return `"${schedule}" names a time zone. Set spec.timeZone instead.`;
  const parts = schedule.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return `"${schedule}" has ${parts.length} fields. Write five (minute, hour, day of the month, month, day of the week), or ${MACROS.join(", ")}.`;
  }
  for (const [index, field] of FIELDS.entries()) {
    const wrong = parts[index]!.split(",").find((item) => !isItem(item, field));
    if (wrong !== undefined) {
      return `"${wrong}" is no ${field.name} in "${schedule}". Use *, ${field.min} to ${field.max}, a range a-b, or a step */n.`;
    }
  }
  return undefined;
}

function isItem(item: string, field: (typeof FIELDS)[number]): boolean {
  const [range = "", step, ...more] = item.split("/");
  if (more.length > 0 || (step !== undefined && !(/^\d+$/.test(step) && Number(step) > 0))) return false;
  if (range === "*" || range === "?") return true;
  const [from, to, ...others] = range.split("-").map((end) => numberOf(end, field));
  if (others.length > 0 || from === undefined) return false;
  return range.includes("-") ? to !== undefined && from <= to : true;
}

function numberOf(text: string, { min, max, words }: (typeof FIELDS)[number]): number | undefined {
  const word = (words as string[]).indexOf(text.toLowerCase());
  if (word >= 0) return word + min;
  const number = /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return number >= min && number <= max ? number : undefined;
}
