import type { Connector } from "../src/contracts/connector.ts";
import { aws } from "./aws/index.ts";

/** The one list of connectors. */
export const connectors: readonly Connector[] = [aws];
