/** The people of the sample company. Every name is invented and meant to look it; nobody is called like this. */

/** One line of roster.csv. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly managerEmail: string;
  readonly department: string;
  readonly employment: "active" | "leaving" | "left" | "external";
  readonly start: string;
  readonly end: string;
}

const DOMAIN = "acme.example";

/** `first last`, department, index of the manager in this list (or -1), and what is special. */
const LIST: readonly (readonly [name: string, department: string, manager: number, special?: string])[] = [
  ["Ada Example", "management", -1],
  ["Bo Placeholder", "security", 0],
  ["Cleo Sample", "platform", 0],
  ["Dee Fixture", "payments", 0],
  ["Eli Mockley", "web", 0],
  ["Fay Stubbs", "data", 0],
  ["Gus Template", "finance", 0],
  ["Hedy Specimen", "support", 0],
  ["Ike Dummyfield", "security", 1],
  ["Joy Testwell", "security", 1],
  ["Kai Lorem", "platform", 2],
  ["Lia Ipsum", "platform", 2],
  ["Mo Dolor", "platform", 2],
  ["Nia Sitamet", "platform", 2],
  ["Odo Amet", "platform", 2, "left 2026-08-31"],
  ["Pia Foobar", "payments", 3],
  ["Quin Bazley", "payments", 3],
  ["Ray Quuxton", "payments", 3],
  ["Sue Corge", "payments", 3],
  ["Tam Grault", "payments", 3, "leaving 2026-12-31"],
  ["Uma Garply", "web", 4],
  ["Vic Waldo", "web", 4],
  ["Wyn Fred", "web", 4],
  ["Xia Plugh", "web", 4],
  ["Yan Xyzzy", "web", 4, "left 2026-05-15"],
  ["Zoe Thud", "web", 4],
  ["Abe Metasyn", "data", 5],
  ["Bea Nullson", "data", 5],
  ["Cy Voidman", "data", 5],
  ["Dot Undefineda", "data", 5],
  ["Ed Nanley", "data", 5, "leaving 2026-11-30"],
  ["Flo Truthy", "finance", 6],
  ["Gil Falsy", "finance", 6],
  ["Hal Booler", "finance", 6],
  ["Ivy Stringer", "support", 7],
  ["Jem Arrayo", "support", 7],
  ["Kit Objectson", "support", 7],
  ["Lou Mapper", "support", 7],
  ["May Reducer", "support", 7],
  ["Ned Filterby", "support", 7, "left 2026-10-02"],
  ["Oz Promiset", "platform", 2],
  ["Pam Asynca", "platform", 2],
  ["Rex Awaiter", "platform", 2],
  ["Sal Yieldly", "web", 4],
  ["Tia Closure", "web", 4],
  ["Ula Lambdas", "data", 5],
  ["Val Monader", "data", 5],
  ["Wes Functor", "payments", 3],
  ["Xen Currier", "payments", 3],
  ["Yve Folder", "support", 7],
  ["Zed Unfoldo", "support", 7],
  ["Amy Zipper", "finance", 6],
  ["Björn Umläut", "platform", 2],
  ["Cal Iterato", "web", 4],
  ["Dia Generat", "data", 5],
  ["Eve Iterable", "security", 1],
  ["Fin Contractor", "web", 4, "external"],
  ["Gem Vendora", "platform", 2, "external"],
  ["Hob Freelanse", "data", 5, "external"],
  ["Ida Agency", "web", 4, "external"],
];

const asciiName = (name: string): string =>
  name.toLowerCase().replaceAll("ö", "oe").replaceAll("ä", "ae").replaceAll(" ", ".");

/** Everybody, in the order of the list. */
export const PEOPLE: readonly Person[] = LIST.map(([name, department, manager, special = ""], index) => {
  const [what = "", day = ""] = special.split(" ");
  const external = what === "external";
  return {
    id: `p${String(index + 1).padStart(3, "0")}`,
    name,
    email: `${asciiName(name)}@${external ? "partner.example" : DOMAIN}`,
    managerEmail: manager < 0 ? "" : `${asciiName(LIST[manager]?.[0] ?? "")}@${DOMAIN}`,
    department,
    employment: what === "" ? "active" : (what as Person["employment"]),
    start: `20${18 + (index % 7)}-0${1 + (index % 9)}-01`,
    end: day,
  };
});

/** The person of that name; the sample is wrong when there is none. */
export function person(name: string): Person {
  const found = PEOPLE.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no ${name} in the sample`);
  return found;
}

/** GitHub login of a person. */
export const loginOf = (one: Person): string => `acme-${asciiName(one.name).replaceAll(".", "-")}`;
