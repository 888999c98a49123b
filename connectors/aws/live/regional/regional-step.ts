import type { Answer, SweepContext } from "../../client.ts";
import type { RawResource, RawResourcePolicy, RegionalStep } from "../../raw.ts";
import type { ResourceSettings } from "../../settings.ts";
import { readPublicAccessBlocks } from "../public-access-block-reads.ts";
import { POLICY_SERVICES } from "../resource-policies/index.ts";
import { RESOURCE_SERVICES } from "../resources/index.ts";
import { placesOf, type PlaceParts } from "./place.ts";
import { readTypes } from "./read-types.ts";
import { regionsOf, type Regions } from "./regions.ts";

/** What looks beyond IAM in one tenant; the steps share clients and the list of regions. */
export interface RegionalReads {
  read(step: RegionalStep, context: SweepContext): Promise<Answer<unknown>>;
  close(): void;
}

/** Opens the regions of a tenant; nothing is asked before the first read. */
export function openRegions(parts: Omit<PlaceParts, "roleArns">, settings: ResourceSettings): RegionalReads {
  const roleArns: string[] = [];
  const places = placesOf({ ...parts, roleArns });
  let regions: Promise<Regions> | undefined;
  return {
    async read(step, { principalArns }) {
      roleArns.splice(0, roleArns.length, ...principalArns);
      if (step === "public-access-blocks") return readPublicAccessBlocks(places.at(parts.home));
      regions ??= regionsOf(places.at(parts.home), settings.regions);
      const where = { regions: await regions, at: places.at };
      return step === "resources"
        ? readTypes<RawResource>({
            ...where,
            services: RESOURCE_SERVICES,
            wanted: settings.services,
            setting: "resources.services",
          })
        : readTypes<RawResourcePolicy>({
            ...where,
            services: POLICY_SERVICES,
            wanted: settings.policies,
            setting: "resources.policies",
          });
    },
    close: () => places.close(),
  };
}
