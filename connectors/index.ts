import { aws } from "./aws/index.ts";
import { github } from "./github/index.ts";
import { roster } from "./roster/index.ts";

/** The one list of connectors. The first reads a file that none recognises, and says what is wrong with it. */
export const connectors = [aws, github, roster] as const;
