import type { CommandModule } from "../program.ts";
import { access } from "./access.ts";
import { admins } from "./admins.ts";
import { can } from "./can.ts";
import { chokePoints } from "./choke-points.ts";
import { collect } from "./collect.ts";
import { demo } from "./demo.ts";
import { diff } from "./diff.ts";
import { doctor } from "./doctor.ts";
import { evidence } from "./evidence.ts";
import { explain } from "./explain.ts";
import { findings } from "./findings.ts";
import { init } from "./init.ts";
import { lint } from "./lint.ts";
import { paths } from "./paths.ts";
import { permissions } from "./permissions.ts";
import { reports } from "./reports.ts";
import { review } from "./review.ts";
import { revoke } from "./revoke.ts";
import { rightSize } from "./right-size.ts";
import { scan } from "./scan.ts";
import { simulate } from "./simulate.ts";
import { snapshots } from "./snapshots.ts";
import { whoCan } from "./who-can.ts";
import { whyDenied } from "./why-denied.ts";

/** The one list of commands, in the order of `--help`. */
export const COMMANDS: readonly CommandModule[] = [
  scan,
  init,
  doctor,
  permissions,
  collect,
  snapshots,
  diff,
  findings,
  can,
  whoCan,
  admins,
  paths,
  chokePoints,
  explain,
  whyDenied,
  access,
  rightSize,
  lint,
  simulate,
  reports,
  review,
  revoke,
  evidence,
  demo,
];
