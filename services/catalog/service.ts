import { defineService } from "@fairway/service";

export default defineService({
  name: "catalog",
  owner: "shopping",
  description: "What the shop sells: list, filter, search and look up products.",
  http: {
    port: 8080,
    paths: ["/catalog", "/catalog/*"],
    healthPath: "/healthz",
    visibility: "public",
    drain: "15s",
  },
  size: { cpu: 0.25, memory: 0.5, architecture: "arm64" },
  scale: { min: 2, max: 10, requestsPerMinute: 3000 },
  environment: { LOG_LEVEL: "info", DRAIN_SECONDS: "15" },
  release: { strategy: "rolling", deadline: "5m" },
  overrides: {
    dev: { scale: { min: 1, max: 2, requestsPerMinute: 3000 }, environment: { LOG_LEVEL: "debug" } },
  },
});
