import { counted } from "../../../../src/text/counted.ts";
import { reasonOf } from "../refusal.ts";
import type { Place } from "./place.ts";

/** The regions that are asked, and what is known of the others. */
export interface Regions {
  /** Where things are asked for that are in no region. */
  readonly home: string;
  readonly asked: readonly string[];
  /** Why not every region of the tenant is asked; undefined where every one is. */
  readonly left: string | undefined;
}

/** Permission for the list of a tenant's regions. */
export const REGIONS_PERMISSION = "ec2:DescribeRegions";

/**
 * The regions that a tenant has switched on, or those of them that the settings name. Where AWS does not tell which there are,
 * the named ones are asked (without names: the home region) and the rest is a gap.
 */
export async function regionsOf(home: Place, wanted: readonly string[] | null): Promise<Regions> {
  let enabled: readonly string[];
  try {
    const sdk = await import("@aws-sdk/client-ec2");
    const client = home.client("ec2", (config) => new sdk.EC2Client(config));
    const { Regions: rows = [] } = await client.send(new sdk.DescribeRegionsCommand({ AllRegions: false }));
    enabled = rows.flatMap(({ RegionName }) => RegionName ?? []).sort();
  } catch (error) {
    const why = reasonOf(error, REGIONS_PERMISSION);
    return {
      home: home.region,
      asked: wanted ?? [home.region],
      left: `which other regions the tenant uses is not known: ${why}`,
    };
  }
  if (enabled.length === 0)
    return { home: home.region, asked: wanted ?? [home.region], left: "AWS named no region of the tenant" };
  if (wanted === null) return { home: home.region, asked: enabled, left: undefined };
  const left = enabled.filter((region) => !wanted.includes(region));
  return {
    home: home.region,
    asked: wanted,
    left:
      left.length === 0
        ? undefined
        : `${counted(left.length, "region")} of the tenant ${left.length === 1 ? "is" : "are"} not in \`resources.regions\``,
  };
}
