/** `npm run preview`: runs the production build with the local services and demo data. */
import { build, isBuildCurrent } from "./build.ts";
import { runSession } from "./local/session.ts";
import { say } from "./project.ts";

await runSession({
  mode: "start",
  async prepare(ends) {
    if (isBuildCurrent()) return;
    say("Building the app (a minute or two) …");
    const building = build(say);
    ends.add(building.stop);
    if ((await building.exited) !== 0) throw new Error("The build failed.");
  },
});
