import type { Pending, Pendings } from "./messages.ts";

/** The SDK's own record of a registration being prepared (`runtime/state`), as far as it is needed here. */
interface SdkRegistration {
  res: object;
  parent?: { __name?: string; __pulumiType?: string };
  label: string;
  type?: string;
  name?: string;
  phase: "dependencies" | "inputs" | "parent" | "provider" | "dependency-urns";
  inputProperty?: string;
  awaitingOutput?: { resources?: () => Iterable<{ __name?: string; __pulumiType?: string }> };
}

/** What the SDK keeps for one program: its AsyncLocalStorage store, or the process-wide one. */
export interface SdkStore {
  pendingResourceRegistrations?: Map<object, SdkRegistration>;
}

/** What the program of `store` still waits for. */
export function pendings(store: SdkStore | undefined): Pendings {
  return { pending: [...(store?.pendingResourceRegistrations?.values() ?? [])].map(describe), handles: handles() };
}

function describe(registration: SdkRegistration): Pending {
  return {
    name: registration.name ?? registration.label,
    type: registration.type ?? "",
    waitsFor: waitsFor(registration),
  };
}

function waitsFor(registration: SdkRegistration): string {
  switch (registration.phase) {
    case "dependencies":
      return "its dependsOn";
    case "inputs":
      return (registration.inputProperty ? `its property "${registration.inputProperty}"` : "its inputs") + origin(registration);
    case "parent":
      return `its parent ${registration.parent?.__name ? title(registration.parent) : ""}`.trimEnd();
    case "provider":
      return "its provider";
    default:
      return "the URNs of its dependencies";
  }
}

/** Whose output the awaited property is, when it is one's. */
function origin(registration: SdkRegistration): string {
  const resources = [...(registration.awaitingOutput?.resources?.() ?? [])].filter((resource) => resource.__name);
  return resources.length === 0 ? "" : `, an output of ${resources.map(title).join(" and ")}`;
}

function title(resource: { __name?: string; __pulumiType?: string }): string {
  return `"${resource.__name}"${resource.__pulumiType ? ` [${resource.__pulumiType}]` : ""}`;
}

/** Without the pipes and sockets that every program process has. */
function handles(): string[] {
  const own = new Set(["PipeWrap", "TCPSocketWrap", "TTYWrap", "MessagePort", "Immediate"]);
  return [...new Set(process.getActiveResourcesInfo().filter((kind) => !own.has(kind)))];
}
