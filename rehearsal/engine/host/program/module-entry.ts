/** The program of a test: `PATH JSON`, a module and the arguments of its default export. */
export default async function moduleEntry(): Promise<unknown> {
  const [url, args] = process.argv.slice(2);
  const module = (await import(url!)) as { default: (args: unknown) => unknown };
  return module.default(args === undefined ? undefined : JSON.parse(args));
}
