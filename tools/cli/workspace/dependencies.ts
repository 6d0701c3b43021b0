import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * Gives another checkout with the same lockfile a node_modules of links into this one's.
 *
 * A single link to the present node_modules would do the wrong thing without a word: its workspace entries point into the
 * present tree, and a plan would compare a revision with itself.
 */
export function linkDependencies(root: string, other: string): void {
  const lock = JSON.parse(readFileSync(join(other, "package-lock.json"), "utf8")) as {
    packages: Record<string, { link?: boolean; resolved?: string }>;
  };
  const workspaces = Object.values(lock.packages).flatMap(({ link, resolved }) => (link && resolved ? [resolved] : []));
  const linked = new Map(
    Object.entries(lock.packages).flatMap(([path, { link, resolved }]) =>
      link && resolved ? [[path, join(other, resolved)] as const] : [],
    ),
  );
  for (const folder of ["", ...workspaces]) {
    const source = join(root, folder, "node_modules");
    if (!existsSync(source)) continue;
    for (const name of packageNames(source)) {
      const path = join(folder, "node_modules", name);
      const ours = linked.get(path);
      // Relative, since the folder still gets its name.
      const target = ours ? relative(dirname(join(other, path)), ours) : join(root, path);
      mkdirSync(dirname(join(other, path)), { recursive: true });
      symlinkSync(target, join(other, path));
    }
  }
}

/** `name` and `@scope/name` of what is installed, `.bin` included. */
function packageNames(modules: string): string[] {
  return readdirSync(modules).flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}
