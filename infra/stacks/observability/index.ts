import { account as accountOutputs } from "@fairway/account/outputs";
import {
  AlarmBus,
  AlertRoutes,
  ChatChannel,
  checkPlace,
  Collector,
  PlatformDashboard,
  PrometheusWorkspace,
} from "@fairway/components";
import { environmentOf, type Platform, platformTeam, roleDefaults, runbookUrl } from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";
import platform from "../../../platform.config.ts";
import { observability as outputs } from "./outputs.ts";

/** Where Route 53 and billing report, wherever an environment is. */
const GLOBAL_REGION = "us-east-1";

/** Where an environment's alarms go, by team, and what telemetry is sent to. It comes before what has alarms. */
export default function observability(settings: Platform = platform) {
  const environment = environmentOf(settings, pulumi.getStack());
  checkPlace(environment);
  const { account, region, protect } = environment;
  const { logDays } = environment.observability;
  const prefix = `${settings.name}-${environment.name}`;
  const operator = platformTeam(settings);
  const roles = roleDefaults(settings, environment, "platform");
  const wakes = new pulumi.Config().getBoolean("pages") ?? isLast(settings, environment.name);

  const regional = createRoutes("alerts", region, Object.keys(settings.teams));
  const global = region === GLOBAL_REGION ? regional : createRoutes(`alerts-${GLOBAL_REGION}`, GLOBAL_REGION, [operator]);
  showInChat();
  const bus = new AlarmBus("alarm-bus", {
    place: { account, region },
    busName: `${prefix}-alarms`,
    days: logDays,
    otherRegions: region === GLOBAL_REGION ? [] : [GLOBAL_REGION],
    roleDefaults: roles,
  });
  const prometheus = environment.observability.prometheus ? createPrometheus() : null;
  const collector = new Collector("collector", {
    region,
    prefix: `${settings.name}/${environment.name}`,
    logDays,
    remoteWriteUrl: prometheus?.remoteWriteUrl,
  });
  new PlatformDashboard("dashboard", { region, dashboardName: prefix, runtimes: environment.runtimes, cluster: prefix });

  return outputs.produce({
    topics: regional.topics,
    globalTopics: global.topics.apply((topics) => topics[operator]!),
    alarmBusArn: bus.arn,
    collectorParameter: collector.parameterName,
    prometheus: prometheus && pulumi.output(prometheusOutputs(prometheus)),
  });

  function createRoutes(name: string, of: string, teams: string[]) {
    return new AlertRoutes(name, {
      place: { account, region: of },
      prefix,
      teams: Object.fromEntries(teams.map((team) => [team, routesOf(team)])),
      operator,
      runbook: (runbook) => runbookUrl(settings, runbook),
      protect,
    });
  }

  function routesOf(team: string) {
    const { page, ticket } = settings.teams[team]!;
    return { page: wakes ? page : ticket, ticket };
  }

  function showInChat() {
    for (const [team, { chat }] of Object.entries(settings.teams)) {
      if (!chat) continue;
      const topics = [regional, ...(global !== regional && team === operator ? [global] : [])].flatMap((routes) => [
        routes.nodes.topics[team]!.page.arn,
        routes.nodes.topics[team]!.ticket.arn,
      ]);
      const configurationName = `${prefix}-${team}`;
      new ChatChannel(`chat-${team}`, { account, configurationName, chat, topics, roleDefaults: roles });
    }
  }

  function createPrometheus() {
    const { dataKeyArn } = accountOutputs.read();
    return new PrometheusWorkspace("prometheus", { alias: prefix, keyArn: dataKeyArn, logDays, protect });
  }
}

function prometheusOutputs({ arn, remoteWriteUrl, queryUrl }: PrometheusWorkspace) {
  return { arn, remoteWriteUrl, queryUrl };
}

/** Whether an environment is the last in promotion order: the one with users. */
function isLast(settings: Platform, environment: string): boolean {
  return Object.keys(settings.environments).at(-1) === environment;
}
