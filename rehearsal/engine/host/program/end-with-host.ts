/** Ends this process, and all that its programs started, as soon as its host is gone, however that went. */
export function endWithHost(): void {
  process.on("disconnect", () => {
    try {
      process.kill(-process.pid, "SIGKILL"); // the host made it the leader of a group
    } catch {
      process.kill(process.pid, "SIGKILL");
    }
  });
}
