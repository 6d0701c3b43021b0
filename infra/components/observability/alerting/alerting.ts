import { type Platform, runbookUrl } from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";

/** ARNs of the topics of a team. `page` wakes a person, `ticket` waits for office hours. */
export interface TeamTopics {
  page: string;
  ticket: string;
}

/** Where the alarms of a component go, and where it is written what to do about them. */
export interface Alerting {
  /** ARN of the topic for what hurts users now. */
  page: pulumi.Input<string>;
  /** ARN of the topic for what can wait for office hours. */
  ticket: pulumi.Input<string>;
  /** Address of a runbook, by the name of its file in `runbooks/` without `.md`. */
  runbook: (name: string) => string;
}

/** An alarm as its reader meets it: what is wrong, how much it hurts, what to do. */
export interface Notice {
  /** What is wrong, for a person who was just woken. */
  summary: string;
  urgency: "page" | "ticket";
  /** Name of the runbook's file in `runbooks/`, without `.md`. */
  runbook: string;
}

/** What an alarm of any kind is given so that it reaches someone who can act: every alarm of ours has these arguments. */
export function notifying(alerting: Alerting, { summary, urgency, runbook }: Notice) {
  const topic = alerting[urgency];
  return {
    alarmDescription: `${summary}.\n\nRunbook: ${alerting.runbook(runbook)}`,
    alarmActions: [topic],
    // A pager closes by itself what is over.
    okActions: [topic],
  };
}

/**
 * The routes of one team, for a component's `alerting`.
 *
 * @param topics output `topics` of the observability stack
 * @example
 * new FargateService(contract.name, { …, alerting: teamAlerting(settings, contract.owner, observability.read().topics) });
 */
export function teamAlerting(settings: Platform, team: string, topics: pulumi.Output<Record<string, TeamTopics>>): Alerting {
  return alertingBy(
    settings,
    topics.apply((known) => topicsOf(team, known)),
  );
}

/** The routes of a pair of topics, for a component's `alerting`. */
export function alertingBy(settings: Pick<Platform, "repository">, topics: pulumi.Input<TeamTopics>): Alerting {
  const { page, ticket } = pulumi.output(topics);
  return { page, ticket, runbook: (name) => runbookUrl(settings, name) };
}

/** @throws when the team has no topics, naming those that have */
export function topicsOf(team: string, topics: Record<string, TeamTopics>): TeamTopics {
  const own = topics[team];
  if (own) return own;
  throw new Error(
    `the observability stack has no topics for team "${team}", only for ${Object.keys(topics).join(", ")}. ` +
      `Run \`pulumi up\` in infra/stacks/observability: it makes them for every team of platform.config.ts.`,
  );
}
