// What a cloud target runs when it was given no environment, or one that the stack does not have.
const [command = "up", project = "", ...environments] = process.argv.slice(2);
const allowed =
  environments.length === 0 ? "none yet: add a Pulumi.<environment>.yaml beside its Pulumi.yaml" : environments.join(", ");
console.error(
  `${command} ${project}: name one of the stack's environments with -c. Nothing was started.\n` +
    `  environments  ${allowed}\n` +
    (environments.length === 0 ? "" : `  for example   npm run nx -- ${command} ${project} -c ${environments[0]}`),
);
process.exit(2);
