import type {
  GenerateServiceLastAccessedDetailsRequest,
  GenerateServiceLastAccessedDetailsResponse,
  GetServiceLastAccessedDetailsRequest,
  GetServiceLastAccessedDetailsResponse,
} from "@aws-sdk/client-iam";
import { noSuchEntity } from "../aws-fault.ts";
import { page, type HandlerMap, type IamCall } from "./call.ts";

/** Service-last-accessed reports: a job per ARN that has to be polled, its answer paged. */
export const lastAccessedHandlers = {
  GenerateServiceLastAccessedDetails(
    input: GenerateServiceLastAccessedDetailsRequest,
    call: IamCall,
  ): GenerateServiceLastAccessedDetailsResponse {
    const id = `job-${String(call.tenant.jobs.size + 1).padStart(32, "0")}`;
    call.tenant.jobs.set(id, { arn: input.Arn ?? "", pending: call.polls });
    return { JobId: id };
  },

  GetServiceLastAccessedDetails(
    input: GetServiceLastAccessedDetailsRequest,
    call: IamCall,
  ): GetServiceLastAccessedDetailsResponse {
    const job = call.tenant.jobs.get(input.JobId ?? "");
    if (job === undefined) throw noSuchEntity("job", input.JobId ?? "");
    const common = { JobType: "SERVICE_LEVEL" as const, JobCreationDate: call.now };
    if (job.pending > 0) {
      job.pending -= 1;
      // AWS sends the two required fields empty while the job runs.
      return { ...common, JobStatus: "IN_PROGRESS", ServicesLastAccessed: [], JobCompletionDate: new Date(0) };
    }
    const { items, ...rest } = page(call.tenant.lastAccessed.get(job.arn) ?? [], input, call);
    return { ...common, JobStatus: "COMPLETED", JobCompletionDate: call.now, ServicesLastAccessed: items, ...rest };
  },
} satisfies HandlerMap;
