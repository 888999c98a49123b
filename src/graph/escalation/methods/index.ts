import type { EscalationMethod } from "../method.ts";
import { iam001 } from "./iam-001.ts";
import { lambda001 } from "./lambda-001.ts";

/** The one list of escalation methods, in order of id. */
export const ESCALATION_METHODS: readonly EscalationMethod[] = [iam001, lambda001];
