import { serverCertificates as convert } from "../convert/server-certificates.ts";
import { recordList } from "./file-shapes.ts";
import { step } from "./step.ts";

/** TLS certificates kept in IAM. */
export const serverCertificates = step({
  id: "server-certificates",
  title: "server certificates",
  dependsOn: [],
  provides: ["server-certificate"],
  permissions: ["iam:ListServerCertificates"],
  parse: recordList("ServerCertificateMetadataList"),
  convert,
});
