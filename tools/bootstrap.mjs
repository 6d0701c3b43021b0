#!/usr/bin/env node
// `npm start`, `npm test` and `npm run nx` begin here, on whatever Node the machine has. This file stays readable for
// old versions, so that they can say what is missing instead of failing on syntax; the work is in bootstrap/.
var major = Number(process.versions.node.split(".")[0]);
if (major < 20) {
  console.error(
    "Fairway needs Node 20 or later to start; it fetches the version that it runs on itself. This is " +
      process.version +
      ".\n" +
      "Install a current Node from https://nodejs.org or with your version manager, then try again.",
  );
  process.exit(1);
}
void import("./bootstrap/main.mjs").then(function (bootstrap) {
  return bootstrap.main(process.argv.slice(2));
});
