import { emptyRecords } from "../../../src/model/snapshot.ts";
import type { RawLicensedUser } from "../raw-people.ts";
import type { Convert } from "./converted.ts";
import { tenantWith } from "./tenant-with.ts";

interface Answer {
  readonly total_seats_consumed?: number;
  readonly total_seats_purchased?: number;
  readonly users: readonly RawLicensedUser[];
}

/** Who takes a license of the enterprise, as a fact about people of this organization. */
export const licenses: Convert = (requests, context) => {
  const records = emptyRecords();
  const answers = requests.map(({ answer }) => answer as Answer);
  for (const user of answers.flatMap((answer) => answer.users)) {
    const person = context.principals.get(user.github_com_login?.toLowerCase() ?? "");
    if (person === undefined) continue;
    const license =
      user.visual_studio_subscription_user === true ? "visual-studio" : (user.license_type ?? "enterprise");
    records.principals.push({ ...person, attributes: { ...person.attributes, license } });
  }
  const [first] = answers;
  if (first !== undefined)
    records.tenants.push(
      tenantWith(context, {
        enterpriseSeatsConsumed: first.total_seats_consumed ?? null,
        enterpriseSeatsPurchased: first.total_seats_purchased ?? null,
      }),
    );
  return { records, kinds: { license: { items: records.principals.length } } };
};
