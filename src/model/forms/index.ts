import type { z } from "zod";
import { accessForm } from "./access.ts";
import { chokePointsForm } from "./choke-points.ts";
import { doctorForm } from "./doctor.ts";
import { evidenceVerificationForm, headPinForm } from "./evidence.ts";
import { explainForm } from "./explain.ts";
import { findingsForm } from "./findings.ts";
import { lintForm } from "./lint.ts";
import { permissionsForm } from "./permissions.ts";
import { adminsForm, canForm, pathsForm, whoCanForm } from "./questions.ts";
import { reviewImportForm, reviewOpenForm, reviewStatusForm } from "./review.ts";
import { revokePlanForm, revokeRehearsalForm, revokeRunForm, revokeStatusForm } from "./revocations.ts";
import { rightSizeForm } from "./right-size.ts";
import { diffForm, snapshotForm, snapshotsForm } from "./snapshots.ts";
import { whyDeniedForm } from "./why-denied.ts";

/** Every JSON document a command prints, by the value of its `schema` field. Scripts of users depend on them. */
export const FORMS: Readonly<Record<string, z.ZodType>> = {
  "leastwise/access@1": accessForm,
  "leastwise/admins@1": adminsForm,
  "leastwise/can@1": canForm,
  "leastwise/choke-points@1": chokePointsForm,
  "leastwise/diff@1": diffForm,
  "leastwise/doctor@1": doctorForm,
  "leastwise/evidence-pin@1": headPinForm,
  "leastwise/evidence-verification@1": evidenceVerificationForm,
  "leastwise/explain@1": explainForm,
  "leastwise/findings@1": findingsForm,
  "leastwise/lint@1": lintForm,
  "leastwise/paths@1": pathsForm,
  "leastwise/permissions@1": permissionsForm,
  "leastwise/review-import@1": reviewImportForm,
  "leastwise/review-open@1": reviewOpenForm,
  "leastwise/review-status@1": reviewStatusForm,
  "leastwise/revoke-plan@1": revokePlanForm,
  "leastwise/revoke-rehearsal@1": revokeRehearsalForm,
  "leastwise/revoke-run@1": revokeRunForm,
  "leastwise/revoke-status@1": revokeStatusForm,
  "leastwise/right-size@1": rightSizeForm,
  "leastwise/snapshot@1": snapshotForm,
  "leastwise/snapshots@1": snapshotsForm,
  "leastwise/who-can@1": whoCanForm,
  "leastwise/why-denied@1": whyDeniedForm,
};
