import { existsSync, globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import type { PropertyMap } from "@fairway/engine";
import { createTrials } from "@fairway/planner/testing";
import { environmentOf, pulumiConfig, runbookUrl } from "@fairway/settings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import platform from "../platform.config.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

/** The programs with alarms, and what they stand on, in the order in which they come up. */
const PROGRAMS = {
  network: "infra/stacks/network",
  dns: "infra/stacks/dns",
  observability: "infra/stacks/observability",
  edge: "infra/stacks/edge",
  ecs: "infra/stacks/ecs",
  catalog: "services/catalog/infra",
};
const SECTIONS = ["Meaning", "Impact", "Diagnosis", "Mitigation", "Escalation"];

interface Alarm {
  name: string;
  /** Name of the runbook that its description ends with. */
  runbook: string | undefined;
}

/** Every alarm of production. */
async function plannedAlarms(): Promise<Alarm[]> {
  const { config } = pulumiConfig(platform, environmentOf(platform, "production"));
  const written = Object.entries(config as Record<string, unknown>).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const image = `111111111111.dkr.ecr.eu-west-1.amazonaws.com/acme/catalog@sha256:${"0".repeat(64)}`;
  const outputs: Record<string, PropertyMap> = {};
  const alarms: Alarm[] = [];
  for (const [project, folder] of Object.entries(PROGRAMS)) {
    const trial = await trials.run({
      program: { folder: `${root}/${folder}` },
      project,
      stack: "production",
      config: { ...Object.fromEntries(written), "catalog:image": image },
      outputs,
    });
    expect(trial.errors, project).toEqual([]);
    outputs[project] = trial.outputs;
    for (const { name, inputs } of trial.ofType("aws:cloudwatch/metricAlarm:MetricAlarm")) {
      const link = /\n\nRunbook: (\S+)$/.exec(String(inputs.alarmDescription))?.[1];
      const runbook = link && basename(link, ".md");
      alarms.push({ name, runbook: runbook && runbookUrl(platform, runbook) === link ? runbook : undefined });
    }
  }
  return alarms;
}

const files = globSync("runbooks/*.md", { cwd: root }).filter((file) => basename(file) !== "README.md");

/** The values of a runbook's front matter. */
function frontMatter(text: string): Record<string, string> {
  const block = /^---\n(.*?)\n---\n/s.exec(text)?.[1] ?? "";
  return Object.fromEntries(
    block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
}

/** Whether a name fits a pattern in which `*` stands for anything. */
function fits(pattern: string, name: string): boolean {
  const [first = "", ...others] = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${[first, ...others].join(".+")}$`).test(name);
}

describe("between alarms and runbooks", () => {
  let alarms: Alarm[];
  beforeAll(async () => void (alarms = await plannedAlarms()), 120_000);

  test("every alarm of production ends with the address of a runbook that is here and names it", () => {
    expect(alarms.length).toBeGreaterThan(3);
    const unread = alarms.filter(({ name, runbook }) => {
      const file = `${root}/runbooks/${runbook}.md`;
      if (!runbook || !existsSync(file)) return true;
      const patterns = JSON.parse(frontMatter(readFileSync(file, "utf8")).alarms ?? "[]") as string[];
      return !patterns.some((pattern) => fits(pattern, name));
    });
    expect(unread).toEqual([]);
  });

  test("every runbook is for an alarm that there is", () => {
    const used = new Set(alarms.map(({ runbook }) => runbook));
    expect(files.map((file) => basename(file, ".md")).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe.each(files)("%s", (file) => {
  const text = readFileSync(`${root}/${file}`, "utf8");

  test("says whose it is, how much it hurts, and when it was last exercised", () => {
    const { owner, severity, "last-exercised": exercised } = frontMatter(text);
    expect(["service", ...Object.keys(platform.teams)]).toContain(owner);
    expect(["page", "ticket"]).toContain(severity);
    expect(exercised).toMatch(/^(never|\d{4}-\d\d-\d\d)$/);
  });

  test("has its sections in the order in which they are needed", () => {
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(SECTIONS);
  });

  test("names only folders that exist", () => {
    const named = [...text.matchAll(/(?:infra|services)\/[a-z/-]+/g)].map(([path]) => path.replace(/\/$/, ""));
    expect(named.filter((path) => !path.startsWith("services/") && !existsSync(`${root}/${path}`))).toEqual([]);
  });
});
