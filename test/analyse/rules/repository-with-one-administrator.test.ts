import { repositoryWithOneAdministrator } from "../../../src/analyse/rules/repository-with-one-administrator.ts";
import { organizationIs, repo, T } from "../given-github.ts";
import { checkRule, type Given } from "../given.ts";

/** An organization whose members have nothing by membership, with that many owners. */
function owned(g: Given, owners: number): void {
  organizationIs(g, { defaultRepositoryPermission: "none" });
  for (let at = 0; at < owners; at += 1) g.organizationRole(g.member(`owner-${at}`), "owner");
}

checkRule(repositoryWithOneAdministrator, [
  {
    name: "a repository that only the one owner administers is found, writers do not count",
    given: (g) => {
      owned(g, 1);
      const writer = g.member("writer");
      g.organizationRole(writer, "member");
      g.onRepository("collaboration", writer.id, repo(g, "a"), "write");
    },
    finds: ["sample/a"],
    says: "only `owner-0` administers `sample/a`",
  },
  {
    name: "nobody at all is found",
    given: (g) => {
      owned(g, 0);
      repo(g, "a");
    },
    finds: ["sample/a"],
    says: "nobody administers",
  },
  {
    name: "owners administer every repository",
    given: (g) => {
      owned(g, 2);
      repo(g, "a");
    },
    finds: [],
    examined: 1,
  },
  {
    name: "an owner and somebody with admin on it are two",
    given: (g) => {
      owned(g, 1);
      const second = g.member("second");
      g.organizationRole(second, "member");
      g.onRepository("collaboration", second.id, repo(g, "a"), "admin");
    },
    finds: [],
  },
  {
    name: "an archived repository is left out",
    given: (g) => {
      owned(g, 1);
      repo(g, "a", { archived: true });
    },
    finds: [],
    examined: 0,
  },
  {
    name: "somebody with a custom role that was not read may be the second",
    given: (g) => {
      owned(g, 1);
      const second = g.member("second");
      g.organizationRole(second, "member");
      const a = repo(g, "a");
      const id = `${a}#repository-role/release-manager`;
      g.entitlement({
        id,
        system: "github",
        tenantId: T,
        kind: "repository-role",
        displayName: "release-manager on a",
        targetId: a,
        resourceId: a,
      });
      g.grant("collaboration", second.id, id);
    },
    finds: [],
    undecided: 1,
  },
  {
    name: "where teams were not read there may be more of them",
    given: (g) => {
      owned(g, 1);
      repo(g, "a");
      g.cannotRead("team");
    },
    finds: [],
    undecided: 1,
  },
]);
