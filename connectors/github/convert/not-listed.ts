/** Why OAuth apps, grants, classic tokens and dates of people's keys are not read: no route of REST or GraphQL lists them. */
export const NO_LIST = "GitHub has no list of them, but for what single sign-on let in";
